// The statistics messages of tensorflow.metadata.v0: names and numbers as published in
// statistics.proto. (Its int32 fields are read as int64, which has the same bytes.)
#include "schema/proto/descriptor.hpp"

namespace zeroskew::detail {
namespace {

using enum FieldKind;
using Field = FieldDescriptor;

constexpr Field kBytesStatistics[] = {
    {1, "common_stats", message, false, 0, "tensorflow.metadata.v0.CommonStatistics"},
    {2, "unique", uint64},
    {3, "avg_num_bytes", float32},
    {4, "min_num_bytes", float32},
    {5, "max_num_bytes", float32},
    {6, "max_num_bytes_int", int64}};
constexpr Field kCategoricalCrossStatistics[] = {
    {1, "lift", message, false, 0, "tensorflow.metadata.v0.LiftStatistics"}};
constexpr Field kCommonStatistics[] = {
    {1, "num_non_missing", uint64},
    {2, "num_missing", uint64},
    {3, "min_num_values", uint64},
    {4, "max_num_values", uint64},
    {5, "avg_num_values", float32},
    {6, "num_values_histogram", message, false, 0, "tensorflow.metadata.v0.Histogram"},
    {7, "weighted_common_stats", message, false, 0,
     "tensorflow.metadata.v0.WeightedCommonStatistics"},
    {8, "tot_num_values", uint64},
    {9, "feature_list_length_histogram", message, false, 0, "tensorflow.metadata.v0.Histogram"},
    {10, "presence_and_valency_stats", message, true, 0,
     "tensorflow.metadata.v0.PresenceAndValencyStatistics"},
    {11, "weighted_presence_and_valency_stats", message, true, 0,
     "tensorflow.metadata.v0.WeightedCommonStatistics"}};
constexpr Field kCrossFeatureStatistics[] = {
    {1, "path_x", message, false, 0, "tensorflow.metadata.v0.Path"},
    {2, "path_y", message, false, 0, "tensorflow.metadata.v0.Path"},
    {3, "count", uint64},
    {4, "num_cross_stats", message, false, 1, "tensorflow.metadata.v0.NumericCrossStatistics"},
    {5, "categorical_cross_stats", message, false, 1,
     "tensorflow.metadata.v0.CategoricalCrossStatistics"}};
constexpr Field kCustomStatistic[] = {
    {1, "name", string},
    {2, "num", float64, false, 1},
    {3, "str", string, false, 1},
    {4, "histogram", message, false, 1, "tensorflow.metadata.v0.Histogram"},
    {5, "rank_histogram", message, false, 1, "tensorflow.metadata.v0.RankHistogram"},
    {6, "any", message, false, 1, "google.protobuf.Any"}};
constexpr Field kDatasetFeatureStatistics[] = {
    {1, "name", string},
    {2, "num_examples", uint64},
    {3, "features", message, true, 0, "tensorflow.metadata.v0.FeatureNameStatistics"},
    {4, "weighted_num_examples", float64},
    {5, "cross_features", message, true, 0, "tensorflow.metadata.v0.CrossFeatureStatistics"}};
constexpr Field kDatasetFeatureStatisticsList[] = {
    {1, "datasets", message, true, 0, "tensorflow.metadata.v0.DatasetFeatureStatistics"}};
constexpr Field kFeatureNameStatistics[] = {
    {1, "name", string, false, 1},
    {2, "type", enumeration, false, 0, "tensorflow.metadata.v0.FeatureNameStatistics.Type"},
    {3, "num_stats", message, false, 2, "tensorflow.metadata.v0.NumericStatistics"},
    {4, "string_stats", message, false, 2, "tensorflow.metadata.v0.StringStatistics"},
    {5, "bytes_stats", message, false, 2, "tensorflow.metadata.v0.BytesStatistics"},
    {6, "custom_stats", message, true, 0, "tensorflow.metadata.v0.CustomStatistic"},
    {7, "struct_stats", message, false, 2, "tensorflow.metadata.v0.StructStatistics"},
    {8, "path", message, false, 1, "tensorflow.metadata.v0.Path"},
    {10, "validation_derived_source", message, false, 0,
     "tensorflow.metadata.v0.DerivedFeatureSource"}};
constexpr Field kHistogram[] = {
    {1, "num_nan", uint64},
    {2, "num_undefined", uint64},
    {3, "buckets", message, true, 0, "tensorflow.metadata.v0.Histogram.Bucket"},
    {4, "type", enumeration, false, 0, "tensorflow.metadata.v0.Histogram.HistogramType"},
    {5, "name", string}};
constexpr Field kHistogramBucket[] = {
    {1, "low_value", float64}, {2, "high_value", float64}, {4, "sample_count", float64}};
constexpr Field kLiftSeries[] = {
    {1, "y_int", int64, false, 1},
    {2, "y_string", string, false, 1},
    {3, "y_bucket", message, false, 1, "tensorflow.metadata.v0.LiftSeries.Bucket"},
    {4, "y_count", uint64, false, 2},
    {5, "weighted_y_count", float64, false, 2},
    {6, "lift_values", message, true, 0, "tensorflow.metadata.v0.LiftSeries.LiftValue"}};
constexpr Field kLiftSeriesBucket[] = {{1, "low_value", float64}, {2, "high_value", float64}};
constexpr Field kLiftSeriesLiftValue[] = {{1, "x_int", int64, false, 1},
                                          {2, "x_string", string, false, 1},
                                          {3, "lift", float64},
                                          {4, "x_count", uint64, false, 2},
                                          {5, "weighted_x_count", float64, false, 2},
                                          {6, "x_and_y_count", uint64, false, 3},
                                          {7, "weighted_x_and_y_count", float64, false, 3}};
constexpr Field kLiftStatistics[] = {
    {1, "lift_series", message, true, 0, "tensorflow.metadata.v0.LiftSeries"},
    {2, "weighted_lift_series", message, true, 0, "tensorflow.metadata.v0.LiftSeries"}};
constexpr Field kNaturalLanguageStatistics[] = {
    {1, "feature_coverage", float64},
    {2, "avg_token_length", float64},
    {3, "token_length_histogram", message, false, 0, "tensorflow.metadata.v0.Histogram"},
    {4, "location_misses", int64},
    {5, "reported_sequences", string, true},
    {6, "token_statistics", message, true, 0,
     "tensorflow.metadata.v0.NaturalLanguageStatistics.TokenStatistics"},
    {7, "rank_histogram", message, false, 0, "tensorflow.metadata.v0.RankHistogram"},
    {8, "weighted_nl_statistics", message, false, 0,
     "tensorflow.metadata.v0.WeightedNaturalLanguageStatistics"},
    {9, "sequence_length_histogram", message, false, 0, "tensorflow.metadata.v0.Histogram"},
    {10, "min_sequence_length", int64},
    {11, "max_sequence_length", int64}};
constexpr Field kNaturalLanguageStatisticsTokenStatistics[] = {
    {1, "string_token", string, false, 1},
    {2, "int_token", int64, false, 1},
    {3, "frequency", float64},
    {4, "fraction_of_sequences", float64},
    {5, "per_sequence_min_frequency", float64},
    {6, "per_sequence_avg_frequency", float64},
    {7, "per_sequence_max_frequency", float64},
    {8, "positions", message, false, 0, "tensorflow.metadata.v0.Histogram"}};
constexpr Field kNumericCrossStatistics[] = {{1, "correlation", float32},
                                             {2, "covariance", float32}};
constexpr Field kNumericStatistics[] = {
    {1, "common_stats", message, false, 0, "tensorflow.metadata.v0.CommonStatistics"},
    {2, "mean", float64},
    {3, "std_dev", float64},
    {4, "num_zeros", uint64},
    {5, "min", float64},
    {6, "median", float64},
    {7, "max", float64},
    {8, "histograms", message, true, 0, "tensorflow.metadata.v0.Histogram"},
    {9, "weighted_numeric_stats", message, false, 0,
     "tensorflow.metadata.v0.WeightedNumericStatistics"}};
constexpr Field kPresenceAndValencyStatistics[] = {{1, "num_non_missing", uint64},
                                                   {2, "num_missing", uint64},
                                                   {3, "min_num_values", uint64},
                                                   {4, "max_num_values", uint64},
                                                   {5, "tot_num_values", uint64}};
constexpr Field kRankHistogram[] = {
    {1, "buckets", message, true, 0, "tensorflow.metadata.v0.RankHistogram.Bucket"},
    {2, "name", string}};
constexpr Field kRankHistogramBucket[] = {{1, "low_rank", uint64},
                                          {2, "high_rank", uint64},
                                          {4, "label", string},
                                          {5, "sample_count", float64}};
constexpr Field kStringStatistics[] = {
    {1, "common_stats", message, false, 0, "tensorflow.metadata.v0.CommonStatistics"},
    {2, "unique", uint64},
    {3, "top_values", message, true, 0, "tensorflow.metadata.v0.StringStatistics.FreqAndValue"},
    {4, "avg_length", float32},
    {5, "rank_histogram", message, false, 0, "tensorflow.metadata.v0.RankHistogram"},
    {6, "weighted_string_stats", message, false, 0,
     "tensorflow.metadata.v0.WeightedStringStatistics"},
    {7, "vocabulary_file", string},
    {8, "invalid_utf8_count", uint64}};
constexpr Field kStringStatisticsFreqAndValue[] = {{2, "value", string}, {3, "frequency", float64}};
constexpr Field kStructStatistics[] = {
    {1, "common_stats", message, false, 0, "tensorflow.metadata.v0.CommonStatistics"}};
constexpr Field kWeightedCommonStatistics[] = {{1, "num_non_missing", float64},
                                               {2, "num_missing", float64},
                                               {3, "avg_num_values", float64},
                                               {4, "tot_num_values", float64}};
constexpr Field kWeightedNaturalLanguageStatistics[] = {
    {1, "feature_coverage", float64},
    {2, "avg_token_length", float64},
    {3, "token_length_histogram", message, false, 0, "tensorflow.metadata.v0.Histogram"},
    {4, "location_misses", float64},
    {5, "token_statistics", message, false, 0,
     "tensorflow.metadata.v0.NaturalLanguageStatistics.TokenStatistics"},
    {6, "rank_histogram", message, false, 0, "tensorflow.metadata.v0.RankHistogram"},
    {9, "sequence_length_histogram", message, false, 0, "tensorflow.metadata.v0.Histogram"}};
constexpr Field kWeightedNumericStatistics[] = {
    {1, "mean", float64},
    {2, "std_dev", float64},
    {3, "median", float64},
    {4, "histograms", message, true, 0, "tensorflow.metadata.v0.Histogram"}};
constexpr Field kWeightedStringStatistics[] = {
    {1, "top_values", message, true, 0, "tensorflow.metadata.v0.StringStatistics.FreqAndValue"},
    {2, "rank_histogram", message, false, 0, "tensorflow.metadata.v0.RankHistogram"}};

constexpr MessageDescriptor kStatisticsMessages[] = {
    {"tensorflow.metadata.v0.BytesStatistics", MessageForm::implicit, kBytesStatistics},
    {"tensorflow.metadata.v0.CategoricalCrossStatistics", MessageForm::implicit,
     kCategoricalCrossStatistics},
    {"tensorflow.metadata.v0.CommonStatistics", MessageForm::implicit, kCommonStatistics},
    {"tensorflow.metadata.v0.CrossFeatureStatistics", MessageForm::implicit,
     kCrossFeatureStatistics},
    {"tensorflow.metadata.v0.CustomStatistic", MessageForm::implicit, kCustomStatistic},
    {"tensorflow.metadata.v0.DatasetFeatureStatistics", MessageForm::implicit,
     kDatasetFeatureStatistics},
    {"tensorflow.metadata.v0.DatasetFeatureStatisticsList", MessageForm::implicit,
     kDatasetFeatureStatisticsList},
    {"tensorflow.metadata.v0.FeatureNameStatistics", MessageForm::implicit, kFeatureNameStatistics},
    {"tensorflow.metadata.v0.Histogram", MessageForm::implicit, kHistogram},
    {"tensorflow.metadata.v0.Histogram.Bucket", MessageForm::implicit, kHistogramBucket},
    {"tensorflow.metadata.v0.LiftSeries", MessageForm::implicit, kLiftSeries},
    {"tensorflow.metadata.v0.LiftSeries.Bucket", MessageForm::implicit, kLiftSeriesBucket},
    {"tensorflow.metadata.v0.LiftSeries.LiftValue", MessageForm::implicit, kLiftSeriesLiftValue},
    {"tensorflow.metadata.v0.LiftStatistics", MessageForm::implicit, kLiftStatistics},
    {"tensorflow.metadata.v0.NaturalLanguageStatistics", MessageForm::implicit,
     kNaturalLanguageStatistics},
    {"tensorflow.metadata.v0.NaturalLanguageStatistics.TokenStatistics", MessageForm::implicit,
     kNaturalLanguageStatisticsTokenStatistics},
    {"tensorflow.metadata.v0.NumericCrossStatistics", MessageForm::implicit,
     kNumericCrossStatistics},
    {"tensorflow.metadata.v0.NumericStatistics", MessageForm::implicit, kNumericStatistics},
    {"tensorflow.metadata.v0.PresenceAndValencyStatistics", MessageForm::implicit,
     kPresenceAndValencyStatistics},
    {"tensorflow.metadata.v0.RankHistogram", MessageForm::implicit, kRankHistogram},
    {"tensorflow.metadata.v0.RankHistogram.Bucket", MessageForm::implicit, kRankHistogramBucket},
    {"tensorflow.metadata.v0.StringStatistics", MessageForm::implicit, kStringStatistics},
    {"tensorflow.metadata.v0.StringStatistics.FreqAndValue", MessageForm::implicit,
     kStringStatisticsFreqAndValue},
    {"tensorflow.metadata.v0.StructStatistics", MessageForm::implicit, kStructStatistics},
    {"tensorflow.metadata.v0.WeightedCommonStatistics", MessageForm::implicit,
     kWeightedCommonStatistics},
    {"tensorflow.metadata.v0.WeightedNaturalLanguageStatistics", MessageForm::implicit,
     kWeightedNaturalLanguageStatistics},
    {"tensorflow.metadata.v0.WeightedNumericStatistics", MessageForm::implicit,
     kWeightedNumericStatistics},
    {"tensorflow.metadata.v0.WeightedStringStatistics", MessageForm::implicit,
     kWeightedStringStatistics}};

}  // namespace

std::span<const MessageDescriptor> statistics_table() noexcept {
  return kStatisticsMessages;
}

}  // namespace zeroskew::detail
