#pragma once
/// Jensen-Shannon divergence and distance between shares.

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// (KL(p | (p+q)/2) + KL(q | (p+q)/2)) / 2, to `base` (2 by default; 0 means e). Threshold:
/// the null's at these sizes, about (1/n + 1/m) / (8 ln base) times a chi-square quantile.
/// `definition`: "tfdv" aligns histograms as TensorFlow Data Validation does: points apart from
/// intervals, NaN never equal to NaN.
[[nodiscard]] MeasureResult js_divergence(const Distribution& reference,
                                          const Distribution& current,
                                          const MeasureOptions& options = {});
/// Its square root, a metric. `definition`: "evidently" (base e, equal-width bins over both sides),
/// "nannyml" (base 2, Doane's bins on the reference, one more for what lies outside).
[[nodiscard]] MeasureResult js_distance(const Distribution& reference, const Distribution& current,
                                        const MeasureOptions& options = {});
}  // namespace zeroskew
