#pragma once
/// A budget that a policy must keep while it serves, and what to do when it is used up.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace zeroskew {

enum class GuardAction : std::uint8_t {
  pass,  ///< note it, and go on
  warn,  ///< say so
  error  ///< refuse: fall back, fail the gate
};

/// Broken when the measure is above the limit.
struct Guard {
  std::string measure;  ///< a name of `guard_measures()`
  double limit = 0.0;
  GuardAction action = GuardAction::error;

  [[nodiscard]] bool operator==(const Guard&) const = default;
};

struct GuardMeasure {
  std::string_view name;
  std::string_view doc;
};

/// What guards can limit.
[[nodiscard]] std::span<const GuardMeasure> guard_measures() noexcept;

/// "pass", "warn", "error".
[[nodiscard]] std::string_view to_string(GuardAction action) noexcept;
/// @throws Error policy.guard
[[nodiscard]] GuardAction guard_action_of(std::string_view word);
/// @throws Error policy.guard for an unknown measure or a limit that is negative or not finite
void check_guard(const Guard& guard);

}  // namespace zeroskew
