// Image kernels, once for each instruction set. Included by generic.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <xsimd/xsimd.hpp>

#include "kernel/draws.hpp"

namespace {

template <class Arch>
struct Pixels {
  using Floats = xsimd::batch<float, Arch>;
  using Ints = xsimd::batch<std::int32_t, Arch>;
  using Words = xsimd::batch<std::uint64_t, Arch>;
  static constexpr std::size_t lanes = Floats::size;

  // log(v) for v from 2^-24 to 1, to about 1e-7: 2 atanh(s) of the fraction, and the exponent.
  static Floats log(Floats v) noexcept {
    const Ints bits = __builtin_bit_cast(Ints, v);
    const Ints exponent = (bits - Ints(0x3f3504f3)) >> 23;
    const Floats m = __builtin_bit_cast(Floats, bits - (exponent << 23));
    const Floats s = (m - Floats(1.0f)) / (m + Floats(1.0f));
    const Floats z = s * s;
    const Floats series =
        Floats(2.0f) +
        z * (Floats(0.6666667f) + z * (Floats(0.4f) + z * (Floats(0.2857143f) + z * 0.2222222f)));
    return xsimd::to_float(exponent) * Floats(0.6931472f) + s * series;
  }

  // Box and Muller's pair (1958) of 24 bits of either word: r cos and r sin of a whole turn.
  static void pair(Ints first, Ints second, float* cosine, float* sine) noexcept {
    const Floats u =
        (xsimd::to_float((first >> 8) & Ints(0xffffff)) + Floats(0.5f)) * Floats(0x1p-24f);
    const Floats r = xsimd::sqrt(Floats(-2.0f) * log(u));
    // The nearest quarter, and the way from there: f quarters, at most a half.
    const Ints turn = second >> 8;
    const Ints quarter = (turn + Ints(1 << 21)) >> 22;
    const Floats f = xsimd::to_float(turn - (quarter << 22)) * Floats(0x1p-22f);
    const Floats z = f * f;
    const Floats s =
        f * (Floats(1.57079633f) +
             z * (Floats(-0.645964098f) +
                  z * (Floats(0.0796926262f) + z * (Floats(-0.00468175414f) + z * 0.000160441f))));
    const Floats c =
        Floats(1.0f) +
        z * (Floats(-1.23370055f) +
             z * (Floats(0.253669508f) + z * (Floats(-0.0208634807f) + z * 0.000919260275f)));
    const Ints swap = Ints(0) - (quarter & Ints(1));
    const Ints sines = __builtin_bit_cast(Ints, s);
    const Ints cosines = __builtin_bit_cast(Ints, c);
    const Ints change = (sines ^ cosines) & swap;
    const Ints up = (sines ^ change) ^ ((quarter & Ints(2)) << 30);
    const Ints across = (cosines ^ change) ^ (((quarter + Ints(1)) & Ints(2)) << 30);
    (r * __builtin_bit_cast(Floats, across)).store_unaligned(cosine);
    (r * __builtin_bit_cast(Floats, up)).store_unaligned(sine);
  }

  static void float_normals(std::uint64_t key, std::uint64_t row, std::uint64_t first,
                            std::size_t count, float* out) noexcept {
    constexpr std::size_t blocks = 256;  // of four words each: 1,024 values
    constexpr std::size_t wide = Words::size;
    alignas(64) std::uint64_t number[wide];
    for (std::size_t l = 0; l < wide; ++l) number[l] = l;
    const Words step = Words::load_aligned(number);
    for (std::size_t done = 0; done < count; done += 4 * blocks) {
      const std::uint64_t start = (first + done) / 4;
      for (std::size_t b = 0; b < blocks; b += wide) {
        Words low(0), high(0);
        Draws<Arch>::block(step + Words(start + b), row, key, low, high);
        float* to = out + done + 2 * b;
        pair(__builtin_bit_cast(Ints, low), __builtin_bit_cast(Ints, high), to, to + 2 * blocks);
      }
    }
  }

