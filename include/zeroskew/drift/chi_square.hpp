#pragma once
/// Homogeneity of two samples of counts: chi-square and the likelihood ratio G. Both sides are
/// samples, so the null is valid whatever their sizes, and a new category is one cell like others.

#include <span>

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// Counts in one order, of equal length. Categories without any count are left out. With `pool`,
/// which looks at the margins only, so that the level holds: cells whose smaller expected count is
/// below `min_expected` have the p-value of a gamma law with the statistic's exact mean and
/// variance given the margins (Dawson 1954), all below a fifth of it having become one. Where that
/// leaves two cells, all below `min_expected` become one; if that one is still too small it joins
/// the smallest of the others (all that tie); if fewer than two are left, the answer is Fisher's
/// exact test of the commonest category against all others.
[[nodiscard]] MeasureResult chi2_2samp(std::span<const double> reference,
                                       std::span<const double> current,
                                       const MeasureOptions& options = {});
/// Over labels, or over numbers with few values, else over bins cut at the pooled quantiles (for
/// the level's sake; distances cut theirs at the reference's).
[[nodiscard]] MeasureResult chi2_2samp(const Distribution& reference, const Distribution& current,
                                       const MeasureOptions& options = {});

/// G = 2 sum O ln(O / E); with `pool`, all cells below `min_expected` become one, as above.
[[nodiscard]] MeasureResult g_2samp(std::span<const double> reference,
                                    std::span<const double> current,
                                    const MeasureOptions& options = {});
[[nodiscard]] MeasureResult g_2samp(const Distribution& reference, const Distribution& current,
                                    const MeasureOptions& options = {});

}  // namespace zeroskew
