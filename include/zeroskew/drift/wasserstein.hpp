#pragma once
/// Wasserstein-1 (earth mover's) distance between numbers: the area between distribution functions.

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// `scale`: "raw" in the column's unit, or divided by the reference's standard deviation ("std") or
/// interquartile range ("iqr"). Interval cells certify it. `definition`: "evidently" divides by
/// max(std, 0.001) and alarms above 0.1; "nannyml" is raw. Threshold: that of a Brownian bridge's
/// area at the pooled distribution, fitted by its first two moments.
[[nodiscard]] MeasureResult wasserstein(const Distribution& reference, const Distribution& current,
                                        const MeasureOptions& options = {});
}  // namespace zeroskew
