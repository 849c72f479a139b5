#pragma once
/// Constraints that the data would bear, each with its reason.

#include <cstddef>
#include <string>
#include <vector>

#include "zeroskew/schema/feature_statistics.hpp"
#include "zeroskew/schema/fix.hpp"
#include "zeroskew/schema/schema.hpp"

namespace zeroskew {

struct SuggestOptions {
  double tail = 0.005;          ///< ranges reach from this quantile to the opposite one, ...
  double margin = 0.5;          ///< ... and this share of their width further on both sides
  std::size_t max_values = 20;  ///< integers with more different values get no set of values
  double confidence = 0.95;     ///< that the true share of rows is above min_fraction
  double length_margin = 0.5;   ///< share by which strings may be longer or shorter than any seen
};

/// One constraint that the schema could have.
struct Suggestion {
  Path path;
  std::string rule;    ///< "range", "values", "presence", "lengths", "pattern", "format", "unique"
  std::string reason;  ///< what in the data speaks for it
  Fix fix;             ///< adds it to the schema

  [[nodiscard]] bool operator==(const Suggestion&) const = default;
};

/// What the features of a schema do not say yet. Unlike `infer_schema` this guesses: it looks at
/// quantiles, at a lower bound (Wilson's, 1927) of the share of rows that hold a value, and at the
/// form that all strings have in common.
/// @throws Error schema.bad_option
[[nodiscard]] std::vector<Suggestion> suggest_rules(const DatasetStatistics& data,
                                                    const Schema& schema,
                                                    const SuggestOptions& options = {});
[[nodiscard]] std::vector<Suggestion> suggest_rules(const Profile& profile, const Schema& schema,
                                                    const SuggestOptions& options = {});

}  // namespace zeroskew
