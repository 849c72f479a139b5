#pragma once
// The largest gap of two samples' distribution functions, exactly.

#include <cstdint>
#include <span>

namespace zeroskew::detail {

// Two samples' sizes without NaN, and the largest |n m (F - G)|, a whole number.
struct LargestGap {
  std::int64_t n = 0;
  std::int64_t m = 0;
  std::int64_t gap = 0;
};

// Of sorted values. `start` is n m (F - G) below the first of them, where these are but a part of
// samples of n and m values.
[[nodiscard]] std::int64_t largest_gap_of_sorted(std::span<const double> a,
                                                 std::span<const double> b, std::int64_t n,
                                                 std::int64_t m, std::int64_t start = 0);

// Of values in any order, NaN among them: large samples are counted in bins, and sorted only where
// the gap may be largest. @pre at most 2^29 values a side
[[nodiscard]] LargestGap largest_gap_of_values(std::span<const double> a,
                                               std::span<const double> b);

}  // namespace zeroskew::detail
