#pragma once
/// Mann-Whitney U: does one side tend to be larger.

#include <span>

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// Two-sided; the statistic is U of the reference. `method`: "exact" counts arrangements,
/// "asymptotic" is normal with corrections for ties and continuity, "auto" is exact without ties
/// when a side has at most 8 values.
[[nodiscard]] MeasureResult mann_whitney(std::span<const double> reference,
                                         std::span<const double> current,
                                         const MeasureOptions& options = {});
/// Over exact cells.
[[nodiscard]] MeasureResult mann_whitney(const Distribution& reference, const Distribution& current,
                                         const MeasureOptions& options = {});

}  // namespace zeroskew
