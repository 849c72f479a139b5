#pragma once
// A number as a whole number and a power of two.

#include <bit>
#include <cstdint>

namespace zeroskew {

struct Decoded {
  std::uint64_t mantissa = 0;
  int exponent = 0;
  bool negative = false;
};

// @pre finite
[[nodiscard]] inline Decoded decode(double value) noexcept {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const int biased = static_cast<int>((bits >> 52) & 0x7ff);
  const std::uint64_t fraction = bits & ((std::uint64_t{1} << 52) - 1);
  const bool negative = (bits >> 63) != 0;
  if (biased == 0) return {fraction, -1074, negative};
  return {fraction | std::uint64_t{1} << 52, biased - 1075, negative};
}
[[nodiscard]] inline Decoded decode(std::int64_t value) noexcept {
  const auto bits = static_cast<std::uint64_t>(value);
  return {value < 0 ? 0 - bits : bits, 0, value < 0};
}
[[nodiscard]] inline Decoded decode(std::uint64_t value) noexcept {
  return {value, 0, false};
}

}  // namespace zeroskew
