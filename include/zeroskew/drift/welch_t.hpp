#pragma once
/// Welch's t: do the means differ, whatever the variances.

#include <span>

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// Two-sided, Satterthwaite's degrees of freedom. Needs two values a side, finite, not all equal.
[[nodiscard]] MeasureResult welch_t(std::span<const double> reference,
                                    std::span<const double> current,
                                    const MeasureOptions& options = {});
/// Over exact cells.
[[nodiscard]] MeasureResult welch_t(const Distribution& reference, const Distribution& current,
                                    const MeasureOptions& options = {});

}  // namespace zeroskew
