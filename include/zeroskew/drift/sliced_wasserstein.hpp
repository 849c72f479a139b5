#pragma once
/// Sliced Wasserstein-1: how far two sets of points lie apart, seen along random lines.

#include "zeroskew/drift/points.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// The mean of Wasserstein-1 over `directions` random projections (Bonneel, Rabin, Peyre and
/// Pfister 2015), in the points' unit; the p-value is exact, by `permutations` of the rows.
[[nodiscard]] MeasureResult sliced_wasserstein(const Points& reference, const Points& current,
                                               const PointsOptions& options = {});

}  // namespace zeroskew
