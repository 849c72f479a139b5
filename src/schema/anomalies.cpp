#include "zeroskew/schema/anomalies.hpp"

#include <algorithm>

namespace zeroskew {

std::string_view to_string(Measurement::Comparison comparison) noexcept {
  return comparison == Measurement::Comparison::skew ? "skew" : "drift";
}

std::string_view to_string(Measurement::Measure measure) noexcept {
  switch (measure) {
    case Measurement::Measure::infinity_norm:
      return "infinity_norm";
    case Measurement::Measure::jensen_shannon_divergence:
      return "jensen_shannon_divergence";
    case Measurement::Measure::normalized_abs_difference:
      return "normalized_abs_difference";
    case Measurement::Measure::unknown:
      break;
  }
  return "unknown";
}

Severity Anomalies::severity() const noexcept {
  Severity worst = Severity::unknown;
  for (const Anomaly& anomaly : items) worst = std::max(worst, anomaly.severity);
  return worst;
}

}  // namespace zeroskew
