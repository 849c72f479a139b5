#pragma once
/// Population stability index: the symmetric relative entropy of shares.

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// sum (p - q) ln(p / q), after adding `prior` to every cell of both sides, so that an empty cell
/// is neither infinite nor floored. Numbers: `bins` frozen on the reference's quantiles, open
/// outwards. Threshold: the null's at these sizes, about (1/n + 1/m)
/// times a chi-square quantile. `definition`: "evidently" re-bins
/// both sides together (equal widths, Sturges) and replaces zero shares, threshold 0.1.
[[nodiscard]] MeasureResult psi(const Distribution& reference, const Distribution& current,
                                const MeasureOptions& options = {});
}  // namespace zeroskew
