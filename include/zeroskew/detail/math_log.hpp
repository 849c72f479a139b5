#pragma once
/// log, log1p, log2, log10 and pow, all from one logarithm in two doubles (about 2^-68): a table of
/// reciprocals c of ten bits makes r = z c - 1 exact without a fused multiply-add (Tang, ACM TOMS
/// 16 (1990) 378), and log(x) = k log(2) - log(c) + log1p(r).

#include "zeroskew/detail/math_exp.hpp"
#include "zeroskew/detail/math_log_table.hpp"

namespace zeroskew::detail::math {

struct LogReduction {
  double z = 1.0;      ///< 0.6875 <= z < 1.375
  std::int64_t k = 0;  ///< x = 2^k z
  std::size_t j = 0;   ///< the row of the table
};

/// For finite x > 0.
[[nodiscard]] constexpr LogReduction reduce_log(double x) noexcept {
  const bool subnormal = x < 0x1p-1022;
  const std::uint64_t bits = to_bits(subnormal ? x * 0x1p54 : x);
  const std::uint64_t offset = bits - 0x3fe6000000000000u;
  const std::int64_t k = static_cast<std::int64_t>(offset) >> 52;
  return {from_bits(bits - (offset & (std::uint64_t{0xfff} << 52))), k - (subnormal ? 54 : 0),
          static_cast<std::size_t>(offset >> 45) & 127};
}

/// log(2^k (z + tail)) for |tail| < ulp(z).
[[nodiscard]] constexpr Pair log_pair(double z, double tail, std::int64_t k,
                                      std::size_t j) noexcept {
  constexpr double log2_hi = 0x1.62e42fefa38p-1;  // a multiple of 2^-42, as in the table
  constexpr double log2_lo = 0x1.ef35793c7673p-45;
  // r^3 (1/3 - r/4 + ...) to r^10, |r| <= 2^-7
  constexpr double series[] = {1.0 / 3.0, -1.0 / 4.0, 1.0 / 5.0, -1.0 / 6.0,
                               1.0 / 7.0, -1.0 / 8.0, 1.0 / 9.0, -1.0 / 10.0};
  const LogEntry& row = log_table[j];
  const double z_hi = from_bits(to_bits(z) & (~std::uint64_t{0} << 21));
  const Pair exact = two_sum(z_hi * row.reciprocal - 1.0, (z - z_hi) * row.reciprocal);
  Pair r = two_sum(exact.hi, tail * row.reciprocal);
  r.lo += exact.lo;
  // r.hi^2 / 2 as a sum of two doubles: the first factor of 26 bits, the second as it comes
  const double top = from_bits(to_bits(r.hi) & (~std::uint64_t{0} << 27));
  const double square_hi = 0.5 * top * top;
  const double square_lo = 0.5 * (r.hi - top) * (r.hi + top);
  const double cubic = r.hi * r.hi * r.hi * polynomial(series, r.hi);
  const double multiple = static_cast<double>(k);
  const double whole = multiple * log2_hi + row.log_hi;
  const Pair first = two_sum(whole, r.hi);
  const Pair second = two_sum(first.hi, -square_hi);
  const double tiny = (first.lo + second.lo) + (multiple * log2_lo + row.log_lo);
  return fast_two_sum(second.hi, tiny + ((r.lo - r.hi * r.lo - square_lo) + cubic));
}

/// The logarithm where it is not finite or not a number.
[[nodiscard]] constexpr double log_edge(double x) noexcept {
  return x == 0.0 ? -infinity : (x > 0.0 ? infinity : (is_nan(x) ? x : quiet_nan));
}
[[nodiscard]] constexpr bool has_log(double x) noexcept {
  return x > 0.0 && x < infinity;
}

/// Within 0.51 ulp.
[[nodiscard]] constexpr double log(double x) noexcept {
  if (!has_log(x)) return log_edge(x);
  const LogReduction a = reduce_log(x);
  return log_pair(a.z, 0.0, a.k, a.j).hi;
}

/// log(1 + x) within 0.51 ulp.
[[nodiscard]] constexpr double log1p(double x) noexcept {
  if (x == 0.0) return x;
  if (!has_log(1.0 + x) || x > 0x1p60) return x > 0.0 || x <= -1.0 ? log(1.0 + x) : x;
  const Pair u = two_sum(1.0, x);
  const LogReduction a = reduce_log(u.hi);
  return log_pair(a.z, u.lo * power_of_two(-a.k), a.k, a.j).hi;
}

/// Within 0.51 ulp; exact where x is a power of two.
[[nodiscard]] constexpr double log2(double x) noexcept {
  if (!has_log(x)) return log_edge(x);
  const LogReduction a = reduce_log(x);
  const Pair part =
      product(log_pair(a.z, 0.0, 0, a.j), {0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56});
  const Pair sum = two_sum(static_cast<double>(a.k), part.hi);
  return sum.hi + (sum.lo + part.lo);
}

/// Within 0.51 ulp; exact where x is a power of ten.
[[nodiscard]] constexpr double log10(double x) noexcept {
  if (!has_log(x)) return log_edge(x);
  const LogReduction a = reduce_log(x);
  return product(log_pair(a.z, 0.0, a.k, a.j), {0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57}).hi;
}

/// x^y within 0.6 ulp; the special cases are those of IEEE 754 pow.
[[nodiscard]] constexpr double pow(double x, double y) noexcept {
  if (y == 0.0 || x == 1.0) return 1.0;
  if (is_nan(x) || is_nan(y)) return x + y;
  const double a = magnitude(x);
  const double b = magnitude(y);
  const bool integer = b >= 0x1p52 || (b + 0x1p52) - 0x1p52 == b;
  const bool odd = integer && b < 0x1p53 && (static_cast<std::int64_t>(b) & 1) != 0;
  const double sign = odd ? with_sign(1.0, x) : 1.0;
  if (b == infinity) return a == 1.0 ? 1.0 : ((a > 1.0) == (y > 0.0) ? infinity : 0.0);
  if (a == 0.0 || a == infinity) return sign * ((a > 0.0) == (y > 0.0) ? infinity : 0.0);
  if (x < 0.0 && !integer) return quiet_nan;
  const LogReduction l = reduce_log(a);
  const Pair logarithm = log_pair(l.z, 0.0, l.k, l.j);
  // past 2^64 any a other than 1 overflows or underflows; the bound keeps the product exact
  const double bounded = b > 0x1p64 ? with_sign(0x1p64, y) : y;
  const Pair exponent = two_product(logarithm.hi, bounded);
  const double tail = exponent.lo + logarithm.lo * bounded;
  const ExpParts e = exp_parts(exponent.hi, magnitude(exponent.hi) < 800.0 ? tail : 0.0);
  return sign * scale(e.hi + e.lo, e.k);
}

/// The cube root within 0.7 ulp: two steps from a guess by halving exponents in threes.
[[nodiscard]] constexpr double cbrt(double x) noexcept {
  const double a = magnitude(x);
  if (!has_log(a)) return x;
  const bool tiny = a < 0x1p-900;
  const bool large = a > 0x1p900;
  const double v = tiny ? a * 0x1p300 : (large ? a * 0x1p-300 : a);
  // relative error 0.05, then three Newton steps of x^3 = v with fourth-order terms
  double t = from_bits(to_bits(v) / 3 + 0x2a9f7893782da1ceu);
  for (int step = 0; step < 3; ++step) {
    const double cube = t * t * t;
    t = t * ((cube + 2.0 * v) / (2.0 * cube + v));
  }
  // the last step from 26 bits, whose square is exact
  const double s = from_bits((to_bits(t) + 0x4000000u) & (~std::uint64_t{0} << 27));
  const double ratio = v / (s * s);
  const double root = s + s * ((ratio - s) / (2.0 * s + ratio));
  return with_sign(tiny ? root * 0x1p-100 : (large ? root * 0x1p100 : root), x);
}

}  // namespace zeroskew::detail::math
