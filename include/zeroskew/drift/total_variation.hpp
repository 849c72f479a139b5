#pragma once
/// Total variation: half the sum of differences between shares, the mass that would have to move.

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// Over labels, values or bins as `linf`. Threshold: the null's, from the shares and sizes.
[[nodiscard]] MeasureResult total_variation(const Distribution& reference,
                                            const Distribution& current,
                                            const MeasureOptions& options = {});
}  // namespace zeroskew
