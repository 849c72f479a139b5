#pragma once
/// Two-sample Anderson-Darling: the gap between distribution functions weighted towards the tails.

#include <span>

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// Scholz and Stephens (1987), midranks, standardised. `definition`: "" interpolates their table
/// between p = 0.25 and 0.001 and follows the limit law outside, joined where they meet; "table"
/// caps the p-value at the table's ends; "limit" is the limit law everywhere;
/// "ties" judges given the ties, for columns of few values, where the others alarm too often.
[[nodiscard]] MeasureResult anderson_2samp(std::span<const double> reference,
                                           std::span<const double> current,
                                           const MeasureOptions& options = {});
/// Over exact cells.
[[nodiscard]] MeasureResult anderson_2samp(const Distribution& reference,
                                           const Distribution& current,
                                           const MeasureOptions& options = {});

}  // namespace zeroskew
