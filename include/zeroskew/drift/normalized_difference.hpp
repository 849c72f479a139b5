#pragma once
/// Normalised absolute difference of counts, as TensorFlow Data Validation defines it.

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// max |a - b| / (sum a + sum b) on raw counts of named labels. Unlike all others it moves with the
/// sizes, so it has no threshold of its own.
[[nodiscard]] MeasureResult normalized_difference(const Distribution& reference,
                                                  const Distribution& current,
                                                  const MeasureOptions& options = {});
}  // namespace zeroskew
