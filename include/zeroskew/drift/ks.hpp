#pragma once
/// Two-sample Kolmogorov-Smirnov: the largest gap between the two distribution functions.

#include <span>

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// Two-sided. NaN is left out; order does not matter. `method`: "exact" counts lattice paths
/// (Hodges 1958), "asymptotic" uses the one-sample law of round(n m / (n + m)) values, "auto" is
/// exact up to 10,000 values a side. With ties the p-value is conservative. The threshold is
/// Kolmogorov's.
[[nodiscard]] MeasureResult ks_2samp(std::span<const double> reference,
                                     std::span<const double> current,
                                     const MeasureOptions& options = {});
/// Over cells. Interval cells certify the gap as [lo, hi]; the p-value is the one of `lo`, so that
/// a sketch's error never becomes an alarm. Weights count as rows.
[[nodiscard]] MeasureResult ks_2samp(const Distribution& reference, const Distribution& current,
                                     const MeasureOptions& options = {});

}  // namespace zeroskew
