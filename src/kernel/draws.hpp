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

// Two of a kind, worked on side by side: what one waits for, the other has time to do.
template <class T>
struct Twice {
  T a;
  T b;
  Twice(T first, T second) noexcept : a(first), b(second) {}
  explicit Twice(double x) noexcept : a(x), b(x) {}
  explicit Twice(std::uint64_t x) noexcept : a(x), b(x) {}

  friend Twice operator+(Twice x, Twice y) noexcept { return {x.a + y.a, x.b + y.b}; }
  friend Twice operator-(Twice x, Twice y) noexcept { return {x.a - y.a, x.b - y.b}; }
  friend Twice operator*(Twice x, Twice y) noexcept { return {x.a * y.a, x.b * y.b}; }
  friend Twice operator/(Twice x, Twice y) noexcept { return {x.a / y.a, x.b / y.b}; }
  friend Twice operator&(Twice x, Twice y) noexcept { return {x.a & y.a, x.b & y.b}; }
  friend Twice operator|(Twice x, Twice y) noexcept { return {x.a | y.a, x.b | y.b}; }
  friend Twice operator^(Twice x, Twice y) noexcept { return {x.a ^ y.a, x.b ^ y.b}; }
  friend Twice operator>>(Twice x, int n) noexcept { return {x.a >> n, x.b >> n}; }
  friend Twice operator<<(Twice x, int n) noexcept { return {x.a << n, x.b << n}; }
  friend Twice operator-(Twice x) noexcept { return {-x.a, -x.b}; }
};

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

  // (bits >> 11) 2^-53: the lowest of the 53 bits is added for itself.
  static Reals fraction(Words x) noexcept {
    const Words one(0x3ff0000000000000u), last(0x3ca0000000000000u);
    return (reals((x >> 12) | one) - Reals(1.0)) +
           reals((Words(0) - ((x >> 11) & Words(1))) & last);
  }

  // f(word) for each, the last ones in a vector of their own.
  template <class F>
  static void each(const std::uint64_t* x, std::size_t n, double* out, F f) noexcept {
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) f(Words::load_unaligned(x + i)).store_unaligned(out + i);
    if (i == n) return;
    alignas(64) std::uint64_t rest[lanes] = {};
    alignas(64) double made[lanes];
    std::memcpy(rest, x + i, (n - i) * sizeof *x);
    f(Words::load_aligned(rest)).store_aligned(made);
    std::memcpy(out + i, made, (n - i) * sizeof *out);
  }

  static void uniforms(const std::uint64_t* x, std::size_t n, double* out) noexcept {
    each(x, n, out, [](Words word) { return uniform(word); });
  }
  static void fractions(const std::uint64_t* x, std::size_t n, double* out) noexcept {
    each(x, n, out, [](Words word) { return fraction(word); });
  }

  // log(2 u) in the lower half, -log(2 (1 - u)) in the upper one.
  static void laplaces(const std::uint64_t* x, std::size_t n, double* out) noexcept {
    each(x, n, out, [](Words word) {
      const Reals u = uniform(word);
      const Reals size = log(Reals(2.0) * lower(u, Reals(1.0) - u)).hi;
      return reals(bits(size) ^ (bits(Reals(0.5) - u) & Words(std::uint64_t{1} << 63)));
    });
  }

  template <class R>
  struct Sum {
    R hi;
    R lo;
  };
  template <class R>
  static Sum<R> two_sum(R a, R b) noexcept {
    const R sum = a + b;
    const R part = sum - a;
    return {sum, (a - (sum - part)) + (b - part)};
  }
  template <class R>
  static Sum<R> fast_two_sum(R a, R b) noexcept {
    const R sum = a + b;
    return {sum, b - (sum - a)};
  }
  template <class R>
  static Sum<R> two_product(R a, R b) noexcept {
    const R splitter(0x1p27 + 1.0);
    const R a_scaled = splitter * a;
    const R b_scaled = splitter * b;
    const R a_hi = a_scaled - (a_scaled - a);
    const R b_hi = b_scaled - (b_scaled - b);
    const R a_lo = a - a_hi;
    const R b_lo = b - b_hi;
    const R product = a * b;
    return {product, ((a_hi * b_hi - product) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo};
  }
  template <std::size_t n, class R>
  static R polynomial(const double (&coefficients)[n], R x) noexcept {
    R sum(coefficients[n - 1]);
    for (std::size_t i = n - 1; i-- > 0;) sum = sum * x + R(coefficients[i]);
    return sum;
  }

  // The middle 85 %.
  template <class R>
  static R centre(R p) noexcept {
    const R root_hi(table::root_two_pi.hi), root_lo(table::root_two_pi.lo);
    const Sum<R> q = two_sum(p, R(-0.5));
    const R z = q.hi * q.hi;
    const R u = z - R(0.180625);
    const R f = polynomial(table::centre_top, u) / polynomial(table::centre_bottom, u);
    const Sum<R> head = two_product(q.hi, root_hi);
    const R slope = root_hi + R(3.0) * z * f;
    return head.hi + (head.lo + (q.hi * (root_lo + z * f) + q.lo * slope));
  }

  // The doubles at these places of a table.
  static Reals look_up(const double* from, Words place) noexcept {
#if defined(__AVX512F__)
    if constexpr (lanes == 8) return Reals(_mm512_i64gather_pd(place, from, 8));
#endif
    alignas(64) std::uint64_t at[lanes];
    alignas(64) double found[lanes];
    place.store_aligned(at);
    for (std::size_t l = 0; l < lanes; ++l) found[l] = from[at[l]];
    return Reals::load_aligned(found);
  }
  static Twice<Reals> look_up(const double* from, Twice<Words> place) noexcept {
    return {look_up(from, place.a), look_up(from, place.b)};
  }
  static Reals sqrt(Reals x) noexcept { return xsimd::sqrt(x); }
  static Twice<Reals> sqrt(Twice<Reals> x) noexcept { return {sqrt(x.a), sqrt(x.b)}; }
  static Reals lower(Reals a, Reals b) noexcept { return xsimd::min(a, b); }
  static Twice<Reals> lower(Twice<Reals> x, Twice<Reals> y) noexcept {
    return {lower(x.a, y.a), lower(x.b, y.b)};
  }
  static Twice<Reals> reals(Twice<Words> x) noexcept { return {reals(x.a), reals(x.b)}; }
  static Twice<Words> bits(Twice<Reals> x) noexcept { return {bits(x.a), bits(x.b)}; }

  // log(x) as a sum, for x from 2^-53 to 1: log_pair of reduce_log with no tail of its argument.
  template <class R>
  static Sum<R> log(R x) noexcept {
    using W = decltype(bits(x));
    constexpr double series[] = {1.0 / 3.0, -1.0 / 4.0, 1.0 / 5.0, -1.0 / 6.0,
                                 1.0 / 7.0, -1.0 / 8.0, 1.0 / 9.0, -1.0 / 10.0};
    const W offset = bits(x) - W(std::uint64_t{0x3fe6000000000000u});
    const R z = reals(bits(x) - (offset & W(std::uint64_t{0xfff0000000000000u})));
    // k + 1.5 2^52 as the bits of a double: k may be negative, so its upper bits must be filled
    const W k_bits = (offset >> 52) | (W(std::uint64_t{0}) - (offset >> 63)) << 12;
    const R k = reals(k_bits + W(std::uint64_t{0x4338000000000000u})) - R(0x1.8p52);
    const W row = (offset >> 45) & W(std::uint64_t{127});
    const W place = row + row + row;
    const double* logs = &zeroskew::detail::math::log_table[0].reciprocal;
    const R reciprocal = look_up(logs, place);
    const R z_hi = reals(bits(z) & W(~std::uint64_t{0} << 21));
    const Sum<R> r = two_sum(z_hi * reciprocal - R(1.0), (z - z_hi) * reciprocal);
    const R high = reals(bits(r.hi) & W(~std::uint64_t{0} << 27));
    const R square_hi = R(0.5) * high * high;
    const R square_lo = R(0.5) * (r.hi - high) * (r.hi + high);
    const R cubic = r.hi * r.hi * r.hi * polynomial(series, r.hi);
    const Sum<R> first = two_sum(k * R(0x1.62e42fefa38p-1) + look_up(logs + 1, place), r.hi);
    const Sum<R> second = two_sum(first.hi, -square_hi);
    const R tiny =
        (first.lo + second.lo) + (k * R(0x1.ef35793c7673p-45) + look_up(logs + 2, place));
    return fast_two_sum(second.hi, tiny + ((r.lo - r.hi * r.lo - square_lo) + cubic));
  }

  // Both tails as far as root = sqrt(-log(p)) <= 5.
  template <class R>
  static R tail(R p, R& root) noexcept {
    using W = decltype(bits(p));
    const R root_hi(table::root_two.hi), root_lo(table::root_two.lo);
    const Sum<R> logarithm = log(lower(p, R(1.0) - p));
    // x = sqrt(2) root + f(root)
    root = sqrt(-logarithm.hi);
    const Sum<R> square = two_product(root, root);
    const R rest = ((-logarithm.hi - square.hi) - square.lo - logarithm.lo) / (R(2.0) * root);
    const R place = root - R(1.6);
    const R f = polynomial(table::tail_top, place) / polynomial(table::tail_bottom, place);
    const Sum<R> head = two_product(root, root_hi);
    const R value = head.hi + (f + (head.lo + (root * root_lo + rest * root_hi)));
    // the lower half is negative
    return reals(bits(value) ^ (bits(p - R(0.5)) & W(std::uint64_t{1} << 63)));
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
    alignas(64) double tails[most + 2 * lanes];
    std::uint64_t place[most + 2 * lanes];
    std::size_t count = 0;
    std::size_t i = 0;
    for (; i + 2 * lanes <= n; i += 2 * lanes) {
      const Twice<Reals> p{uniform(Words::load_unaligned(x + i)),
                           uniform(Words::load_unaligned(x + i + lanes))};
      if constexpr (lanes == 4) {  // the sixteen registers do not hold two
        centre(p.a).store_unaligned(out + i);
        centre(p.b).store_unaligned(out + i + lanes);
      } else {
        const Twice<Reals> middle = centre(p);
        middle.a.store_unaligned(out + i);
        middle.b.store_unaligned(out + i + lanes);
      }
      count += keep_tails(p.a, i, tails + count, place + count);
      count += keep_tails(p.b, i + lanes, tails + count, place + count);
    }
    for (std::size_t l = 0; l < 2 * lanes; ++l) tails[count + l] = 0.25;
    for (std::size_t t = 0; t < count; t += 2 * lanes) {
      alignas(64) double made[2 * lanes];
      const Twice<Reals> p{Reals::load_unaligned(tails + t),
                           Reals::load_unaligned(tails + t + lanes)};
      Twice<Reals> root(0.0);
      const Twice<Reals> outer = tail(p, root);
      outer.a.store_aligned(made);
      outer.b.store_aligned(made + lanes);
      if (xsimd::any(xsimd::max(root.a, root.b) > Reals(5.0))) {
        for (std::size_t l = 0; l < 2 * lanes; ++l) made[l] = exactly(tails[t + l]);
      }
      for (std::size_t l = 0; l < 2 * lanes && t + l < count; ++l) out[place[t + l]] = made[l];
    }
    for (; i < n; ++i) out[i] = exactly(static_cast<double>((x[i] >> 11) | 1) * 0x1p-53);
  }
};

}  // namespace
