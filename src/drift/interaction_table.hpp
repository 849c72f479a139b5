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

  [[nodiscard]] std::size_t size() const noexcept { return codes.size() + (others ? 1 : 0); }
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

[[nodiscard]] InteractionTest test_interaction(const JointCounts& reference,
                                               const JointCounts& current);

}  // namespace zeroskew::detail
