#pragma once
// What a check asks of one value, or of counts: the columns' checks ask it of extremes and sums,
// the rows' of every cell. One definition for both.

#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/checks/numbers.hpp"
#include "schema/infer_feature.hpp"
#include "zeroskew/schema/domain.hpp"

namespace zeroskew::detail {

inline bool below_minimum(const IntDomain& domain, const Value& value) noexcept {
  return domain.min && is_below(value, *domain.min);
}
inline bool above_maximum(const IntDomain& domain, const Value& value) noexcept {
  return domain.max && is_above(value, *domain.max);
}

// Bounds have single precision, and so has what is compared with them: a value that was rounded to
// become a bound must not break it.
inline bool below_minimum(const FloatDomain& domain, double value) noexcept {
  return domain.min && narrow(value) < *domain.min;
}
inline bool above_maximum(const FloatDomain& domain, double value) noexcept {
  return domain.max && narrow(value) > *domain.max;
}
inline bool disallows_nan(const FloatDomain& domain) noexcept {
  return domain.disallow_nan.value_or(false);
}
inline bool disallows_infinity(const FloatDomain& domain) noexcept {
  return domain.disallow_inf.value_or(false);
}

inline bool is_zero_or_one(double value) noexcept {
  return value == 0.0 || value == 1.0;
}

// The number that a whole string stands for; nothing when it stands for none.
inline std::optional<double> number_in(std::string_view text) noexcept {
  double number = 0.0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ptr != text.data() + text.size()) return std::nullopt;
  return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

inline bool is_too_large(const ImageDomain& domain, double bytes) noexcept {
  return domain.max_image_byte_size && bytes > static_cast<double>(*domain.max_image_byte_size);
}

// Are more values outside their domain than the constraint on its mass allows?
inline bool exceeds_mass(double outside, double total, double mass) noexcept {
  return outside > 0.0 && outside / total > 1.0 - mass;
}

// A share of 1 is meant exactly, also where it is only rounding that makes it 1.
inline bool is_too_rare(double min_fraction, double present, double missing) noexcept {
  if (missing == 0.0) return false;
  return present / (present + missing) < min_fraction || min_fraction == 1.0;
}

inline bool too_few(const std::optional<std::int64_t>& min, double count) noexcept {
  return min && count < static_cast<double>(*min);
}
inline bool too_many(const std::optional<std::int64_t>& max, double count) noexcept {
  return max && count > static_cast<double>(*max);
}

}  // namespace zeroskew::detail
