#pragma once
/// Kuiper's two-sample test: the largest gap above plus the largest below, good at tails and
/// cycles.

#include <span>

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// Asymptotic p-value with Stephens' (1970) correction for the sizes.
[[nodiscard]] MeasureResult kuiper(std::span<const double> reference,
                                   std::span<const double> current,
                                   const MeasureOptions& options = {});
/// Over exact cells.
[[nodiscard]] MeasureResult kuiper(const Distribution& reference, const Distribution& current,
                                   const MeasureOptions& options = {});

}  // namespace zeroskew
