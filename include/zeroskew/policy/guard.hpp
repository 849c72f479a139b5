#pragma once
/// A budget that a policy must keep, and what to do when it is used up: by what is served, or, for
/// a column, by what augmentation makes of it.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "zeroskew/column/value.hpp"
#include "zeroskew/drift/options.hpp"

namespace zeroskew {

enum class GuardAction : std::uint8_t {
  pass,  ///< note it, and go on
  warn,  ///< say so
  error  ///< refuse: fall back, fail the gate, make no training rows
};

/// Broken when the measure is above the limit. With a column it is a drift budget: how far
/// augmentation may move that column (see budget.hpp).
struct Guard {
  std::string measure;  ///< a name of `guard_measures()`; of a budget: of `measures()`
  double limit = 0.0;
  GuardAction action = GuardAction::error;
  std::string column = {};  ///< of a budget; "*": every column that augmentation moves
  std::map<std::string, Value> parameters = {};  ///< of a budget: fields of MeasureOptions

  [[nodiscard]] bool is_budget() const noexcept { return !column.empty(); }
  [[nodiscard]] bool operator==(const Guard&) const = default;
};

struct GuardMeasure {
  std::string_view name;
  std::string_view doc;
};

/// What guards of served rows can limit.
[[nodiscard]] std::span<const GuardMeasure> guard_measures() noexcept;

/// "pass", "warn", "error".
[[nodiscard]] std::string_view to_string(GuardAction action) noexcept;
/// "drifted_share <= 0.25, else warn", "fare: psi (bins = 20) <= 0.1, else error".
[[nodiscard]] std::string to_string(const Guard& guard);
/// @throws Error policy.guard
[[nodiscard]] GuardAction guard_action_of(std::string_view word);
/// A budget's parameters as options of its measure. @throws Error drift.unknown_option,
/// drift.option_type
[[nodiscard]] MeasureOptions options_of(const Guard& guard);
/// @throws Error policy.guard for an unknown measure, one that cannot judge profiles, a measure of
/// served rows with a column or parameters, parameters that the measure does not have, and a limit
/// that is negative or not finite; drift.option_type
void check_guard(const Guard& guard);

}  // namespace zeroskew
