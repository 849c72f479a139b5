#pragma once
// Histograms made comparable as TensorFlow Data Validation does it.

#include <string>
#include <utility>
#include <vector>

#include "zeroskew/drift/distribution.hpp"

namespace zeroskew::detail {

struct Paired {
  std::vector<std::pair<double, double>> masses;  // not normalised
  std::string reason;
};

// Intervals are split at the union of both sides' boundaries; points, infinities and NaN stand
// apart, and an infinity or a NaN never equals the other side's.
[[nodiscard]] Paired pair_tfdv(const Distribution& reference, const Distribution& current);

}  // namespace zeroskew::detail
