#pragma once
/// What a feature is made of, and how far along it is.

#include <cstdint>
#include <string_view>

namespace zeroskew {

enum class FeatureType : std::int32_t {
  unknown = 0,
  bytes = 1,  ///< text and bytes
  integer = 2,
  floating = 3,
  structure = 4,
};

/// "TYPE_UNKNOWN", "BYTES", "INT", "FLOAT", "STRUCT".
[[nodiscard]] std::string_view to_string(FeatureType type) noexcept;

enum class LifecycleStage : std::int32_t {
  unknown = 0,
  planned = 1,
  alpha = 2,
  beta = 3,
  production = 4,
  deprecated = 5,
  debug_only = 6,
  disabled = 7,
  validation_derived = 9,
};

/// "UNKNOWN_STAGE", "PLANNED", ...
[[nodiscard]] std::string_view to_string(LifecycleStage stage) noexcept;

/// A stage that takes no part in validation: planned, alpha, deprecated, debug only, disabled.
[[nodiscard]] bool is_deprecated(LifecycleStage stage) noexcept;

}  // namespace zeroskew
