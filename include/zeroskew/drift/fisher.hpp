#pragma once
/// Fisher's exact test: two categories, two samples, counts of any size.

#include <span>

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// Two counts a side, whole numbers. The statistic is the odds ratio (infinite where a cell of its
/// denominator is 0); the p-value sums the tables that are no likelier than the one seen.
[[nodiscard]] MeasureResult fisher_exact(std::span<const double> reference,
                                         std::span<const double> current,
                                         const MeasureOptions& options = {});
/// Over exactly two labels, or numbers with exactly two values.
[[nodiscard]] MeasureResult fisher_exact(const Distribution& reference, const Distribution& current,
                                         const MeasureOptions& options = {});

}  // namespace zeroskew
