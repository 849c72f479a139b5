#pragma once
/// Bits of doubles and error-free sums and products: the ground that our functions stand on.
/// Everything below is + - * on doubles in round-to-nearest, so it gives the same bits everywhere.

#include <bit>
#include <cfloat>
#include <cstdint>
#include <limits>

namespace zeroskew::detail::math {

static_assert(std::numeric_limits<double>::is_iec559, "doubles must be IEEE 754 binary64");
static_assert(FLT_EVAL_METHOD == 0, "doubles must be rounded to doubles (no x87 registers)");

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double quiet_nan = std::numeric_limits<double>::quiet_NaN();

[[nodiscard]] constexpr std::uint64_t to_bits(double x) noexcept {
  return std::bit_cast<std::uint64_t>(x);
}
[[nodiscard]] constexpr double from_bits(std::uint64_t bits) noexcept {
  return std::bit_cast<double>(bits);
}
[[nodiscard]] constexpr bool is_nan(double x) noexcept {
  return x != x;
}
[[nodiscard]] constexpr double magnitude(double x) noexcept {
  return from_bits(to_bits(x) & ~(std::uint64_t{1} << 63));
}
/// |x| with the sign of `sign`.
[[nodiscard]] constexpr double with_sign(double x, double sign) noexcept {
  constexpr std::uint64_t mask = std::uint64_t{1} << 63;
  return from_bits((to_bits(x) & ~mask) | (to_bits(sign) & mask));
}
/// 2^k for -1022 <= k <= 1023.
[[nodiscard]] constexpr double power_of_two(std::int64_t k) noexcept {
  return from_bits(static_cast<std::uint64_t>(k + 1023) << 52);
}
/// x 2^k, rounded once, for |k| <= 2044.
[[nodiscard]] constexpr double scale(double x, std::int64_t k) noexcept {
  const std::int64_t half = k >> 1;
  return x * power_of_two(half) * power_of_two(k - half);
}

/// An unevaluated sum hi + lo.
struct Pair {
  double hi = 0.0;
  double lo = 0.0;
};

/// a + b exactly (Knuth 1969).
[[nodiscard]] constexpr Pair two_sum(double a, double b) noexcept {
  const double sum = a + b;
  const double part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}
/// a + b exactly where |a| >= |b| or a == 0 (Dekker 1971).
[[nodiscard]] constexpr Pair fast_two_sum(double a, double b) noexcept {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}
/// a b exactly, short of overflow and underflow (Dekker 1971; Veltkamp's splitting).
[[nodiscard]] constexpr Pair two_product(double a, double b) noexcept {
  constexpr double splitter = 0x1p27 + 1.0;
  const double a_scaled = splitter * a;
  const double b_scaled = splitter * b;
  const double a_hi = a_scaled - (a_scaled - a);
  const double b_hi = b_scaled - (b_scaled - b);
  const double a_lo = a - a_hi;
  const double b_lo = b - b_hi;
  const double product = a * b;
  return {product, ((a_hi * b_hi - product) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo};
}
/// A pair times a pair, to about 2^-102.
[[nodiscard]] constexpr Pair product(Pair a, Pair b) noexcept {
  const Pair p = two_product(a.hi, b.hi);
  return fast_two_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

/// coefficients[0] + coefficients[1] x + ..., by Horner's rule.
template <std::size_t n>
[[nodiscard]] constexpr double polynomial(const double (&coefficients)[n], double x) noexcept {
  double sum = coefficients[n - 1];
  for (std::size_t i = n - 1; i-- > 0;) sum = sum * x + coefficients[i];
  return sum;
}

}  // namespace zeroskew::detail::math
