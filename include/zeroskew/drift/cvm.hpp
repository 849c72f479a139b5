#pragma once
/// Two-sample Cramer-von Mises: the squared gap between the distribution functions, summed.

#include <span>

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// Anderson's (1962) T over midranks. `method`: "exact" (Xiao, Gordon, Yakovlev 2006), "asymptotic"
/// (the limit law, scaled to the mean and variance at these sizes), "auto" is exact up to 20 values
/// a side. Needs two values a side.
/// That law knows no ties: where values repeat much, it alarms without drift, in every
/// implementation. `definition` "ties" sums over distinct values and judges given the ties.
[[nodiscard]] MeasureResult cvm_2samp(std::span<const double> reference,
                                      std::span<const double> current,
                                      const MeasureOptions& options = {});
/// Over exact cells.
[[nodiscard]] MeasureResult cvm_2samp(const Distribution& reference, const Distribution& current,
                                      const MeasureOptions& options = {});

}  // namespace zeroskew
