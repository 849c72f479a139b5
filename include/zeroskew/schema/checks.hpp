#pragma once
/// The registry of checks.

#include <span>
#include <string_view>

#include "zeroskew/schema/anomaly_type.hpp"

namespace zeroskew {

struct CheckInfo {
  std::string_view name;
  std::span<const AnomalyType> types;  ///< what it may report
  std::string_view documentation;      ///< one sentence
};

/// All checks, in the order in which they look at a feature.
[[nodiscard]] std::span<const CheckInfo> checks() noexcept;

}  // namespace zeroskew
