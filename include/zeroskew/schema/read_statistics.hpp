#pragma once
/// Statistics that another tool wrote, as an input of `validate`, `infer_schema` and `compare`.

#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/schema/feature_statistics.hpp"

namespace zeroskew {

/// One dataset of a list: the whole data, or a slice of it.
struct NamedStatistics {
  std::string name;
  DatasetStatistics statistics;
};

/// How a tensorflow.metadata.v0.DatasetFeatureStatisticsList is written.
enum class StatisticsForm { binary, text, json };

/// Reads a list. A histogram says where the values of each bucket lie, a rank histogram how often
/// its labels occur; what the tool left out counts as values without a name. Where the dataset and
/// all its features are weighted, the weighted numbers are read. Features without statistics are
/// left out. Fields that the message has gained since are skipped in the binary form.
/// @throws Error schema.* (no such document), statistics.* (a document that says impossible things:
/// counts that are negative, buckets out of order, names and paths mixed, a feature twice)
[[nodiscard]] std::vector<NamedStatistics> read_statistics(std::string_view document,
                                                           StatisticsForm form);

/// The only dataset of a list, or the one called "All Examples".
/// @throws Error statistics.no_dataset
[[nodiscard]] const NamedStatistics& whole_dataset(const std::vector<NamedStatistics>& list);

/// How the values of a feature are spread, as far as its statistics say: labels, or the buckets
/// between quantiles (equal width where there are no others).
[[nodiscard]] Distribution distribution_of(const FeatureStatistics& feature);

}  // namespace zeroskew
