// The enumerations of the schema, anomalies and statistics messages, as published in their .proto
// files.
#include <array>

#include "schema/anomaly_names.hpp"
#include "schema/proto/descriptor.hpp"

namespace zeroskew::detail {
namespace {

constexpr EnumValue kNullValue[] = {{0, "NULL_VALUE"}};
constexpr EnumValue kFeatureType[] = {
    {0, "TYPE_UNKNOWN"}, {1, "BYTES"}, {2, "INT"}, {3, "FLOAT"}, {4, "STRUCT"}};
constexpr EnumValue kHistogramSelectionType[] = {{0, "DEFAULT"}, {1, "QUANTILES"}, {2, "STANDARD"}};
constexpr EnumValue kLifecycleStage[] = {
    {0, "UNKNOWN_STAGE"}, {1, "PLANNED"},    {2, "ALPHA"},
    {3, "BETA"},          {4, "PRODUCTION"}, {5, "DEPRECATED"},
    {6, "DEBUG_ONLY"},    {7, "DISABLED"},   {9, "VALIDATION_DERIVED"}};
constexpr EnumValue kSequenceMetadataSequentialStatus[] = {
    {0, "SEQUENTIAL_UNSPECIFIED"}, {1, "SEQUENTIAL_YES"}, {2, "SEQUENTIAL_NO"}};
constexpr EnumValue kSliceValueTypes[] = {{0, "VALUE_TYPE_DEFAULT"},
                                          {1, "VALUE_TYPE_INTEGER"},
                                          {2, "VALUE_TYPE_FLOAT"},
                                          {3, "VALUE_TYPE_UNSUPPORTED"}};
constexpr EnumValue kStringDomainCategorical[] = {
    {0, "CATEGORICAL_UNSPECIFIED"}, {1, "CATEGORICAL_YES"}, {2, "CATEGORICAL_NO"}};
constexpr EnumValue kTensorRepresentationRowPartitionDType[] = {
    {0, "UNSPECIFIED"}, {1, "INT64"}, {2, "INT32"}};
constexpr EnumValue kTimeDomainIntegerTimeFormat[] = {
    {0, "FORMAT_UNKNOWN"},    {1, "UNIX_SECONDS"},     {2, "UNIX_MILLISECONDS"},
    {3, "UNIX_MICROSECONDS"}, {4, "UNIX_NANOSECONDS"}, {5, "UNIX_DAYS"}};
constexpr EnumValue kTimeOfDayDomainIntegerTimeOfDayFormat[] = {{0, "FORMAT_UNKNOWN"},
                                                                {1, "PACKED_64_NANOS"}};

constexpr EnumValue kAnomalyNameFormat[] = {{0, "UNKNOWN"}, {1, "SERIALIZED_PATH"}};
constexpr EnumValue kSeverity[] = {{0, "UNKNOWN"}, {1, "WARNING"}, {2, "ERROR"}};
constexpr EnumValue kMeasurementType[] = {{0, "UNKNOWN"},
                                          {1, "L_INFTY"},
                                          {2, "JENSEN_SHANNON_DIVERGENCE"},
                                          {3, "NORMALIZED_ABSOLUTE_DIFFERENCE"}};
constexpr auto kAnomalyType = [] {
  std::array<EnumValue, kAnomalyNames.size()> values{};
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = {static_cast<int>(i), kAnomalyNames[i]};
  return values;
}();

constexpr EnumValue kStatisticsType[] = {
    {0, "INT"}, {1, "FLOAT"}, {2, "STRING"}, {3, "BYTES"}, {4, "STRUCT"}};
constexpr EnumValue kHistogramType[] = {{0, "STANDARD"}, {1, "QUANTILES"}};

constexpr EnumDescriptor kEnums[] = {
    {"google.protobuf.NullValue", true, kNullValue},
    {"tensorflow.metadata.v0.Anomalies.AnomalyNameFormat", false, kAnomalyNameFormat},
    {"tensorflow.metadata.v0.AnomalyInfo.Severity", false, kSeverity},
    {"tensorflow.metadata.v0.AnomalyInfo.Type", false, kAnomalyType},
    {"tensorflow.metadata.v0.DriftSkewInfo.Measurement.Type", false, kMeasurementType},
    {"tensorflow.metadata.v0.FeatureNameStatistics.Type", true, kStatisticsType},
    {"tensorflow.metadata.v0.FeatureType", false, kFeatureType},
    {"tensorflow.metadata.v0.Histogram.HistogramType", true, kHistogramType},
    {"tensorflow.metadata.v0.HistogramSelection.Type", false, kHistogramSelectionType},
    {"tensorflow.metadata.v0.LifecycleStage", false, kLifecycleStage},
    {"tensorflow.metadata.v0.SequenceMetadata.SequentialStatus", false,
     kSequenceMetadataSequentialStatus},
    {"tensorflow.metadata.v0.SliceValueTypes", true, kSliceValueTypes},
    {"tensorflow.metadata.v0.StringDomain.Categorical", false, kStringDomainCategorical},
    {"tensorflow.metadata.v0.TensorRepresentation.RowPartitionDType", false,
     kTensorRepresentationRowPartitionDType},
    {"tensorflow.metadata.v0.TimeDomain.IntegerTimeFormat", false, kTimeDomainIntegerTimeFormat},
    {"tensorflow.metadata.v0.TimeOfDayDomain.IntegerTimeOfDayFormat", false,
     kTimeOfDayDomainIntegerTimeOfDayFormat}};

}  // namespace

std::span<const EnumDescriptor> enum_table() noexcept {
  return kEnums;
}

}  // namespace zeroskew::detail
