#pragma once
/// Energy distance between numbers.

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// sqrt(2 integral (F - G)^2). Threshold: a scaled chi-square with the null's first two moments.
[[nodiscard]] MeasureResult energy(const Distribution& reference, const Distribution& current,
                                   const MeasureOptions& options = {});
}  // namespace zeroskew
