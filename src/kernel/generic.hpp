// The kernels once, over an xsimd architecture. Included by one small translation unit for each
// instruction set, compiled with its flags: everything is in an unnamed namespace, and nothing of
// the standard library that the linker might share is used.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <xsimd/xsimd.hpp>

#include "kernel/draws.hpp"
#include "kernel/pixels.hpp"
#include "kernel/rows.hpp"
#include "kernel/table.hpp"

namespace {

using zeroskew::kernel::BlockSums;
using zeroskew::kernel::Scan;
using zeroskew::kernel::Table;

// 2^power, for normal powers.
inline double power_of_two(int power) noexcept {
  const std::uint64_t bits = static_cast<std::uint64_t>(1023 + power) << 52;
  double value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

template <class Arch>
struct Generic {
  using Batch = xsimd::batch<double, Arch>;
  static constexpr std::size_t lanes = Batch::size;
  // Adding and subtracting this rounds to a whole number.
  static constexpr double whole = 6755399441055744.0;  // 1.5 * 2^52
  static constexpr double largest = 1.7976931348623157e308;

  template <class Op>
  static double fold(Batch batch, double start, Op op) noexcept {
    alignas(64) double lane[lanes];
    batch.store_aligned(lane);
    for (std::size_t i = 0; i < lanes; ++i) start = op(start, lane[i]);
    return start;
  }

  static void scan(const double* x, std::size_t n, Scan* out) noexcept {
    const Batch top(largest), magic(whole), limit(2251799813685248.0), one(1.0), none(0.0);
    Batch low(x[0]), high(x[0]), zeros(0.0);
    auto finite = one == one;
    auto integral = one == one;
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) {
      const Batch v = Batch::load_unaligned(x + i);
      const Batch size = xsimd::abs(v);
      low = xsimd::min(low, v);
      high = xsimd::max(high, v);
      finite = finite & (size <= top);
      integral = integral & (((v + magic) - magic) == v) & (size < limit);
      zeros = zeros + xsimd::select(v == none, one, none);
    }
    const auto less = [](double a, double b) { return b < a ? b : a; };
    const auto more = [](double a, double b) { return a < b ? b : a; };
    out->min = fold(low, x[0], less);
    out->max = fold(high, x[0], more);
    out->finite = xsimd::all(finite);
    out->integral = xsimd::all(integral);
    double zero_count = fold(zeros, 0.0, [](double a, double b) { return a + b; });
    for (; i < n; ++i) {
      const double v = x[i];
      const double size = v < 0.0 ? -v : v;
      out->min = less(out->min, v);
      out->max = more(out->max, v);
      out->finite = out->finite && size <= largest;
      out->integral = out->integral && (v + whole) - whole == v && size < 2251799813685248.0;
      if (v == 0.0) zero_count += 1.0;
    }
    out->zeros = static_cast<std::uint64_t>(zero_count);
  }

  // One value (a double or a batch of them) cut into four limbs; what remains is returned.
  template <class T>
  static T cut(T v, const T (&magic)[4], T (&limb)[4]) noexcept {
    for (int k = 0; k < 4; ++k) {
      limb[k] = (v + magic[k]) - magic[k];
      v = v - limb[k];
    }
    return v;
  }

  // Adds the limbs and the products of limbs of equal weight.
  template <class T>
  static void accumulate(const T (&limb)[4], T (&first)[4], T (&square)[7]) noexcept {
    const T a = limb[0], b = limb[1], c = limb[2], d = limb[3];
    const T a2 = a + a, b2 = b + b, c2 = c + c;
    first[0] = first[0] + a;
    first[1] = first[1] + b;
    first[2] = first[2] + c;
    first[3] = first[3] + d;
    square[0] = square[0] + a * a;
    square[1] = square[1] + a2 * b;
    square[2] = square[2] + (a2 * c + b * b);
    square[3] = square[3] + (a2 * d + b2 * c);
    square[4] = square[4] + (b2 * d + c * c);
    square[5] = square[5] + c2 * d;
    square[6] = square[6] + d * d;
  }

  static void block_sums(const double* x, std::size_t n, int exponent, BlockSums* out) noexcept {
    double unit[4];
    double magic_scalar[4];
    for (int k = 0; k < 4; ++k) {
      unit[k] = power_of_two(exponent - BlockSums::grid[k]);
      magic_scalar[k] = whole * unit[k];
    }
    const Batch magic[4] = {Batch(magic_scalar[0]), Batch(magic_scalar[1]), Batch(magic_scalar[2]),
                            Batch(magic_scalar[3])};
    const Batch none(0.0);
    Batch first[4] = {none, none, none, none};
    Batch square[7] = {none, none, none, none, none, none, none};
    auto complete = none == none;
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) {
      Batch limb[4] = {none, none, none, none};
      const Batch rest = cut(Batch::load_unaligned(x + i), magic, limb);
      complete = complete & (rest == none);
      accumulate(limb, first, square);
    }
    double first_tail[4] = {};
    double square_tail[7] = {};
    bool tail_complete = true;
    for (; i < n; ++i) {
      double limb[4];
      tail_complete = cut(x[i], magic_scalar, limb) == 0.0 && tail_complete;
      accumulate(limb, first_tail, square_tail);
    }
    // Lane sums are whole multiples of the grid, below 2^53 of them: the division is exact.
    const auto settle = [](Batch batch, double tail, double grid) {
      alignas(64) double lane[lanes];
      batch.store_aligned(lane);
      std::int64_t sum = static_cast<std::int64_t>(tail / grid);
      for (std::size_t l = 0; l < lanes; ++l) sum += static_cast<std::int64_t>(lane[l] / grid);
      return sum;
    };
    for (int k = 0; k < 4; ++k) out->first[k] = settle(first[k], first_tail[k], unit[k]);
    for (int k = 0; k < 7; ++k) {
      const double grid = power_of_two(2 * exponent - BlockSums::square_grid[k]);
      out->square[k] = settle(square[k], square_tail[k], grid);
    }
    out->complete = xsimd::all(complete) && tail_complete;
  }

