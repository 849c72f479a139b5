#pragma once
/// 128-bit integers, and products of 64-bit ones.

#include <cstdint>

namespace zeroskew::detail {

__extension__ using int128 = __int128;
__extension__ using uint128 = unsigned __int128;

/// High and low halves of a 64 x 64 bit product.
struct Wide {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
};

[[nodiscard]] constexpr Wide multiply(std::uint64_t a, std::uint64_t b) noexcept {
  const uint128 product = static_cast<uint128>(a) * b;
  return {static_cast<std::uint64_t>(product >> 64), static_cast<std::uint64_t>(product)};
}

}  // namespace zeroskew::detail
