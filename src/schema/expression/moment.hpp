#pragma once
// Dates and moments as texts.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace zeroskew::detail {

inline std::optional<std::int64_t> decimal_digits(std::string_view text, std::size_t at,
                                                  std::size_t count) {
  std::int64_t value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (i >= text.size() || !(text[i] >= '0' && text[i] <= '9')) return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

// Days since 1970-01-01 of a date in the Gregorian calendar (H. Hinnant, "chrono-compatible
// low-level date algorithms").
inline std::int64_t days_of(std::int64_t year, std::int64_t month, std::int64_t day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t of_era = year - era * 400;
  const std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

// Days ("2024-01-31", `plain`) or seconds ("2024-01-31T12:00:00") since 1970; nothing for others.
inline std::optional<std::int64_t> moment_of(std::string_view text, bool plain) {
  const auto year = decimal_digits(text, 0, 4);
  const auto month = decimal_digits(text, 5, 2);
  const auto day = decimal_digits(text, 8, 2);
  const bool marks = text.size() >= 10 && text[4] == '-' && text[7] == '-';
  static constexpr std::array<std::int64_t, 12> lengths = {31, 29, 31, 30, 31, 30,
                                                           31, 31, 30, 31, 30, 31};
  bool good = marks && year && month && day && *month >= 1 && *month <= 12 && *day >= 1;
  if (good) {
    const bool leap = (*year % 4 == 0 && *year % 100 != 0) || *year % 400 == 0;
    good = *day <= lengths[static_cast<std::size_t>(*month - 1)] &&
           (leap || *month != 2 || *day <= 28);
  }
  std::int64_t value = good ? days_of(*year, *month, *day) : 0;
  if (plain) {
    good = good && text.size() == 10;
  } else {
    const auto hour = decimal_digits(text, 11, 2);
    const auto minute = decimal_digits(text, 14, 2);
    const auto second = decimal_digits(text, 17, 2);
    good = good && text.size() == 19 && (text[10] == 'T' || text[10] == ' ') && text[13] == ':' &&
           text[16] == ':' && hour && minute && second && *hour < 24 && *minute < 60 &&
           *second < 60;
    if (good) value = ((value * 24 + *hour) * 60 + *minute) * 60 + *second;
  }
  return good ? std::optional(value) : std::nullopt;
}

}  // namespace zeroskew::detail
