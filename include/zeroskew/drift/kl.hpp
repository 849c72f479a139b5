#pragma once
/// Kullback-Leibler divergence of the current shares from the reference's.

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// sum p log(p / q) with p the reference's shares, to `base` (e when 0), after adding `prior` to
/// every cell. `definition`: "evidently" bins as that tool does, in nats, with its rule for zeros.
[[nodiscard]] MeasureResult kl_divergence(const Distribution& reference,
                                          const Distribution& current,
                                          const MeasureOptions& options = {});
}  // namespace zeroskew
