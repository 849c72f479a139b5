#pragma once
// Custom statistics that checks know: of sparse and weighted features, of tokens and of images.

#include "schema/statistics_node.hpp"
#include "zeroskew/schema/feature_statistics.hpp"

namespace zeroskew::detail {

void read_special(const StatisticsNode& feature, FeatureStatistics& result);

}  // namespace zeroskew::detail
