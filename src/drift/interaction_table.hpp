#pragma once
// Two columns' combinations on two sides: is the way they go together the same?

#include <cstddef>
#include <cstdint>
#include <vector>

#include "zeroskew/stats/pair_stats.hpp"

namespace zeroskew::detail {

struct InteractionAxis {
  std::vector<std::uint64_t> codes;  // of the categories that stand for themselves
  bool others = false;
  // Numbers instead: where one range of keys ends and the next one begins.
  bool ranges = false;
  std::vector<std::uint64_t> cuts;
  unsigned shift = 0;  // by which the keys are cut

  [[nodiscard]] std::size_t size() const noexcept {
    return ranges ? cuts.size() + 1 : codes.size() + (others ? 1 : 0);
  }
};

// Counts by category of the one column, of the other, and side; the last category of a column that
// has `others` is all that are rare.
struct InteractionTable {
  InteractionAxis first;
  InteractionAxis second;
  std::vector<double> counts[2];  // rows by columns

  [[nodiscard]] double& at(int side, std::size_t i, std::size_t j) {
    return counts[side][i * second.size() + j];
  }
};

// Chi-square of the interaction; no degrees of freedom where nothing can be said.
struct InteractionTest {
  InteractionTable table;
  double statistic = 0.0;
  double degrees = 0.0;
  std::vector<double> raked;  // the reference's shares with the current side's margins
};

// Numbers of more than a few values lie in ranges between the reference's quantiles.
// @pre neither side is lost; both are of names, or both of a name and a number
[[nodiscard]] InteractionTest test_interaction(const JointCounts& reference,
                                               const JointCounts& current);

// Cramer's V of one side of the table.
[[nodiscard]] double cramers_v(const InteractionTable& table, int side);

}  // namespace zeroskew::detail
