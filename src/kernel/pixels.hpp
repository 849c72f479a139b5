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

  static void mirror(const std::uint8_t* in, std::size_t pixels, std::size_t size,
                     std::uint8_t* out) noexcept {
    std::size_t i = 0;
#if defined(__AVX2__)
    if (size == 3) {
      // Five pixels of three bytes at a time; the sixteenth byte is written over by what follows.
      const __m128i turn = _mm_set_epi8(15, 2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9, 14, 13, 12);
      for (; i + 6 <= pixels; i += 5) {
        const std::uint8_t* from = in + (pixels - i - 5) * 3;
        const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i * 3), _mm_shuffle_epi8(v, turn));
      }
    }
    if (size == 1) {
      const __m128i turn = _mm_set_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
      for (; i + 16 <= pixels; i += 16) {
        const std::uint8_t* from = in + pixels - i - 16;
        const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i), _mm_shuffle_epi8(v, turn));
      }
    }
#endif
    for (; i < pixels; ++i) {
      const std::uint8_t* from = in + (pixels - 1 - i) * size;
      for (std::size_t b = 0; b < size; ++b) out[i * size + b] = from[b];
    }
  }

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

  static Floats chain(const float (&c)[9], Floats x) noexcept {
    Floats sum(c[0]);
    for (int i = 1; i < 9; ++i) sum = Floats(c[i]) + sum * x;
    return sum;
  }

  // sqrt(2) times the inverse error function.
  static Floats normal(Floats x) noexcept {
    constexpr float centre[9] = {2.81022636e-08f,  3.43273939e-07f, -3.5233877e-06f,
                                 -4.39150654e-06f, 0.00021858087f,  -0.00125372503f,
                                 -0.00417768164f,  0.246640727f,    1.50140941f};
    constexpr float tail[9] = {-0.000200214257f, 0.000100950558f, 0.00134934322f,
                               -0.00367342844f,  0.00573950773f,  -0.0076224613f,
                               0.00943887047f,   1.00167406f,     2.83297682f};
    const Floats w = -log((Floats(1.0f) - x) * (Floats(1.0f) + x));
    const auto is_near = w < Floats(5.0f);
    Floats size = chain(centre, w - Floats(2.5f));
    // One draw in three hundred is in the tails: most vectors have none.
    if (!xsimd::all(is_near)) {
      size = xsimd::select(is_near, size, chain(tail, xsimd::sqrt(w) - Floats(3.0f)));
    }
    return Floats(1.41421356f) * x * size;
  }

  static void float_normals(std::uint64_t key, std::uint64_t row, std::uint64_t first,
                            std::size_t count, float* out) noexcept {
    constexpr std::size_t blocks = 256;  // of four words each: 1,024 values
    constexpr std::size_t wide = Words::size;
    alignas(64) std::uint64_t number[wide];
    alignas(64) std::uint32_t bits[4 * blocks];
    for (std::size_t done = 0; done < count; done += 4 * blocks) {
      const std::uint64_t start = (first + done) / 4;
      for (std::size_t b = 0; b < blocks; b += wide) {
        for (std::size_t l = 0; l < wide; ++l) number[l] = start + b + l;
        Words low(0), high(0);
        Draws<Arch>::block(Words::load_aligned(number), row, key, low, high);
        low.store_aligned(reinterpret_cast<std::uint64_t*>(bits) + b);
        high.store_aligned(reinterpret_cast<std::uint64_t*>(bits) + blocks + b);
      }
      for (std::size_t i = 0; i < 4 * blocks; i += lanes) {
        const Ints word = Ints::load_aligned(reinterpret_cast<const std::int32_t*>(bits + i));
        // an odd multiple of 2^-24 in (-1, 1)
        const Floats x = (xsimd::to_float(word >> 8) + Floats(0.5f)) * Floats(0x1p-23f);
        normal(x).store_unaligned(out + done + i);
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
    for (std::size_t i = 0; i < count; ++i) {
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
