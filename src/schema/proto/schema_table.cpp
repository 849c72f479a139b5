// The schema and anomalies messages of tensorflow.metadata.v0 with every message they reach: names
// and numbers as published in schema.proto, path.proto, derived_feature.proto and anomalies.proto.
#include "schema/proto/descriptor.hpp"

namespace zeroskew::detail {
namespace {

using enum FieldKind;
using Field = FieldDescriptor;

constexpr Field kAny[] = {{1, "type_url", string}, {2, "value", bytes}};
constexpr Field kListValue[] = {{1, "values", message, true, 0, "google.protobuf.Value"}};
constexpr Field kStruct[] = {{1, "fields", message, true, 0, "google.protobuf.Struct.FieldsEntry"}};
constexpr Field kStructFieldsEntry[] = {{1, "key", string},
                                        {2, "value", message, false, 0, "google.protobuf.Value"}};
constexpr Field kValue[] = {{1, "null_value", enumeration, false, 1, "google.protobuf.NullValue"},
                            {2, "number_value", float64, false, 1},
                            {3, "string_value", string, false, 1},
                            {4, "bool_value", boolean, false, 1},
                            {5, "struct_value", message, false, 1, "google.protobuf.Struct"},
                            {6, "list_value", message, false, 1, "google.protobuf.ListValue"}};
constexpr Field kAllowlistDeriver[] = {{1, "allowed_bytes_value", bytes, true},
                                       {2, "placeholder_value", bytes}};
constexpr Field kAnnotation[] = {{1, "tag", string, true},
                                 {2, "comment", string, true},
                                 {3, "extra_metadata", message, true, 0, "google.protobuf.Any"}};
constexpr Field kArgmaxTopK[] = {{1, "k", uint32}};
constexpr Field kBoolDomain[] = {
    {1, "name", string}, {2, "true_value", string}, {3, "false_value", string}};
constexpr Field kDatasetConstraints[] = {{1, "num_examples_drift_comparator", message, false, 0,
                                          "tensorflow.metadata.v0.NumericValueComparator"},
                                         {2, "num_examples_version_comparator", message, false, 0,
                                          "tensorflow.metadata.v0.NumericValueComparator"},
                                         {3, "min_examples_count", int64},
                                         {4, "max_examples_count", int64}};
constexpr Field kDerivedFeatureConfig[] = {
    {1, "allowlist", message, false, 1, "tensorflow.metadata.v0.AllowlistDeriver"},
    {2, "argmax_top_k", message, false, 1, "tensorflow.metadata.v0.ArgmaxTopK"},
    {3, "reduce_op", message, false, 1, "tensorflow.metadata.v0.ReduceOp"},
    {4, "slice_sql", message, false, 1, "tensorflow.metadata.v0.SliceSql"},
    {5, "image_quality", message, false, 1, "tensorflow.metadata.v0.ImageQualityDeriver"}};
constexpr Field kDerivedFeatureSource[] = {
    {1, "deriver_name", string},
    {2, "description", string},
    {3, "source_path", message, true, 0, "tensorflow.metadata.v0.Path"},
    {4, "declaratively_configured", boolean},
    {5, "config", message, false, 0, "tensorflow.metadata.v0.DerivedFeatureConfig"}};
constexpr Field kDistributionConstraints[] = {{1, "min_domain_mass", float64}};
constexpr Field kFeature[] = {
    {1, "name", string},
    {2, "deprecated", boolean},
    {5, "value_count", message, false, 1, "tensorflow.metadata.v0.ValueCount"},
    {6, "type", enumeration, false, 0, "tensorflow.metadata.v0.FeatureType"},
    {7, "domain", string, false, 2},
    {9, "int_domain", message, false, 2, "tensorflow.metadata.v0.IntDomain"},
    {10, "float_domain", message, false, 2, "tensorflow.metadata.v0.FloatDomain"},
    {11, "string_domain", message, false, 2, "tensorflow.metadata.v0.StringDomain"},
    {13, "bool_domain", message, false, 2, "tensorflow.metadata.v0.BoolDomain"},
    {14, "presence", message, false, 3, "tensorflow.metadata.v0.FeaturePresence"},
    {15, "distribution_constraints", message, false, 0,
     "tensorflow.metadata.v0.DistributionConstraints"},
    {16, "annotation", message, false, 0, "tensorflow.metadata.v0.Annotation"},
    {17, "group_presence", message, false, 3, "tensorflow.metadata.v0.FeaturePresenceWithinGroup"},
    {18, "skew_comparator", message, false, 0, "tensorflow.metadata.v0.FeatureComparator"},
    {19, "not_in_environment", string, true},
    {20, "in_environment", string, true},
    {21, "drift_comparator", message, false, 0, "tensorflow.metadata.v0.FeatureComparator"},
    {22, "lifecycle_stage", enumeration, false, 0, "tensorflow.metadata.v0.LifecycleStage"},
    {23, "shape", message, false, 1, "tensorflow.metadata.v0.FixedShape"},
    {24, "natural_language_domain", message, false, 2,
     "tensorflow.metadata.v0.NaturalLanguageDomain"},
    {25, "image_domain", message, false, 2, "tensorflow.metadata.v0.ImageDomain"},
    {26, "mid_domain", message, false, 2, "tensorflow.metadata.v0.MIDDomain"},
    {27, "url_domain", message, false, 2, "tensorflow.metadata.v0.URLDomain"},
    {28, "time_domain", message, false, 2, "tensorflow.metadata.v0.TimeDomain"},
    {29, "struct_domain", message, false, 2, "tensorflow.metadata.v0.StructDomain"},
    {30, "time_of_day_domain", message, false, 2, "tensorflow.metadata.v0.TimeOfDayDomain"},
    {31, "unique_constraints", message, false, 0, "tensorflow.metadata.v0.UniqueConstraints"},
    {32, "value_counts", message, false, 1, "tensorflow.metadata.v0.ValueCountList"},
    {34, "validation_derived_source", message, false, 0,
     "tensorflow.metadata.v0.DerivedFeatureSource"},
    {35, "sequence_metadata", message, false, 0, "tensorflow.metadata.v0.SequenceMetadata"},
    {36, "audio_domain", message, false, 2, "tensorflow.metadata.v0.AudioDomain"},
    {37, "video_domain", message, false, 2, "tensorflow.metadata.v0.VideoDomain"},
    {38, "content_chunk_domain", message, false, 2, "tensorflow.metadata.v0.ContentChunkDomain"}};
constexpr Field kFeatureComparator[] = {
    {1, "infinity_norm", message, false, 0, "tensorflow.metadata.v0.InfinityNorm"},
    {2, "jensen_shannon_divergence", message, false, 0,
     "tensorflow.metadata.v0.JensenShannonDivergence"},
    {3, "normalized_abs_difference", message, false, 0,
     "tensorflow.metadata.v0.NormalizedAbsoluteDifference"}};
constexpr Field kFeatureCoverageConstraints[] = {{1, "min_coverage", float32},
                                                 {2, "min_avg_token_length", float32},
                                                 {3, "excluded_string_tokens", string, true},
                                                 {4, "excluded_int_tokens", int64, true},
                                                 {5, "oov_string_tokens", string, true}};
constexpr Field kFeaturePresence[] = {{1, "min_fraction", float64}, {2, "min_count", int64}};
constexpr Field kFeaturePresenceWithinGroup[] = {{1, "required", boolean}};
constexpr Field kFixedShape[] = {
    {2, "dim", message, true, 0, "tensorflow.metadata.v0.FixedShape.Dim"}};
constexpr Field kFixedShapeDim[] = {{1, "size", int64}, {2, "name", string}};
constexpr Field kFloatDomain[] = {{1, "name", string},
                                  {3, "min", float32},
                                  {4, "max", float32},
                                  {5, "disallow_nan", boolean},
                                  {6, "disallow_inf", boolean},
                                  {7, "is_embedding", boolean},
                                  {8, "is_categorical", boolean},
                                  {9, "embedding_dim", int64},
                                  {10, "embedding_type", string}};
constexpr Field kHistogramSelection[] = {
    {1, "type", enumeration, false, 0, "tensorflow.metadata.v0.HistogramSelection.Type"}};
constexpr Field kImageDomain[] = {{1, "minimum_supported_image_fraction", float32},
                                  {2, "max_image_byte_size", int64}};
constexpr Field kImageQualityDeriver[] = {{1, "model_name", string}};
constexpr Field kInfinityNorm[] = {{1, "threshold", float64}};
constexpr Field kIntDomain[] = {
    {1, "name", string}, {3, "min", int64}, {4, "max", int64}, {5, "is_categorical", boolean}};
constexpr Field kJensenShannonDivergence[] = {
    {1, "threshold", float64},
    {2, "source", message, false, 0, "tensorflow.metadata.v0.HistogramSelection"}};
constexpr Field kNaturalLanguageDomain[] = {
    {1, "vocabulary", string},
    {2, "coverage", message, false, 0, "tensorflow.metadata.v0.FeatureCoverageConstraints"},
    {3, "token_constraints", message, true, 0, "tensorflow.metadata.v0.SequenceValueConstraints"},
    {5, "sequence_length_constraints", message, false, 0,
     "tensorflow.metadata.v0.SequenceLengthConstraints"}};
constexpr Field kNormalizedAbsoluteDifference[] = {{1, "threshold", float64}};
constexpr Field kNumericValueComparator[] = {{1, "min_fraction_threshold", float64},
                                             {2, "max_fraction_threshold", float64}};
constexpr Field kPath[] = {{1, "step", string, true}};
constexpr Field kReduceOp[] = {{1, "op_name", string}};
constexpr Field kSchema[] = {
    {1, "feature", message, true, 0, "tensorflow.metadata.v0.Feature"},
    {4, "string_domain", message, true, 0, "tensorflow.metadata.v0.StringDomain"},
    {5, "default_environment", string, true},
    {6, "sparse_feature", message, true, 0, "tensorflow.metadata.v0.SparseFeature"},
    {8, "annotation", message, false, 0, "tensorflow.metadata.v0.Annotation"},
    {9, "float_domain", message, true, 0, "tensorflow.metadata.v0.FloatDomain"},
    {10, "int_domain", message, true, 0, "tensorflow.metadata.v0.IntDomain"},
    {11, "dataset_constraints", message, false, 0, "tensorflow.metadata.v0.DatasetConstraints"},
    {12, "weighted_feature", message, true, 0, "tensorflow.metadata.v0.WeightedFeature"},
    {13, "tensor_representation_group", message, true, 0,
     "tensorflow.metadata.v0.Schema.TensorRepresentationGroupEntry"},
    {14, "represent_variable_length_as_ragged", boolean}};
constexpr Field kSchemaTensorRepresentationGroupEntry[] = {
    {1, "key", string},
    {2, "value", message, false, 0, "tensorflow.metadata.v0.TensorRepresentationGroup"}};
constexpr Field kSequenceLengthConstraints[] = {{1, "excluded_int_value", int64, true},
                                                {2, "excluded_string_value", string, true},
                                                {3, "min_sequence_length", int64},
                                                {4, "max_sequence_length", int64}};
constexpr Field kSequenceMetadata[] = {{3, "sequential_status", enumeration, false, 0,
                                        "tensorflow.metadata.v0.SequenceMetadata.SequentialStatus"},
                                       {4, "joint_group", string},
                                       {5, "sequence_truncation_limit", int64}};
constexpr Field kSequenceValueConstraints[] = {{1, "int_value", int64, false, 1},
                                               {2, "string_value", string, false, 1},
                                               {3, "min_per_sequence", int64},
                                               {4, "max_per_sequence", int64},
                                               {5, "min_fraction_of_sequences", float32},
                                               {6, "max_fraction_of_sequences", float32}};
constexpr Field kSliceSql[] = {
    {1, "expression", string},
    {2, "feature_value_type", enumeration, false, 0, "tensorflow.metadata.v0.SliceValueTypes"},
    {3, "drop_struct_name", boolean},
    {4, "int64_default_feature_value", int64, false, 1},
    {5, "float_default_feature_value", float32, false, 1},
    {6, "string_default_feature_value", string, false, 1}};
constexpr Field kSparseFeature[] = {
    {1, "name", string},
    {2, "deprecated", boolean},
    {4, "presence", message, false, 0, "tensorflow.metadata.v0.FeaturePresence"},
    {5, "dense_shape", message, false, 0, "tensorflow.metadata.v0.FixedShape"},
    {6, "index_feature", message, true, 0, "tensorflow.metadata.v0.SparseFeature.IndexFeature"},
    {7, "lifecycle_stage", enumeration, false, 0, "tensorflow.metadata.v0.LifecycleStage"},
    {8, "is_sorted", boolean},
    {9, "value_feature", message, false, 0, "tensorflow.metadata.v0.SparseFeature.ValueFeature"},
    {10, "type", enumeration, false, 0, "tensorflow.metadata.v0.FeatureType"}};
constexpr Field kSparseFeatureIndexFeature[] = {{1, "name", string}};
constexpr Field kSparseFeatureValueFeature[] = {{1, "name", string}};
constexpr Field kStringDomain[] = {{1, "name", string},
                                   {2, "value", string, true},
                                   {3, "is_categorical", enumeration, false, 0,
                                    "tensorflow.metadata.v0.StringDomain.Categorical"}};
constexpr Field kStructDomain[] = {
    {1, "feature", message, true, 0, "tensorflow.metadata.v0.Feature"},
    {2, "sparse_feature", message, true, 0, "tensorflow.metadata.v0.SparseFeature"}};
constexpr Field kTensorRepresentation[] = {
    {1, "dense_tensor", message, false, 1,
     "tensorflow.metadata.v0.TensorRepresentation.DenseTensor"},
    {2, "varlen_sparse_tensor", message, false, 1,
     "tensorflow.metadata.v0.TensorRepresentation.VarLenSparseTensor"},
    {3, "sparse_tensor", message, false, 1,
     "tensorflow.metadata.v0.TensorRepresentation.SparseTensor"},
    {4, "ragged_tensor", message, false, 1,
     "tensorflow.metadata.v0.TensorRepresentation.RaggedTensor"}};
constexpr Field kTensorRepresentationDefaultValue[] = {{1, "float_value", float64, false, 1},
                                                       {2, "int_value", int64, false, 1},
                                                       {3, "bytes_value", bytes, false, 1},
                                                       {4, "uint_value", uint64, false, 1}};
constexpr Field kTensorRepresentationDenseTensor[] = {
    {1, "column_name", string},
    {2, "shape", message, false, 0, "tensorflow.metadata.v0.FixedShape"},
    {3, "default_value", message, false, 0,
     "tensorflow.metadata.v0.TensorRepresentation.DefaultValue"}};
constexpr Field kTensorRepresentationRaggedTensor[] = {
    {1, "feature_path", message, false, 0, "tensorflow.metadata.v0.Path"},
    {2, "row_partition_dtype", enumeration, false, 0,
     "tensorflow.metadata.v0.TensorRepresentation.RowPartitionDType"},
    {3, "partition", message, true, 0,
     "tensorflow.metadata.v0.TensorRepresentation.RaggedTensor.Partition"}};
constexpr Field kTensorRepresentationRaggedTensorPartition[] = {
    {1, "uniform_row_length", int64, false, 1}, {2, "row_length", string, false, 1}};
constexpr Field kTensorRepresentationSparseTensor[] = {
    {1, "dense_shape", message, false, 0, "tensorflow.metadata.v0.FixedShape"},
    {2, "index_column_names", string, true},
    {3, "value_column_name", string},
    {4, "already_sorted", boolean}};
constexpr Field kTensorRepresentationVarLenSparseTensor[] = {{1, "column_name", string}};
constexpr Field kTensorRepresentationGroup[] = {
    {1, "tensor_representation", message, true, 0,
     "tensorflow.metadata.v0.TensorRepresentationGroup.TensorRepresentationEntry"}};
constexpr Field kTensorRepresentationGroupTensorRepresentationEntry[] = {
    {1, "key", string},
    {2, "value", message, false, 0, "tensorflow.metadata.v0.TensorRepresentation"}};
constexpr Field kTimeDomain[] = {{1, "string_format", string, false, 1},
                                 {2, "integer_format", enumeration, false, 1,
                                  "tensorflow.metadata.v0.TimeDomain.IntegerTimeFormat"}};
constexpr Field kTimeOfDayDomain[] = {
    {1, "string_format", string, false, 1},
    {2, "integer_format", enumeration, false, 1,
     "tensorflow.metadata.v0.TimeOfDayDomain.IntegerTimeOfDayFormat"}};
constexpr Field kUniqueConstraints[] = {{1, "min", int64}, {2, "max", int64}};
constexpr Field kValueCount[] = {{1, "min", int64}, {2, "max", int64}};
constexpr Field kValueCountList[] = {
    {1, "value_count", message, true, 0, "tensorflow.metadata.v0.ValueCount"}};
constexpr Field kWeightedFeature[] = {
    {1, "name", string},
    {2, "feature", message, false, 0, "tensorflow.metadata.v0.Path"},
    {3, "weight_feature", message, false, 0, "tensorflow.metadata.v0.Path"},
    {4, "lifecycle_stage", enumeration, false, 0, "tensorflow.metadata.v0.LifecycleStage"}};

// anomalies.proto. Its 32-bit integers are held in 64 bits.
constexpr Field kAnomalies[] = {
    {1, "baseline", message, false, 1, "tensorflow.metadata.v0.Schema"},
    {2, "anomaly_info", message, true, 0, "tensorflow.metadata.v0.Anomalies.AnomalyInfoEntry"},
    {3, "data_missing", boolean},
    {6, "baseline_v1", message, false, 1, "tensorflow.metadata.v0.Schema"},
    {7, "anomaly_name_format", enumeration, false, 0,
     "tensorflow.metadata.v0.Anomalies.AnomalyNameFormat"},
    {8, "dataset_anomaly_info", message, false, 0, "tensorflow.metadata.v0.AnomalyInfo"},
    {9, "drift_skew_info", message, true, 0, "tensorflow.metadata.v0.DriftSkewInfo"}};
constexpr Field kAnomaliesAnomalyInfoEntry[] = {
    {1, "key", string}, {2, "value", message, false, 0, "tensorflow.metadata.v0.AnomalyInfo"}};
constexpr Field kAnomalyInfo[] = {
    {2, "description", string},
    {4, "diff_regions", message, true, 0, "tensorflow.metadata.v0.DiffRegion"},
    {5, "severity", enumeration, false, 0, "tensorflow.metadata.v0.AnomalyInfo.Severity"},
    {6, "short_description", string},
    {7, "reason", message, true, 0, "tensorflow.metadata.v0.AnomalyInfo.Reason"},
    {8, "path", message, false, 0, "tensorflow.metadata.v0.Path"}};
constexpr Field kAnomalyInfoReason[] = {
    {1, "type", enumeration, false, 0, "tensorflow.metadata.v0.AnomalyInfo.Type"},
    {2, "short_description", string},
    {3, "description", string}};
constexpr Field kChangedRegion[] = {{1, "left_start", int64},
                                    {2, "left_contents", string, true},
                                    {3, "right_start", int64},
                                    {4, "right_contents", string, true}};
constexpr Field kDiffRegion[] = {
    {1, "unchanged", message, false, 1, "tensorflow.metadata.v0.UnchangedRegion"},
    {2, "removed", message, false, 1, "tensorflow.metadata.v0.OneSideRegion"},
    {3, "added", message, false, 1, "tensorflow.metadata.v0.OneSideRegion"},
    {4, "changed", message, false, 1, "tensorflow.metadata.v0.ChangedRegion"},
    {5, "hidden", message, false, 1, "tensorflow.metadata.v0.HiddenRegion"}};
constexpr Field kDriftSkewInfo[] = {
    {1, "path", message, false, 0, "tensorflow.metadata.v0.Path"},
    {2, "drift_measurements", message, true, 0, "tensorflow.metadata.v0.DriftSkewInfo.Measurement"},
    {3, "skew_measurements", message, true, 0, "tensorflow.metadata.v0.DriftSkewInfo.Measurement"}};
constexpr Field kDriftSkewInfoMeasurement[] = {
    {1, "type", enumeration, false, 0, "tensorflow.metadata.v0.DriftSkewInfo.Measurement.Type"},
    {2, "value", float64},
    {3, "threshold", float64}};
constexpr Field kHiddenRegion[] = {
    {1, "left_start", int64}, {2, "right_start", int64}, {3, "size", int64}};
constexpr Field kOneSideRegion[] = {{1, "start", int64}, {2, "contents", string, true}};
constexpr Field kUnchangedRegion[] = {
    {1, "left_start", int64}, {2, "right_start", int64}, {3, "contents", string, true}};

constexpr MessageDescriptor kSchemaMessages[] = {
    {"google.protobuf.Any", MessageForm::any, kAny},
    {"google.protobuf.ListValue", MessageForm::list, kListValue},
    {"google.protobuf.Struct", MessageForm::object, kStruct},
    {"google.protobuf.Struct.FieldsEntry", MessageForm::map_entry, kStructFieldsEntry},
    {"google.protobuf.Value", MessageForm::value, kValue},
    {"tensorflow.metadata.v0.AllowlistDeriver", MessageForm::implicit, kAllowlistDeriver},
    {"tensorflow.metadata.v0.Annotation", MessageForm::plain, kAnnotation},
    {"tensorflow.metadata.v0.Anomalies", MessageForm::plain, kAnomalies},
    {"tensorflow.metadata.v0.Anomalies.AnomalyInfoEntry", MessageForm::map_entry,
     kAnomaliesAnomalyInfoEntry},
    {"tensorflow.metadata.v0.AnomalyInfo", MessageForm::plain, kAnomalyInfo},
    {"tensorflow.metadata.v0.AnomalyInfo.Reason", MessageForm::plain, kAnomalyInfoReason},
    {"tensorflow.metadata.v0.ArgmaxTopK", MessageForm::implicit, kArgmaxTopK},
    {"tensorflow.metadata.v0.AudioDomain", MessageForm::plain, {}},
    {"tensorflow.metadata.v0.BoolDomain", MessageForm::plain, kBoolDomain},
    {"tensorflow.metadata.v0.ChangedRegion", MessageForm::plain, kChangedRegion},
    {"tensorflow.metadata.v0.ContentChunkDomain", MessageForm::plain, {}},
    {"tensorflow.metadata.v0.DatasetConstraints", MessageForm::plain, kDatasetConstraints},
    {"tensorflow.metadata.v0.DerivedFeatureConfig", MessageForm::implicit, kDerivedFeatureConfig},
    {"tensorflow.metadata.v0.DerivedFeatureSource", MessageForm::implicit, kDerivedFeatureSource},
    {"tensorflow.metadata.v0.DiffRegion", MessageForm::plain, kDiffRegion},
    {"tensorflow.metadata.v0.DistributionConstraints", MessageForm::plain,
     kDistributionConstraints},
    {"tensorflow.metadata.v0.DriftSkewInfo", MessageForm::plain, kDriftSkewInfo},
    {"tensorflow.metadata.v0.DriftSkewInfo.Measurement", MessageForm::plain,
     kDriftSkewInfoMeasurement},
    {"tensorflow.metadata.v0.Feature", MessageForm::plain, kFeature},
    {"tensorflow.metadata.v0.FeatureComparator", MessageForm::plain, kFeatureComparator},
    {"tensorflow.metadata.v0.FeatureCoverageConstraints", MessageForm::plain,
     kFeatureCoverageConstraints},
    {"tensorflow.metadata.v0.FeaturePresence", MessageForm::plain, kFeaturePresence},
    {"tensorflow.metadata.v0.FeaturePresenceWithinGroup", MessageForm::plain,
     kFeaturePresenceWithinGroup},
    {"tensorflow.metadata.v0.FixedShape", MessageForm::plain, kFixedShape},
    {"tensorflow.metadata.v0.FixedShape.Dim", MessageForm::plain, kFixedShapeDim},
    {"tensorflow.metadata.v0.FloatDomain", MessageForm::plain, kFloatDomain},
    {"tensorflow.metadata.v0.HiddenRegion", MessageForm::plain, kHiddenRegion},
    {"tensorflow.metadata.v0.HistogramSelection", MessageForm::plain, kHistogramSelection},
    {"tensorflow.metadata.v0.ImageDomain", MessageForm::plain, kImageDomain},
    {"tensorflow.metadata.v0.ImageQualityDeriver", MessageForm::implicit, kImageQualityDeriver},
    {"tensorflow.metadata.v0.InfinityNorm", MessageForm::plain, kInfinityNorm},
    {"tensorflow.metadata.v0.IntDomain", MessageForm::plain, kIntDomain},
    {"tensorflow.metadata.v0.JensenShannonDivergence", MessageForm::plain,
     kJensenShannonDivergence},
    {"tensorflow.metadata.v0.MIDDomain", MessageForm::plain, {}},
    {"tensorflow.metadata.v0.NaturalLanguageDomain", MessageForm::plain, kNaturalLanguageDomain},
    {"tensorflow.metadata.v0.NormalizedAbsoluteDifference", MessageForm::plain,
     kNormalizedAbsoluteDifference},
    {"tensorflow.metadata.v0.NumericValueComparator", MessageForm::plain, kNumericValueComparator},
    {"tensorflow.metadata.v0.OneSideRegion", MessageForm::plain, kOneSideRegion},
    {"tensorflow.metadata.v0.Path", MessageForm::plain, kPath},
    {"tensorflow.metadata.v0.ReduceOp", MessageForm::implicit, kReduceOp},
    {"tensorflow.metadata.v0.Schema", MessageForm::plain, kSchema},
    {"tensorflow.metadata.v0.Schema.TensorRepresentationGroupEntry", MessageForm::map_entry,
     kSchemaTensorRepresentationGroupEntry},
    {"tensorflow.metadata.v0.SequenceLengthConstraints", MessageForm::plain,
     kSequenceLengthConstraints},
    {"tensorflow.metadata.v0.SequenceMetadata", MessageForm::plain, kSequenceMetadata},
    {"tensorflow.metadata.v0.SequenceValueConstraints", MessageForm::plain,
     kSequenceValueConstraints},
    {"tensorflow.metadata.v0.SliceSql", MessageForm::implicit, kSliceSql},
    {"tensorflow.metadata.v0.SparseFeature", MessageForm::plain, kSparseFeature},
    {"tensorflow.metadata.v0.SparseFeature.IndexFeature", MessageForm::plain,
     kSparseFeatureIndexFeature},
    {"tensorflow.metadata.v0.SparseFeature.ValueFeature", MessageForm::plain,
     kSparseFeatureValueFeature},
    {"tensorflow.metadata.v0.StringDomain", MessageForm::plain, kStringDomain},
    {"tensorflow.metadata.v0.StructDomain", MessageForm::plain, kStructDomain},
    {"tensorflow.metadata.v0.TensorRepresentation", MessageForm::plain, kTensorRepresentation},
    {"tensorflow.metadata.v0.TensorRepresentation.DefaultValue", MessageForm::plain,
     kTensorRepresentationDefaultValue},
    {"tensorflow.metadata.v0.TensorRepresentation.DenseTensor", MessageForm::plain,
     kTensorRepresentationDenseTensor},
    {"tensorflow.metadata.v0.TensorRepresentation.RaggedTensor", MessageForm::plain,
     kTensorRepresentationRaggedTensor},
    {"tensorflow.metadata.v0.TensorRepresentation.RaggedTensor.Partition", MessageForm::plain,
     kTensorRepresentationRaggedTensorPartition},
    {"tensorflow.metadata.v0.TensorRepresentation.SparseTensor", MessageForm::plain,
     kTensorRepresentationSparseTensor},
    {"tensorflow.metadata.v0.TensorRepresentation.VarLenSparseTensor", MessageForm::plain,
     kTensorRepresentationVarLenSparseTensor},
    {"tensorflow.metadata.v0.TensorRepresentationGroup", MessageForm::plain,
     kTensorRepresentationGroup},
    {"tensorflow.metadata.v0.TensorRepresentationGroup.TensorRepresentationEntry",
     MessageForm::map_entry, kTensorRepresentationGroupTensorRepresentationEntry},
    {"tensorflow.metadata.v0.TimeDomain", MessageForm::plain, kTimeDomain},
    {"tensorflow.metadata.v0.TimeOfDayDomain", MessageForm::plain, kTimeOfDayDomain},
    {"tensorflow.metadata.v0.URLDomain", MessageForm::plain, {}},
    {"tensorflow.metadata.v0.UnchangedRegion", MessageForm::plain, kUnchangedRegion},
    {"tensorflow.metadata.v0.UniqueConstraints", MessageForm::plain, kUniqueConstraints},
    {"tensorflow.metadata.v0.ValueCount", MessageForm::plain, kValueCount},
    {"tensorflow.metadata.v0.ValueCountList", MessageForm::plain, kValueCountList},
    {"tensorflow.metadata.v0.VideoDomain", MessageForm::plain, {}},
    {"tensorflow.metadata.v0.WeightedFeature", MessageForm::plain, kWeightedFeature}};

}  // namespace

std::span<const MessageDescriptor> message_table() noexcept {
  return kSchemaMessages;
}

}  // namespace zeroskew::detail
