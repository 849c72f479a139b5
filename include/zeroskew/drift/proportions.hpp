#pragma once
/// The two-proportion z-test, for large counts of two categories.

#include <span>

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// Two counts a side: of a value and of its absence. z of the reference's share minus the
/// current's, with the pooled variance; two-sided.
[[nodiscard]] MeasureResult proportions_z(std::span<const double> reference,
                                          std::span<const double> current,
                                          const MeasureOptions& options = {});
/// Over exactly two labels, or numbers with exactly two values.
[[nodiscard]] MeasureResult proportions_z(const Distribution& reference,
                                          const Distribution& current,
                                          const MeasureOptions& options = {});

}  // namespace zeroskew
