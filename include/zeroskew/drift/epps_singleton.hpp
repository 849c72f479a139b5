#pragma once
/// Epps-Singleton: the gap between the empirical characteristic functions, fit for discrete columns
/// too.

#include <span>

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// At t = 0.4 and 0.8, scaled by the pooled semi-interquartile range; chi-square limit, with the
/// authors' (1986) correction below 25 values. Needs five finite values a side.
/// `definition` "pooled" takes the covariance from both sides together, which keeps the level when
/// the sizes are far apart.
[[nodiscard]] MeasureResult epps_singleton(std::span<const double> reference,
                                           std::span<const double> current,
                                           const MeasureOptions& options = {});
/// Over exact cells.
[[nodiscard]] MeasureResult epps_singleton(const Distribution& reference,
                                           const Distribution& current,
                                           const MeasureOptions& options = {});

}  // namespace zeroskew
