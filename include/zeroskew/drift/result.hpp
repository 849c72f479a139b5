#pragma once
/// What every measure answers with: a value, its certified bounds, a p-value or a threshold,
/// and the words that say which definition was computed.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace zeroskew {

struct MeasureResult {
  std::string name;        ///< registry name, e.g. "ks", "psi"
  double statistic = 0.0;  ///< the value of the distance or test statistic
  double lo = 0.0;         ///< certified bounds of `statistic`
  double hi = 0.0;
  std::optional<double> pvalue;     ///< tests only
  std::optional<double> threshold;  ///< distances: sample-size-aware threshold at `alpha`
  bool drifted = false;             ///< pvalue <= alpha, or statistic > threshold
  double alpha = 0.05;
  std::string definition;  ///< e.g. "Jensen-Shannon divergence, base 2, over labels"
  std::string reason;      ///< why nothing could be computed; empty if it was

  [[nodiscard]] bool comparable() const noexcept { return reason.empty(); }
  [[nodiscard]] bool operator==(const MeasureResult&) const = default;
};

}  // namespace zeroskew