  static std::uint8_t byte(float v) noexcept {
    const float held = v < 0.0f ? 0.0f : (v > 255.0f ? 255.0f : v);
    return static_cast<std::uint8_t>(static_cast<std::int32_t>(held + 0.5f));
  }
  static float share(float v) noexcept { return v < 0.0f ? 0.0f : (v > 1.0f ? 1.0f : v); }

  // Plain loops: the compiler's own vectors do well on these.
  static void noise_bytes(const std::uint8_t* in, const float* noise, float scale,
                          std::size_t count, std::uint8_t* out) noexcept {
    std::size_t i = 0;
#if defined(__AVX512F__)
    const __m512 wide = _mm512_set1_ps(scale), top = _mm512_set1_ps(255.0f);
    for (; i + 16 <= count; i += 16) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(in + i));
      const __m512 x = _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(bytes));
      const __m512 v = _mm512_add_ps(x, _mm512_mul_ps(wide, _mm512_loadu_ps(noise + i)));
      const __m512 held = _mm512_min_ps(_mm512_max_ps(v, _mm512_setzero_ps()), top);
      const __m512i made = _mm512_cvttps_epi32(_mm512_add_ps(held, _mm512_set1_ps(0.5f)));
      _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i), _mm512_cvtepi32_epi8(made));
    }
#endif
    for (; i < count; ++i) {
      out[i] = byte(static_cast<float>(in[i]) + scale * noise[i]);
    }
  }
  static void noise_floats(const float* in, const float* noise, float scale, std::size_t count,
                           float* out) noexcept {
    for (std::size_t i = 0; i < count; ++i) out[i] = share(in[i] + scale * noise[i]);
  }
  template <std::size_t channels, class T, class Hold>
  static void blend_row(const T* in, const float* weight, float target, std::size_t pixels, T* out,
                        Hold hold) noexcept {
    for (std::size_t i = 0; i < pixels; ++i) {
      for (std::size_t c = 0; c < channels; ++c) {
        const float x = static_cast<float>(in[i * channels + c]);
        out[i * channels + c] = hold(x + (target - x) * weight[i]);
      }
    }
  }
  template <class T, class Hold>
  static void blend_any(const T* in, const float* weight, float target, std::size_t pixels,
                        std::size_t channels, T* out, Hold hold) noexcept {
    if (channels == 3) return blend_row<3>(in, weight, target, pixels, out, hold);
    if (channels == 1) return blend_row<1>(in, weight, target, pixels, out, hold);
    for (std::size_t i = 0; i < pixels; ++i) {
      for (std::size_t c = 0; c < channels; ++c) {
        const float x = static_cast<float>(in[i * channels + c]);
        out[i * channels + c] = hold(x + (target - x) * weight[i]);
      }
    }
  }
  static void blend_bytes(const std::uint8_t* in, const float* weight, float target,
                          std::size_t pixels, std::size_t channels, std::uint8_t* out) noexcept {
    blend_any(in, weight, target, pixels, channels, out, [](float v) noexcept { return byte(v); });
  }
  static void blend_floats(const float* in, const float* weight, float target, std::size_t pixels,
                           std::size_t channels, float* out) noexcept {
    blend_any(in, weight, target, pixels, channels, out, [](float v) noexcept { return share(v); });
  }
  // In parts of 2^16: sixteen bits a byte are enough for the high half of the product.
  static void scale_bytes(const std::uint8_t* in, float factor, std::size_t count,
                          std::uint8_t* out) noexcept {
    const auto parts = static_cast<std::uint32_t>(factor * 65280.0f + 0.5f);  // of 255 * 256
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t wide = in[i] * 257u;  // 0 ... 65535
      out[i] = static_cast<std::uint8_t>((((wide * parts) >> 16) + 128) >> 8);
    }
  }
  static void scale_floats(const float* in, float factor, std::size_t count, float* out) noexcept {
    for (std::size_t i = 0; i < count; ++i) out[i] = in[i] * factor;
  }
  static void add_scaled(const float* in, float weight, std::size_t count, float* sum) noexcept {
    for (std::size_t i = 0; i < count; ++i) sum[i] += in[i] * weight;
  }
};

}  // namespace
