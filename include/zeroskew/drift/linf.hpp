#pragma once
/// L-infinity (Chebyshev): the largest difference between two shares.

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// max |p - q| over labels, or values, or bins cut at the reference's quantiles. `definition`:
/// "" the plain distance with the null's threshold;
/// "robust" Deequ's max(0, D - c sqrt((n + m) / (n m))) with c = `robustness`: what is left over is
/// drift, so its own threshold is 0;
/// "tfdv" named labels only, an empty side counts as all-zero shares, no threshold of its own.
[[nodiscard]] MeasureResult linf(const Distribution& reference, const Distribution& current,
                                 const MeasureOptions& options = {});
}  // namespace zeroskew
