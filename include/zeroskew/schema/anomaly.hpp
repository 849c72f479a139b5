#pragma once
/// How bad an anomaly is, and what kind it is.

#include <cstdint>
#include <string_view>

#include "zeroskew/schema/anomaly_type.hpp"

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

}  // namespace zeroskew
