#pragma once
/// exp, expm1 and the hyperbolic functions. exp(x) = 2^k 2^(j/128) exp(r) with |r| <= log(2)/256
/// (Tang, ACM TOMS 15 (1989) 144): a table for the second factor, a polynomial for the third.

#include "zeroskew/detail/math_bits.hpp"
#include "zeroskew/detail/math_exp_table.hpp"

namespace zeroskew::detail::math {

struct ExpReduction {
  double r;  ///< x = (128 k + j) log(2)/128 + r + r_tail
  double r_tail;
  std::int64_t k;
  ExpEntry table;  ///< 2^(j/128)
};

/// For |x| < 1100.
[[nodiscard]] constexpr ExpReduction reduce_exp(double x) noexcept {
  constexpr double log2_128_hi = 0x1.62e42fef8p-8;  // 34 bits, so that its multiples are exact
  constexpr double log2_128_lo = 0x1.1cf79abc9e3b4p-43;
  constexpr double shifter = 0x1.8p52;  // its last bit is worth one
  const double shifted = x * 0x1.71547652b82fep+7 + shifter;
  const double multiple = shifted - shifter;
  const std::uint64_t n = to_bits(shifted) - to_bits(shifter);
  const Pair r = two_sum(x - multiple * log2_128_hi, -(multiple * log2_128_lo));
  return {r.hi, r.lo, static_cast<std::int64_t>(n) >> 7, exp_table[n & 127]};
}

/// exp(x + tail) = (hi + lo) 2^k, |lo| < 0.003 |hi|, within 2^-60; for x that is not NaN.
struct ExpParts {
  double hi;
  double lo;
  std::int64_t k;
};
[[nodiscard]] constexpr ExpParts exp_parts(double x, double tail) noexcept {
  const double clamped = x > 720.0 ? 720.0 : (x < -760.0 ? -760.0 : x);
  const ExpReduction e = reduce_exp(clamped);
  const double r = e.r + (e.r_tail + tail);
  const double r2 = r * r;
  const double p = r + (r2 * (0.5 + r * (1.0 / 6.0)) + r2 * r2 * (1.0 / 24.0 + r * (1.0 / 120.0)));
  return {e.table.hi, e.table.lo + e.table.hi * p, e.k};
}

/// e^x within 0.52 ulp (0.76 where the result is subnormal).
[[nodiscard]] constexpr double exp(double x) noexcept {
  const ExpParts e = exp_parts(x, 0.0);
  return is_nan(x) ? x : scale(e.hi + e.lo, e.k);
}

/// factor exp(x + tail) within 0.53 ulp, for 2^-400 < |factor| < 2^400; scaled last, so that a
/// subnormal result is rounded from all its digits.
[[nodiscard]] constexpr double scaled_exp(double x, double tail, double factor) noexcept {
  const ExpParts e = exp_parts(x, tail);
  const Pair head = two_product(factor, e.hi);
  return is_nan(x) ? x : scale(head.hi + (head.lo + factor * e.lo), e.k);
}

/// e^x - 1 within 0.53 ulp.
[[nodiscard]] constexpr double expm1(double x) noexcept {
  if (x == 0.0 || is_nan(x)) return x;
  if (x > 64.0) return exp(x);
  if (x < -64.0) return -1.0;
  const ExpReduction e = reduce_exp(x);
  const double unit = power_of_two(e.k);
  const double power = e.table.hi * unit;
  // power (1 + r + r_tail + q) - 1, the large terms without error
  const double q =
      e.r * e.r *
      (0.5 + e.r * (1.0 / 6.0 + e.r * (1.0 / 24.0 + e.r * (1.0 / 120.0 + e.r * (1.0 / 720.0)))));
  const Pair linear = two_product(power, e.r);
  const Pair whole = two_sum(power, -1.0);
  const Pair sum = two_sum(whole.hi, linear.hi);
  const double tiny = linear.lo + (whole.lo + sum.lo + e.table.lo * unit * (1.0 + e.r));
  return sum.hi + (tiny + power * (q + e.r_tail));
}

/// Within 2.5 ulp.
[[nodiscard]] constexpr double tanh(double x) noexcept {
  const double a = magnitude(x);
  if (a > 22.0) return with_sign(1.0, x);
  const double e = expm1(2.0 * a);
  return is_nan(x) ? x : with_sign(a < 0.5 ? e / (2.0 + e) : 1.0 - 2.0 / (2.0 + e), x);
}
/// Within 2.2 ulp.
[[nodiscard]] constexpr double sinh(double x) noexcept {
  const double a = magnitude(x);
  if (is_nan(x) || x == 0.0) return x;
  if (a > 40.0) return with_sign(scaled_exp(a, 0.0, 0.5), x);
  const double e = expm1(a);
  return with_sign(0.5 * (e + e / (1.0 + e)), x);
}
/// Within 1.1 ulp.
[[nodiscard]] constexpr double cosh(double x) noexcept {
  const double a = magnitude(x);
  if (a > 40.0) return scaled_exp(a, 0.0, 0.5);
  const double e = exp(a);
  return 0.5 * (e + 1.0 / e);
}

}  // namespace zeroskew::detail::math
