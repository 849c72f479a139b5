#pragma once
/// Numbers as 64-bit keys whose unsigned order is the numbers' order.

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace zeroskew {

inline constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63;

/// The key of a double that is not NaN; -0 and +0 are one number and have one key.
[[nodiscard]] inline std::uint64_t order_key(double value) noexcept {
  const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
  return (bits & sign_bit) != 0 ? ~bits : bits | sign_bit;
}
[[nodiscard]] inline std::uint64_t order_key(std::int64_t value) noexcept {
  return static_cast<std::uint64_t>(value) ^ sign_bit;
}

[[nodiscard]] inline double double_of_key(std::uint64_t key) noexcept {
  return std::bit_cast<double>((key & sign_bit) != 0 ? key ^ sign_bit : ~key);
}
[[nodiscard]] inline std::int64_t int_of_key(std::uint64_t key) noexcept {
  return static_cast<std::int64_t>(key ^ sign_bit);
}

/// How the keys of a column are to be read.
enum class KeyKind : std::uint8_t { floating, integer, unsigned_integer };

/// The value of a key as the nearest double.
[[nodiscard]] inline double value_of_key(std::uint64_t key, KeyKind kind) noexcept {
  switch (kind) {
    case KeyKind::integer: return static_cast<double>(int_of_key(key));
    case KeyKind::unsigned_integer: return static_cast<double>(key);
    default: return double_of_key(key);
  }
}

/// The largest double that is not above the value of a key.
[[nodiscard]] inline double floor_of_key(std::uint64_t key, KeyKind kind) noexcept {
  const double nearest = value_of_key(key, kind);
  if (kind == KeyKind::floating) return nearest;
  // Above 2^53 the conversion may have rounded up; 2^63 and 2^64 are the only ends out of range.
  bool above;
  if (kind == KeyKind::integer) {
    above = nearest >= 0x1p63 || static_cast<std::int64_t>(nearest) > int_of_key(key);
  } else {
    above = nearest >= 0x1p64 || static_cast<std::uint64_t>(nearest) > key;
  }
  return above ? std::nextafter(nearest, -std::numeric_limits<double>::infinity()) : nearest;
}

}  // namespace zeroskew
