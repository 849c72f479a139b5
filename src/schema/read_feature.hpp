#pragma once
// One feature of a statistics message.

#include <string>

#include "schema/statistics_node.hpp"
#include "zeroskew/schema/feature_statistics.hpp"

namespace zeroskew::detail {

// Numbers of the fields of FeatureNameStatistics.
enum FeatureField {
  feature_name = 1,
  feature_type_field = 2,
  num_stats = 3,
  string_stats = 4,
  bytes_stats = 5,
  custom_stats = 6,
  struct_stats = 7,
  feature_path = 8,
  derived_source_field = 10,
};

// The message of the kind of statistics that the feature has; no fields where it has none.
StatisticsNode statistics_in(const StatisticsNode& feature) noexcept;
// Does it have a weighted number for each plain one of presence?
bool is_weighted(const StatisticsNode& feature);
// Everything but children. @throws Error statistics.*, at the path
FeatureStatistics read_feature(const StatisticsNode& feature, Path path, bool weighted);

}  // namespace zeroskew::detail
