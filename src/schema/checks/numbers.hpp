#pragma once
// Comparing the extremes of a column with bounds.

#include <cfloat>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include "zeroskew/schema/feature_statistics.hpp"

namespace zeroskew::detail {

// Toward zero; the nearest integer of 64 bits, and 0 for NaN: other tools' counts may be anything.
inline std::int64_t whole_number(double count) noexcept {
  if (!(count < 0x1p63)) return count == count ? INT64_MAX : 0;
  if (count < -0x1p63) return INT64_MIN;
  return static_cast<std::int64_t>(count);
}

// As the nearest double; NaN where there is no number.
inline double number_of(const Value& value) noexcept {
  if (const auto* i = std::get_if<std::int64_t>(&value)) return static_cast<double>(*i);
  if (const auto* u = std::get_if<std::uint64_t>(&value)) return static_cast<double>(*u);
  if (const auto* d = std::get_if<double>(&value)) return *d;
  return std::numeric_limits<double>::quiet_NaN();
}

// Exact for integers.
inline bool is_below(const Value& value, std::int64_t bound) noexcept {
  if (const auto* i = std::get_if<std::int64_t>(&value)) return *i < bound;
  if (const auto* u = std::get_if<std::uint64_t>(&value)) {
    return bound > 0 && *u < static_cast<std::uint64_t>(bound);
  }
  return number_of(value) < static_cast<double>(bound);
}
inline bool is_above(const Value& value, std::int64_t bound) noexcept {
  if (const auto* i = std::get_if<std::int64_t>(&value)) return *i > bound;
  if (const auto* u = std::get_if<std::uint64_t>(&value)) {
    return bound < 0 || *u > static_cast<std::uint64_t>(bound);
  }
  return number_of(value) > static_cast<double>(bound);
}

// Nothing when the value is no integer within 64 bits.
inline std::optional<std::int64_t> integer_of(const Value& value) noexcept {
  if (const auto* i = std::get_if<std::int64_t>(&value)) return *i;
  const auto* u = std::get_if<std::uint64_t>(&value);
  if (u != nullptr && *u <= std::uint64_t{INT64_MAX}) return static_cast<std::int64_t>(*u);
  return std::nullopt;
}

inline std::optional<IntDomain> int_domain_of(const NumberRange& range) {
  IntDomain domain;
  domain.min = integer_of(range.min);
  domain.max = integer_of(range.max);
  if (!domain.min || !domain.max) return std::nullopt;
  return domain;
}

// To single precision, infinite where it cannot hold the number.
inline float narrow(double value) noexcept {
  if (value > static_cast<double>(FLT_MAX)) return std::numeric_limits<float>::infinity();
  if (value < -static_cast<double>(FLT_MAX)) return -std::numeric_limits<float>::infinity();
  return static_cast<float>(value);
}

}  // namespace zeroskew::detail
