#pragma once
/// erf, erfc and the normal distribution. Past 1/4, erfc(x) = exp(-x^2) times a scaled function
/// that is fitted piece by piece; the square is taken in two doubles, so the far tail keeps its
/// digits.

#include "zeroskew/detail/math_erf_table.hpp"
#include "zeroskew/detail/math_log.hpp"

namespace zeroskew::detail::math {

/// erf(x) for |x| <= 0.875.
[[nodiscard]] constexpr double erf_kernel(double x) noexcept {
  constexpr double series[] = {
      0x1.06eba8214db69p-3,  -0x1.812746b0379e5p-2,  0x1.ce2f21a0429b3p-4,  -0x1.b82ce3127b6p-6,
      0x1.565bcd0bc91ddp-8,  -0x1.c02db363614bbp-11, 0x1.f9a30fc411f99p-14, -0x1.f4d018387cbabp-17,
      0x1.b9c0e09d7ac76p-20, -0x1.5dce7e88fd36dp-23, 0x1.e53c0f67c7ea3p-27, -0x1.dc5a4c006e354p-31};
  return x + x * polynomial(series, x * x);
}
/// exp(x^2) erfc(x) at x + tail for 1/4 <= x < 32 and |tail| < ulp(x).
[[nodiscard]] constexpr double erfcx_kernel(double x, double tail = 0.0) noexcept {
  constexpr std::uint64_t first = 0x3fd0000000000000u >> 50;  // 1/4
  const std::uint64_t quarter = to_bits(x) >> 50;
  const double middle = from_bits((quarter << 50) | (std::uint64_t{1} << 49));
  return polynomial(erfcx_table[quarter - first], (x - middle) + tail);
}

/// The error function within 1 ulp.
[[nodiscard]] constexpr double erf(double x) noexcept {
  const double a = magnitude(x);
  if (a <= 0.875 || is_nan(x)) return erf_kernel(x);
  if (a > 6.0) return with_sign(1.0, x);
  const Pair square = two_product(a, a);
  return with_sign(1.0 - scaled_exp(-square.hi, -square.lo, erfcx_kernel(a)), x);
}

/// 1 - erf(x) within 2.3 ulp to the end of its tail.
[[nodiscard]] constexpr double erfc(double x) noexcept {
  const double a = magnitude(x);
  if (a < 0.25 || is_nan(x)) return 1.0 - erf_kernel(x);
  if (a >= 28.0) return x > 0.0 ? 0.0 : 2.0;
  const Pair square = two_product(a, a);
  const double tail = scaled_exp(-square.hi, -square.lo, erfcx_kernel(a));
  return x > 0.0 ? tail : 2.0 - tail;
}

/// P(Z <= x) for a standard normal Z, within 2.4 ulp to the end of its tail.
[[nodiscard]] constexpr double normal_cdf(double x) noexcept {
  constexpr Pair root_half{0x1.6a09e667f3bcdp-1, -0x1.bdd3413b26456p-55};
  const double a = magnitude(x) * root_half.hi;
  if (a < 0.25 || is_nan(x)) return 0.5 + 0.5 * erf_kernel(x * root_half.hi);
  if (a >= 28.0) return x > 0.0 ? 1.0 : 0.0;
  const Pair square = two_product(x, x);
  const double a_tail = two_product(magnitude(x), root_half.hi).lo + magnitude(x) * root_half.lo;
  const double tail = scaled_exp(-0.5 * square.hi, -0.5 * square.lo, 0.5 * erfcx_kernel(a, a_tail));
  return x > 0.0 ? 1.0 - tail : tail;
}

/// P(Z > x), as exact in its tail as `normal_cdf` is in the other.
[[nodiscard]] constexpr double normal_sf(double x) noexcept {
  return normal_cdf(-x);
}

/// The density at x.
[[nodiscard]] constexpr double normal_pdf(double x) noexcept {
  if (magnitude(x) > 40.0) return 0.0;
  const Pair square = two_product(x, x);
  return scaled_exp(-0.5 * square.hi, -0.5 * square.lo, 0x1.9884533d43651p-2);
}

}  // namespace zeroskew::detail::math
