#pragma once
/// sin, cos, tan, atan. The argument is reduced to |r| <= pi/4 in two doubles: below 2^20 by pi/2
/// in four parts (Cody and Waite), above by 192 of the bits of 2/pi (Payne and Hanek 1983), so
/// every double has its own right answer.

#include <bit>

#include "zeroskew/detail/math_bits.hpp"
#include "zeroskew/detail/wide.hpp"

namespace zeroskew::detail::math {

struct Angle {
  Pair r;                      ///< x = quadrant pi/2 + r, modulo 2 pi
  std::uint64_t quadrant = 0;  ///< its last two bits count
};

/// For 2^20 <= |x| < infinity.
[[nodiscard]] constexpr Angle reduce_large_angle(double x) noexcept {
  // 64 zeros, then 2/pi
  constexpr std::uint64_t two_over_pi[] = {
      0x0000000000000000, 0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041,
      0xfe5163abdebbc561, 0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e,
      0xe88235f52ebb4484, 0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b,
      0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d,
      0x7527bac7ebe5f17b, 0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab};
  const std::uint64_t bits = to_bits(magnitude(x));
  const std::uint64_t mantissa = (bits & 0xfffffffffffffu) | (std::uint64_t{1} << 52);
  // |x| = mantissa 2^e; bits of 2/pi above 2^-(e-1) only add whole turns
  const std::size_t first = static_cast<std::size_t>(bits >> 52) - 1075 - 1 + 63;
  const auto window = [&](std::size_t i) {
    const std::size_t word = first / 64 + i, shift = first % 64;
    return shift == 0 ? two_over_pi[word]
                      : (two_over_pi[word] << shift) | (two_over_pi[word + 1] >> (64 - shift));
  };
  // the product's last 192 bits are the fraction of a turn
  const Wide low = multiply_wide(mantissa, window(2));
  const Wide middle = multiply_wide(mantissa, window(1));
  std::uint64_t w0 = low.lo;
  std::uint64_t w1 = middle.lo + low.hi;
  std::uint64_t w2 = mantissa * window(0) + middle.hi + (w1 < low.hi ? 1 : 0);
  std::uint64_t quadrant = w2 >> 62;
  w2 = (w2 << 2) | (w1 >> 62);
  w1 = (w1 << 2) | (w0 >> 62);
  w0 <<= 2;
  const bool round_up = (w2 >> 63) != 0;
  if (round_up) {  // the nearer quarter turn is the next one
    ++quadrant;
    w2 = ~w2;
    w1 = ~w1;  // minus one in the 192nd place, far below what is kept
    w0 = ~w0;
  }
  std::int64_t zeros = std::countl_zero(w2);
  if (w2 == 0) {  // 64 zeros: no double is so near to a quarter turn, but the shift must be right
    w2 = w1;
    w1 = w0;
    w0 = 0;
    zeros = 64 + std::countl_zero(w2);
  }
  const int shift = static_cast<int>(zeros & 63);
  if (shift != 0) {
    w2 = (w2 << shift) | (w1 >> (64 - shift));
    w1 = (w1 << shift) | (w0 >> (64 - shift));
  }
  const double hi = static_cast<double>(static_cast<std::int64_t>(w2 >> 11));
  const double lo = static_cast<double>(static_cast<std::int64_t>((w2 & 0x7ff) << 42 | w1 >> 22));
  const double unit = power_of_two(-53 - zeros);
  const Pair fraction{hi * unit, lo * (unit * 0x1p-53)};
  Pair r = product(fraction, {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54});
  if (round_up) r = {-r.hi, -r.lo};
  return x < 0.0 ? Angle{{-r.hi, -r.lo}, ~quadrant + 1} : Angle{r, quadrant};
}

/// For finite x.
[[nodiscard]] constexpr Angle reduce_angle(double x) noexcept {
  if (magnitude(x) >= 0x1p20) return reduce_large_angle(x);
  constexpr double shifter = 0x1.8p52;
  const double shifted = x * 0x1.45f306dc9c883p-1 + shifter;
  const double n = shifted - shifter;
  // pi/2 in parts of 33 bits, whose multiples by n are exact
  const Pair a = two_sum(x - n * 0x1.921fb544p+0, -(n * 0x1.0b4611a6p-34));
  const Pair b = two_sum(a.hi, -(n * 0x1.3198a2ep-69));
  const Pair r = fast_two_sum(b.hi, (b.lo + a.lo) - n * 0x1.b839a252049c1p-104);
  return {r, to_bits(shifted)};
}

/// sin(r) for |r| <= pi/4.
[[nodiscard]] constexpr double sin_kernel(Pair r) noexcept {
  constexpr double series[] = {-0x1.5555555555555p-3,  0x1.1111111110bb1p-7,
                               -0x1.a01a019e8357dp-13, 0x1.71de37961e4c6p-19,
                               -0x1.ae600a926c89ap-26, 0x1.5e0af186af739p-33};
  const double z = r.hi * r.hi;
  return r.hi + (z * r.hi * polynomial(series, z) + r.lo * (1.0 - 0.5 * z));
}
/// cos(r) for |r| <= pi/4.
[[nodiscard]] constexpr double cos_kernel(Pair r) noexcept {
  constexpr double series[] = {0x1.5555555555555p-5,  -0x1.6c16c16c16966p-10,
                               0x1.a01a019f4e867p-16, -0x1.27e4fa17a41b4p-22,
                               0x1.1eeb68b109173p-29, -0x1.907d7aebd5e3dp-37};
  const double z = r.hi * r.hi;
  const double half = 0.5 * z;
  const double head = 1.0 - half;
  return head + (((1.0 - head) - half) + (z * z * polynomial(series, z) - r.hi * r.lo));
}

/// Within 0.9 ulp, for every finite x.
[[nodiscard]] constexpr double sin(double x) noexcept {
  if (!(magnitude(x) < infinity)) return x - x;
  if (x == 0.0) return x;
  const Angle a = reduce_angle(x);
  const double y = (a.quadrant & 1) != 0 ? cos_kernel(a.r) : sin_kernel(a.r);
  return (a.quadrant & 2) != 0 ? -y : y;
}
/// Within 0.9 ulp, for every finite x.
[[nodiscard]] constexpr double cos(double x) noexcept {
  if (!(magnitude(x) < infinity)) return x - x;
  const Angle a = reduce_angle(x);
  const double y = (a.quadrant & 1) != 0 ? sin_kernel(a.r) : cos_kernel(a.r);
  return ((a.quadrant + 1) & 2) != 0 ? -y : y;
}
/// Within 2.5 ulp, for every finite x.
[[nodiscard]] constexpr double tan(double x) noexcept {
  if (!(magnitude(x) < infinity)) return x - x;
  if (x == 0.0) return x;
  const Angle a = reduce_angle(x);
  const double s = sin_kernel(a.r), c = cos_kernel(a.r);
  return (a.quadrant & 1) != 0 ? -c / s : s / c;
}

/// Within 0.9 ulp: atan(x) = atan(c) + atan((x - c) / (1 + c x)) with c of 0, 1/2, 1, 3/2,
/// infinity.
[[nodiscard]] constexpr double atan(double x) noexcept {
  constexpr double series[] = {0x1.5555555555554p-2,  -0x1.999999999883ap-3, 0x1.24924923aec39p-3,
                               -0x1.c71c713562334p-4, 0x1.745cff3f33e2cp-4,  -0x1.3b115eae24108p-4,
                               0x1.10ecfa0fc723p-4,   -0x1.df095242d93dep-5, 0x1.9c566526c99f1p-5,
                               -0x1.35c0ac6fb5058p-5, 0x1.1f3fc77b05525p-6};
  constexpr Pair centre[] = {{0.0, 0.0},
                             {0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56},
                             {0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55},
                             {0x1.f730bd281f69bp-1, 0x1.007887af0cbbdp-56},
                             {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54}};
  const double a = magnitude(x);
  if (is_nan(x)) return x;
  const std::size_t i = a < 0.4375 ? 0 : (a < 0.6875 ? 1 : (a < 1.1875 ? 2 : (a < 2.4375 ? 3 : 4)));
  const double c = 0.5 * static_cast<double>(i);
  const double t = i == 0 ? a : (i == 4 ? -1.0 / a : (a - c) / (1.0 + c * a));
  const double z = t * t;
  const double bend = t * z * polynomial(series, z);
  return with_sign(centre[i].hi - ((bend - centre[i].lo) - t), x);
}

}  // namespace zeroskew::detail::math
