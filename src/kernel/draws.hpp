// Philox and the normal quantile over an xsimd architecture; the operations of philox.hpp and
// math_quantile.hpp in the same order, so that the bits are theirs. Included by generic.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <xsimd/xsimd.hpp>

#include "zeroskew/detail/math_log_table.hpp"
#include "zeroskew/detail/math_quantile_table.hpp"

namespace {

namespace table = zeroskew::detail::math::quantile_table;

template <class Arch>
struct Draws {
  using Reals = xsimd::batch<double, Arch>;
  using Words = xsimd::batch<std::uint64_t, Arch>;
  static constexpr std::size_t lanes = Reals::size;

  // xsimd spells its own cast in two ways, by version.
  static Reals reals(Words x) noexcept { return __builtin_bit_cast(Reals, x); }
  static Words bits(Reals x) noexcept { return __builtin_bit_cast(Words, x); }

  // The product of the low halves of 64-bit lanes.
  static Words multiply(Words a, Words b) noexcept {
#if defined(__AVX512F__)
    if constexpr (lanes == 8) return Words(_mm512_mul_epu32(a, b));
#endif
#if defined(__AVX2__)
    if constexpr (lanes == 4) return Words(_mm256_mul_epu32(a, b));
#endif
#if defined(__SSE2__)
    if constexpr (lanes == 2) return Words(_mm_mul_epu32(a, b));
#elif defined(__aarch64__)
    if constexpr (lanes == 2) return Words(vmull_u32(vmovn_u64(a), vmovn_u64(b)));
#endif
  }

  // The ten rounds on words of 32 bits in lanes of 64; what the upper halves hold does not matter.
  static void rounds(Words (&c)[4], std::uint64_t key) noexcept {
    const Words a_factor(0xd2511f53u), b_factor(0xcd9e8d57u);
    std::uint32_t k0 = static_cast<std::uint32_t>(key);
    std::uint32_t k1 = static_cast<std::uint32_t>(key >> 32);
    for (int round = 0; round < 10; ++round) {
      const Words a = multiply(a_factor, c[0]);
      const Words b = multiply(b_factor, c[2]);
      c[0] = (b >> 32) ^ c[1] ^ Words(std::uint64_t{k0});
      c[1] = b;
      c[2] = (a >> 32) ^ c[3] ^ Words(std::uint64_t{k1});
      c[3] = a;
      k0 += 0x9e3779b9u;
      k1 += 0xbb67ae85u;
    }
  }
  static Words joined(Words low, Words high) noexcept {
    return (low & Words(0xffffffffu)) | (high << 32);
  }

  static Words first_word(Words row, std::uint64_t counter, std::uint64_t key) noexcept {
    Words c[4] = {Words(counter & 0xffffffffu), Words(counter >> 32), row, row >> 32};
    rounds(c, key);
    return joined(c[0], c[1]);
  }

  // Whole blocks of one row: the counters differ from lane to lane.
  static void block(Words counter, std::uint64_t row, std::uint64_t key, Words& low,
                    Words& high) noexcept {
    Words c[4] = {counter, counter >> 32, Words(row & 0xffffffffu), Words(row >> 32)};
    rounds(c, key);
    low = joined(c[0], c[1]);
    high = joined(c[2], c[3]);
  }

  static std::uint64_t first_word_of_one(std::uint64_t row, std::uint64_t counter,
                                         std::uint64_t key) noexcept {
    std::uint32_t c[4] = {static_cast<std::uint32_t>(counter),
                          static_cast<std::uint32_t>(counter >> 32),
                          static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(row >> 32)};
    std::uint32_t k0 = static_cast<std::uint32_t>(key);
    std::uint32_t k1 = static_cast<std::uint32_t>(key >> 32);
    for (int round = 0; round < 10; ++round) {
      const std::uint64_t a = std::uint64_t{0xd2511f53u} * c[0];
      const std::uint64_t b = std::uint64_t{0xcd9e8d57u} * c[2];
      c[0] = static_cast<std::uint32_t>(b >> 32) ^ c[1] ^ k0;
      c[1] = static_cast<std::uint32_t>(b);
      c[2] = static_cast<std::uint32_t>(a >> 32) ^ c[3] ^ k1;
      c[3] = static_cast<std::uint32_t>(a);
      k0 += 0x9e3779b9u;
      k1 += 0xbb67ae85u;
    }
    return std::uint64_t{c[0]} | std::uint64_t{c[1]} << 32;
  }

