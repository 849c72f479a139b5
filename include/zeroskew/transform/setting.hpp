#pragma once
/// What a step is configured with, and what fitting finds: named values.

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace zeroskew {

/// Absent, or one of the forms that JSON and Python can write down.
using Setting =
    std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::int64_t>,
                 std::vector<double>, std::vector<std::string>>;
using Settings = std::map<std::string, Setting, std::less<>>;

enum class SettingKind : std::uint8_t {
  boolean,
  integer,
  number,
  text,
  choice,  ///< one of `choices`
  scalar,  ///< a bool, a whole number, a number or a text: a cell
  integers,
  numbers,
  texts,
};

/// The word for a kind, as messages and reference pages use it.
[[nodiscard]] std::string_view to_string(SettingKind kind) noexcept;
/// As JSON writes it: 0.5, "mean", [1,2]; "none" for an absent one.
[[nodiscard]] std::string to_string(const Setting& setting);

/// One named setting of a step: its type, its range, what it means.
struct Parameter {
  std::string name;
  SettingKind kind = SettingKind::number;
  std::string doc;
  Setting fallback = {};  ///< the default; absent and not optional: it must be given
  bool optional = false;  ///< absent is a value of its own
  double lo = -std::numeric_limits<double>::infinity();
  double hi = std::numeric_limits<double>::infinity();
  bool lo_open = false;  ///< lo itself is out of range
  std::vector<std::string> choices = {};
  bool ranged = false;  ///< a pair (low, high) may stand for it: drawn anew for each row
};

/// The setting in the parameter's own form (a whole number becomes a number where one is meant).
/// Negative zero becomes zero, so that writing and reading change no bit.
/// @throws Error transform.bad_parameter with the range or the choices
[[nodiscard]] Setting checked(const Parameter& parameter, const Setting& setting,
                              const std::string& where);

// Readers for settings that have been checked.
[[nodiscard]] inline double number_of(const Settings& s, std::string_view name) {
  return std::get<double>(s.find(name)->second);
}
[[nodiscard]] inline std::int64_t integer_of(const Settings& s, std::string_view name) {
  return std::get<std::int64_t>(s.find(name)->second);
}
[[nodiscard]] inline bool flag_of(const Settings& s, std::string_view name) {
  return std::get<bool>(s.find(name)->second);
}
[[nodiscard]] inline const std::string& text_of(const Settings& s, std::string_view name) {
  return std::get<std::string>(s.find(name)->second);
}
[[nodiscard]] inline const std::vector<double>& numbers_of(const Settings& s,
                                                           std::string_view name) {
  return std::get<std::vector<double>>(s.find(name)->second);
}
[[nodiscard]] inline bool is_set(const Settings& s, std::string_view name) {
  const auto found = s.find(name);
  return found != s.end() && !std::holds_alternative<std::monostate>(found->second);
}

}  // namespace zeroskew
