#pragma once
/// Sorting of plain doubles, fast enough that exact rank statistics cost a few passes over memory.

#include <span>
#include <vector>

namespace zeroskew::kernel {

/// Sorts ascending: -inf first, +inf last; -0.0 becomes 0.0, so that equal values have equal bits.
/// There must be no NaN.
void sort_doubles(std::span<double> values);

/// The values without NaN, sorted.
[[nodiscard]] std::vector<double> sorted_without_nan(std::span<const double> values);

}  // namespace zeroskew::kernel