  static void draw_bits(std::uint64_t key, std::uint64_t offset, std::uint64_t counter,
                        const std::uint64_t* rows, std::size_t n, std::uint64_t* out) noexcept {
    const Words mask(offset);
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) {
      first_word(Words::load_unaligned(rows + i) ^ mask, counter, key).store_unaligned(out + i);
    }
    for (; i < n; ++i) out[i] = first_word_of_one(rows[i] ^ offset, counter, key);
  }

  // ((bits >> 11) | 1) 2^-53 without a conversion: 1 + (bits >> 12) 2^-52 is a double as it stands.
  static Reals uniform(Words x) noexcept {
    const Words one(0x3ff0000000000000u);
    return (reals((x >> 12) | one) - Reals(1.0)) + Reals(0x1p-53);
  }

  static void uniforms(const std::uint64_t* x, std::size_t n, double* out) noexcept {
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) {
      uniform(Words::load_unaligned(x + i)).store_unaligned(out + i);
    }
    for (; i < n; ++i) out[i] = static_cast<double>((x[i] >> 11) | 1) * 0x1p-53;
  }

  struct Sum {
    Reals hi;
    Reals lo;
  };
  static Sum two_sum(Reals a, Reals b) noexcept {
    const Reals sum = a + b;
    const Reals part = sum - a;
    return {sum, (a - (sum - part)) + (b - part)};
  }
  static Sum fast_two_sum(Reals a, Reals b) noexcept {
    const Reals sum = a + b;
    return {sum, b - (sum - a)};
  }
  static Sum two_product(Reals a, Reals b) noexcept {
    const Reals splitter(0x1p27 + 1.0);
    const Reals a_scaled = splitter * a;
    const Reals b_scaled = splitter * b;
    const Reals a_hi = a_scaled - (a_scaled - a);
    const Reals b_hi = b_scaled - (b_scaled - b);
    const Reals a_lo = a - a_hi;
    const Reals b_lo = b - b_hi;
    const Reals product = a * b;
    return {product, ((a_hi * b_hi - product) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo};
  }
  template <std::size_t n>
  static Reals polynomial(const double (&coefficients)[n], Reals x) noexcept {
    Reals sum(coefficients[n - 1]);
    for (std::size_t i = n - 1; i-- > 0;) sum = sum * x + Reals(coefficients[i]);
    return sum;
  }

  // The middle 85 %.
  static Reals centre(Reals p) noexcept {
    const Reals root_hi(table::root_two_pi.hi), root_lo(table::root_two_pi.lo);
    const Sum q = two_sum(p, Reals(-0.5));
    const Reals z = q.hi * q.hi;
    const Reals u = z - Reals(0.180625);
    const Reals f = polynomial(table::centre_top, u) / polynomial(table::centre_bottom, u);
    const Sum head = two_product(q.hi, root_hi);
    const Reals slope = root_hi + Reals(3.0) * z * f;
    return head.hi + (head.lo + (q.hi * (root_lo + z * f) + q.lo * slope));
  }

  // Both tails as far as sqrt(-log(p)) <= 5; `far` is set where they go on.
  template <class Mask>
  static Reals tail(Reals p, Mask& far) noexcept {
    constexpr double series[] = {1.0 / 3.0, -1.0 / 4.0, 1.0 / 5.0, -1.0 / 6.0,
                                 1.0 / 7.0, -1.0 / 8.0, 1.0 / 9.0, -1.0 / 10.0};
    const Reals root_hi(table::root_two.hi), root_lo(table::root_two.lo);
    const Reals q = p + Reals(-0.5);
    const auto negative = q < Reals(0.0);
    const Reals x = xsimd::select(negative, p, Reals(1.0) - p);
    // reduce_log: x is no subnormal, and its exponent k is from -53 to 0
    const Words offset = bits(x) - Words(0x3fe6000000000000u);
    const Words exponent = offset & Words(0xfff0000000000000u);
    const Reals z = reals(bits(x) - exponent);
    // k + 1.5 2^52 as the bits of a double: k is negative, so its upper bits must be filled
    const Words k_bits = (offset >> 52) | (Words(0) - (offset >> 63)) << 12;
    const Reals k = reals(k_bits + Words(0x4338000000000000u)) - Reals(0x1.8p52);
    const Words row = (offset >> 45) & Words(127);
    const double* logs = &zeroskew::detail::math::log_table[0].reciprocal;
    alignas(64) std::uint64_t place[lanes];
    alignas(64) double entry[3][lanes];
    row.store_aligned(place);
    for (std::size_t l = 0; l < lanes; ++l) {
      for (std::size_t part = 0; part < 3; ++part) entry[part][l] = logs[3 * place[l] + part];
    }
    const Reals reciprocal = Reals::load_aligned(entry[0]);
    const Reals log_hi = Reals::load_aligned(entry[1]);
    const Reals log_lo = Reals::load_aligned(entry[2]);
    // log_pair with no tail of its argument
    const Reals z_hi = reals(bits(z) & Words(~std::uint64_t{0} << 21));
    const Sum exact = two_sum(z_hi * reciprocal - Reals(1.0), (z - z_hi) * reciprocal);
    Sum r = two_sum(exact.hi, Reals(0.0) * reciprocal);
    r.lo = r.lo + exact.lo;
    const Reals high = reals(bits(r.hi) & Words(~std::uint64_t{0} << 27));
    const Reals square_hi = Reals(0.5) * high * high;
    const Reals square_lo = Reals(0.5) * (r.hi - high) * (r.hi + high);
    const Reals cubic = r.hi * r.hi * r.hi * polynomial(series, r.hi);
    const Sum first = two_sum(k * Reals(0x1.62e42fefa38p-1) + log_hi, r.hi);
    const Sum second = two_sum(first.hi, -square_hi);
    const Reals tiny = (first.lo + second.lo) + (k * Reals(0x1.ef35793c7673p-45) + log_lo);
    const Sum logarithm =
        fast_two_sum(second.hi, tiny + ((r.lo - r.hi * r.lo - square_lo) + cubic));
    // x = sqrt(2) root + f(root), root = sqrt(-log)
    const Reals root = xsimd::sqrt(-logarithm.hi);
    const Sum square = two_product(root, root);
    const Reals rest =
        ((-logarithm.hi - square.hi) - square.lo - logarithm.lo) / (Reals(2.0) * root);
    const Reals place_in = root - Reals(1.6);
    const Reals f =
        polynomial(table::tail_top, place_in) / polynomial(table::tail_bottom, place_in);
    const Sum head = two_product(root, root_hi);
    const Reals value = head.hi + (f + (head.lo + (root * root_lo + rest * root_hi)));
    far = root > Reals(5.0);
    return xsimd::select(negative, -value, value);
  }

  // Packs the numbers outside the middle, and where they came from; says how many there are.
  static std::size_t keep_tails(Reals p, std::size_t first, double* tails,
                                std::uint64_t* place) noexcept {
#if defined(__AVX512F__)
    if constexpr (lanes == 8) {
      const __m512d q = _mm512_abs_pd(_mm512_sub_pd(p, _mm512_set1_pd(0.5)));
      const __mmask8 outside = _mm512_cmp_pd_mask(q, _mm512_set1_pd(0.425), _CMP_GT_OQ);
      const __m512i at = _mm512_add_epi64(_mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0),
                                          _mm512_set1_epi64(static_cast<long long>(first)));
      // Packed in a register first: compressing stores are slow on some machines.
      _mm512_storeu_pd(tails, _mm512_maskz_compress_pd(outside, p));
      _mm512_storeu_si512(place, _mm512_maskz_compress_epi64(outside, at));
      return static_cast<std::size_t>(__builtin_popcount(outside));
    }
#endif
    alignas(64) double lane[lanes];
    p.store_aligned(lane);
    std::size_t count = 0;
    // No branch: what is not kept is overwritten.
    for (std::size_t l = 0; l < lanes; ++l) {
      const double q = lane[l] - 0.5;
      tails[count] = lane[l];
      place[count] = first + l;
      count += (q < 0.0 ? -q : q) > 0.425;
    }
    return count;
  }

  static void normals(const std::uint64_t* x, std::size_t n, double* out,
                      double (*exactly)(double) noexcept) noexcept {
    constexpr std::size_t most = 1024;
    alignas(64) double tails[most + lanes];
    std::uint64_t place[most + lanes];
    std::size_t count = 0;
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) {
      const Reals uniforms = uniform(Words::load_unaligned(x + i));
      centre(uniforms).store_unaligned(out + i);
      count += keep_tails(uniforms, i, tails + count, place + count);
    }
    for (std::size_t l = 0; l < lanes; ++l) tails[count + l] = 0.25;
    for (std::size_t t = 0; t < count; t += lanes) {
      alignas(64) double made[lanes];
      const Reals p = Reals::load_unaligned(tails + t);
      auto far = p > p;
      tail(p, far).store_aligned(made);
      if (xsimd::any(far)) {
        for (std::size_t l = 0; l < lanes; ++l) made[l] = exactly(tails[t + l]);
      }
      for (std::size_t l = 0; l < lanes && t + l < count; ++l) out[place[t + l]] = made[l];
    }
    for (; i < n; ++i) out[i] = exactly(static_cast<double>((x[i] >> 11) | 1) * 0x1p-53);
  }
};

}  // namespace
