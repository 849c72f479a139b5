#pragma once
/// Do rows still fit the reference's principal components: drift in how columns move together.

#include "zeroskew/drift/points.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// Components that explain a share `explained` of the standardised variance are fitted on one half
/// of the reference. The statistic is the mean reconstruction error of the current rows over that
/// of the reference's other half; the p-value is Kolmogorov and Smirnov's of the two sets of
/// errors.
[[nodiscard]] MeasureResult pca_reconstruction(const Points& reference, const Points& current,
                                               const PointsOptions& options = {});

}  // namespace zeroskew
