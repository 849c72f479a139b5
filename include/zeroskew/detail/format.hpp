#pragma once
/// Numbers as text, the same on every platform and in every locale.

#include <charconv>
#include <cmath>
#include <string>

namespace zeroskew::detail {

/// The shortest decimal text that reads back as the same double ("nan", "inf", "-inf").
[[nodiscard]] inline std::string shortest(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return std::string(buffer, end);
}

/// At most `digits` significant digits, for messages.
[[nodiscard]] inline std::string rounded(double value, int digits = 6) {
  if (!std::isfinite(value)) return shortest(value);
  char buffer[64];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, digits).ptr;
  return std::string(buffer, end);
}

}  // namespace zeroskew::detail
