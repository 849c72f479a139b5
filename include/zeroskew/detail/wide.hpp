#pragma once
/// 64 bits times 64 bits, all 128 of them.

#include <cstdint>

namespace zeroskew::detail {

struct Wide {
  std::uint64_t hi = 0;
  std::uint64_t lo = 0;

  [[nodiscard]] bool operator==(const Wide&) const = default;
};

[[nodiscard]] constexpr Wide multiply_wide(std::uint64_t a, std::uint64_t b) noexcept {
#ifdef __SIZEOF_INT128__
  __extension__ using Int128 = unsigned __int128;
  const Int128 product = static_cast<Int128>(a) * b;
  return {static_cast<std::uint64_t>(product >> 64), static_cast<std::uint64_t>(product)};
#else
  const std::uint64_t a_lo = a & 0xffffffffu, a_hi = a >> 32;
  const std::uint64_t b_lo = b & 0xffffffffu, b_hi = b >> 32;
  const std::uint64_t low = a_lo * b_lo;
  const std::uint64_t cross = a_hi * b_lo + (low >> 32);
  const std::uint64_t middle = a_lo * b_hi + (cross & 0xffffffffu);
  return {a_hi * b_hi + (cross >> 32) + (middle >> 32), (middle << 32) | (low & 0xffffffffu)};
#endif
}

}  // namespace zeroskew::detail
