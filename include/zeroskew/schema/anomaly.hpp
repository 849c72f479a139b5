#pragma once
/// One thing that is wrong with data: where, what, how bad, and what would accept it.

#include <cstdint>
#include <string>
#include <string_view>

#include "zeroskew/schema/anomaly_type.hpp"
#include "zeroskew/schema/fix.hpp"
#include "zeroskew/schema/path.hpp"

namespace zeroskew {

/// Numbers as in tensorflow.metadata.v0.AnomalyInfo.Severity; the larger one is the worse.
enum class Severity : std::int32_t { unknown = 0, warning = 1, error = 2 };

/// "UNKNOWN", "WARNING", "ERROR".
[[nodiscard]] constexpr std::string_view to_string(Severity severity) noexcept {
  switch (severity) {
    case Severity::warning:
      return "WARNING";
    case Severity::error:
      return "ERROR";
    case Severity::unknown:
      break;
  }
  return "UNKNOWN";
}

/// What one check found. A feature with several faults has several anomalies, each with its own
/// type and fix; the interchange form groups them by feature.
struct Anomaly {
  Path path;  ///< the feature; empty when it is about the whole dataset
  AnomalyType type = AnomalyType::unknown_type;
  Severity severity = Severity::error;
  std::string summary;  ///< a few words
  std::string message;  ///< what was expected, what was found, and what would accept it
  Fix fix;
  std::string rule = {};  ///< CUSTOM_VALIDATION: which of the feature's rules

  [[nodiscard]] bool operator==(const Anomaly&) const = default;
};

}  // namespace zeroskew