  // Plain loops: the compiler's own vectors do well on integers.
  static void order_keys(const double* x, std::size_t n, std::uint64_t* out) noexcept {
    for (std::size_t i = 0; i < n; ++i) {
      const double v = x[i] + 0.0;
      std::uint64_t bits;
      std::memcpy(&bits, &v, sizeof bits);
      const std::uint64_t sign = static_cast<std::uint64_t>(static_cast<std::int64_t>(bits) >> 63);
      out[i] = bits ^ (sign | 0x8000000000000000u);
    }
  }

  static void mix(const std::uint64_t* words, std::size_t n, std::uint64_t* out) noexcept {
    for (std::size_t i = 0; i < n; ++i) {
      std::uint64_t x = words[i] + 0x9e3779b97f4a7c15u;
      x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
      x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
      out[i] = x ^ (x >> 31);
    }
  }

  static void copy_numbers(const double* x, std::size_t n, double* out,
                           const double* next) noexcept {
    const Batch nan(__builtin_nan(""));
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) {
      if (i % 8 == 0) __builtin_prefetch(next + i);
      const Batch v = Batch::load_unaligned(x + i);
      xsimd::select(v == v, v, nan).store_unaligned(out + i);
    }
    for (; i < n; ++i) out[i] = x[i] == x[i] ? x[i] : __builtin_nan("");
  }

  static constexpr Table table = {scan,
                                  block_sums,
                                  order_keys,
                                  mix,
                                  Draws<Arch>::draw_bits,
                                  copy_numbers,
                                  Draws<Arch>::uniforms,
                                  Draws<Arch>::fractions,
                                  Draws<Arch>::laplaces,
                                  Draws<Arch>::normals,
                                  Rows::copy_rows,
                                  Rows::mirror_rows,
                                  Pixels<Arch>::float_normals,
                                  Pixels<Arch>::noise_bytes,
                                  Pixels<Arch>::noise_floats,
                                  Pixels<Arch>::blend_bytes,
                                  Pixels<Arch>::blend_floats,
                                  Pixels<Arch>::scale_bytes,
                                  Pixels<Arch>::scale_floats,
                                  Pixels<Arch>::add_scaled};
};

}  // namespace
