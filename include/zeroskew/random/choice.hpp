#pragma once
/// Choosing among things: categories by weight, orders of a sequence.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "zeroskew/random/stream.hpp"

namespace zeroskew {

/// The category that draw i chooses, by cumulative weights (non-decreasing, the last one positive
/// and finite). A category without weight is never chosen.
[[nodiscard]] inline std::size_t categorical(const Stream& stream, std::uint64_t i,
                                             std::span<const double> cumulative) noexcept {
  if (cumulative.empty()) return 0;
  const double target = stream.uniform(i) * cumulative.back();
  const auto found = std::upper_bound(cumulative.begin(), cumulative.end(), target);
  // rounding may lift the target of a subnormal total to the total itself
  const auto place = found != cumulative.end()
                         ? found
                         : std::lower_bound(cumulative.begin(), cumulative.end(), target);
  return static_cast<std::size_t>(place - cumulative.begin());
}

/// Shuffles in place (Fisher and Yates; Durstenfeld, Algorithm 235), with draws 1 .. size - 1.
template <class T>
void shuffle(const Stream& stream, std::span<T> items) noexcept {
  for (std::size_t k = items.size(); k > 1; --k) {
    using std::swap;
    swap(items[k - 1], items[static_cast<std::size_t>(stream.below(k - 1, k))]);
  }
}

/// 0 .. n - 1 in random order.
[[nodiscard]] inline std::vector<std::size_t> permutation(const Stream& stream, std::size_t n) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  shuffle(stream, std::span(order));
  return order;
}

}  // namespace zeroskew
