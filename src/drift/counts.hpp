#pragma once
// Pairs of counts: what the tests over categories read.

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "zeroskew/drift/distribution.hpp"

namespace zeroskew::detail {

struct CountPairs {
  std::vector<std::pair<double, double>> cells;
  std::string how = "over counts";
  std::string reason;
};

// Counts that are negative, not finite or of unequal length are an error.
[[nodiscard]] CountPairs count_pairs(const std::string& name, std::span<const double> reference,
                                     std::span<const double> current);
[[nodiscard]] CountPairs count_pairs(const Distribution& reference, const Distribution& current,
                                     int bins);
// The same, with a reason unless there are two categories.
[[nodiscard]] CountPairs two_by_two(CountPairs pairs);

// Two-sided p-value of the table (a, b; c, d), rows being sides: the share of tables with the same
// margins that are no likelier.
[[nodiscard]] double fisher_p(double a, double b, double c, double d);

}  // namespace zeroskew::detail
