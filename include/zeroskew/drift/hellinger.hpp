#pragma once
/// Hellinger distance between shares, from 0 to 1.

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// sqrt(sum (sqrt p - sqrt q)^2 / 2). Under the null its square is about (1/n + 1/m) / 8 times a
/// chi-square with one degree of freedom fewer than there are categories: the threshold.
[[nodiscard]] MeasureResult hellinger(const Distribution& reference, const Distribution& current,
                                      const MeasureOptions& options = {});
}  // namespace zeroskew
