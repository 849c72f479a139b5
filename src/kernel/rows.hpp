// Rows of pixels that move: copied, or from right to left. Included by generic.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <xsimd/xsimd.hpp>

namespace {

// Byte o of a mirrored row of n bytes is byte (n - s - o) + 2 (o mod s) of the row, for pixels of s
// bytes. Shuffles take sixteen bytes at a time from a window that begins at n - s - o - 15.

// Pixels that fill sixteen bytes, written where a pixel begins: one load holds the window.
struct PixelTurn {
  alignas(32) std::uint8_t first[32];
};
struct PixelTurns {
  PixelTurn turns[5];
  constexpr PixelTurns() : turns() {
    for (std::size_t log = 0; log < 5; ++log) {
      const std::size_t size = std::size_t{1} << log;
      for (std::size_t k = 0; k < 32; ++k) {
        turns[log].first[k] = static_cast<std::uint8_t>(16 - size - k % 16 + 2 * (k % size));
      }
    }
  }
};
constexpr PixelTurns pixel_turns;

// Pixels of three bytes: the window has twenty, which two loads hold. What each gives, for the
// three values of o mod 3; the high bit gives zero.
struct ByteTurn {
  alignas(32) std::uint8_t first[32];
  alignas(32) std::uint8_t second[32];
};
struct ByteTurns {
  ByteTurn turns[3];
  constexpr ByteTurns() : turns() {
    for (std::size_t k = 0; k < 96; ++k) {
      const std::size_t from = 15 - k % 16 + 2 * ((k / 32 + k % 32) % 3);
      turns[k / 32].first[k % 32] = static_cast<std::uint8_t>(from < 16 ? from : 0x80);
      turns[k / 32].second[k % 32] = static_cast<std::uint8_t>(from < 16 ? 0x80 : from - 4);
    }
  }
};
constexpr ByteTurns byte_turns;

// Pixels of three words: the same in words, eight at a time; the high bit marks the second load.
struct WordTurn {
  alignas(32) std::uint32_t from[8];
};
struct WordTurns {
  WordTurn turns[3];
  constexpr WordTurns() : turns() {
    for (std::uint32_t phase = 0; phase < 3; ++phase) {
      for (std::uint32_t k = 0; k < 8; ++k) {
        const std::uint32_t from = 7 - k + 2 * ((phase + k) % 3);
        turns[phase].from[k] = from < 8 ? from : 0x80000000u | (from - 4);
      }
    }
  }
};
constexpr WordTurns word_turns;

#if defined(__AVX2__)
struct Bytes16 {
  using Vector = __m128i;
  static constexpr std::size_t size = 16;
  static Vector load(const void* p) noexcept {
    return _mm_loadu_si128(static_cast<const Vector*>(p));
  }
  static void store(std::uint8_t* p, Vector x) noexcept {
    _mm_storeu_si128(reinterpret_cast<Vector*>(p), x);
  }
  static Vector lanes(const std::uint8_t* from, Vector turn) noexcept {
    return _mm_shuffle_epi8(load(from), turn);
  }
  static Vector either(Vector a, Vector b) noexcept { return _mm_or_si128(a, b); }
};
#elif defined(__aarch64__)
struct Bytes16 {
  using Vector = uint8x16_t;
  static constexpr std::size_t size = 16;
  static Vector load(const std::uint8_t* p) noexcept { return vld1q_u8(p); }
  static void store(std::uint8_t* p, Vector x) noexcept { vst1q_u8(p, x); }
  static Vector lanes(const std::uint8_t* from, Vector turn) noexcept {
    return vqtbl1q_u8(load(from), turn);
  }
  static Vector either(Vector a, Vector b) noexcept { return vorrq_u8(a, b); }
};
#endif

// Wider ones gain nothing: their loads cross a line of the cache each time.
#if defined(__AVX2__)
struct Bytes32 {
  using Vector = __m256i;
  static constexpr std::size_t size = 32;
  static Vector load(const void* p) noexcept {
    return _mm256_loadu_si256(static_cast<const Vector*>(p));
  }
  static void store(std::uint8_t* p, Vector x) noexcept {
    _mm256_storeu_si256(reinterpret_cast<Vector*>(p), x);
  }
  static Vector lanes(const std::uint8_t* from, Vector turn) noexcept {
    return _mm256_shuffle_epi8(_mm256_permute4x64_epi64(load(from), 0x4e), turn);
  }
  static Vector either(Vector a, Vector b) noexcept { return _mm256_or_si256(a, b); }
  static Vector words(const std::uint8_t* from, Vector turn) noexcept {
    const Vector first = _mm256_permutevar8x32_epi32(load(from), turn);
    const Vector second = _mm256_permutevar8x32_epi32(load(from + 16), turn);
    return _mm256_castps_si256(_mm256_blendv_ps(
        _mm256_castsi256_ps(first), _mm256_castsi256_ps(second), _mm256_castsi256_ps(turn)));
  }
};
#endif

struct Rows {
  // Memory foresees neither rows from the last to the first nor pixels from right to left, so what
  // is a few thousand bytes ahead is asked for: so many rows of them. Past the end that is no
  // harm.
  static std::ptrdiff_t ahead(std::ptrdiff_t step) noexcept {
    const std::ptrdiff_t size = step < 0 ? -step : step;
    return size == 0 ? 0 : step * ((4095 + size) / size);
  }

  // Bytes to where a vector may be stored without crossing a line of the cache, which is slow.
  template <std::size_t size>
  static std::size_t to_boundary(const std::uint8_t* p) noexcept {
    return (size - reinterpret_cast<std::uintptr_t>(p) % size) % size;
  }

  static void copy_rows(const std::uint8_t* in, std::ptrdiff_t step, std::size_t rows,
                        std::size_t bytes, std::uint8_t* out) noexcept {
    constexpr std::size_t most = 64;
    const std::ptrdiff_t next = ahead(step);
    for (std::size_t j = 0; j < rows; ++j, in += step, out += bytes) {
      if (bytes < most) {
        std::memcpy(out, in, bytes);
        continue;
      }
      std::memcpy(out, in, most);
      for (std::size_t i = to_boundary<most>(out); i + most <= bytes; i += most) {
        __builtin_prefetch(in + i + next);
        std::memcpy(out + i, in + i, most);
      }
      std::memcpy(out + bytes - most, in + bytes - most, most);
    }
  }

  // Pixel by pixel, each in a move of `width` bytes where the row has them: what it writes past a
  // pixel is written over by the next ones.
  template <std::size_t width>
  static void mirror_pixels(const std::uint8_t* in, std::size_t pixels, std::size_t size,
                            std::uint8_t* out) noexcept {
    const std::uint8_t* from = in + (pixels - 1) * size;
    for (std::size_t i = 0; i < pixels; ++i, from -= size, out += size) {
      if (size <= width && (i + 1) * size >= width && (pixels - i) * size >= width) {
        std::memcpy(out, from, width);
      } else {
        std::memcpy(out, from, size);
      }
    }
  }

#if defined(__AVX2__) || defined(__aarch64__)
  // A turn in registers: how to make a vector of what lies from a byte on.
  template <class V>
  struct Whole {
    typename V::Vector first;
    explicit Whole(const PixelTurn& turn) noexcept : first(V::load(turn.first)) {}
    auto operator()(const std::uint8_t* from) const noexcept { return V::lanes(from, first); }
  };
  template <class V>
  struct ThreeBytes {
    typename V::Vector first;
    typename V::Vector second;
    explicit ThreeBytes(const ByteTurn& turn) noexcept
        : first(V::load(turn.first)), second(V::load(turn.second)) {}
    auto operator()(const std::uint8_t* from) const noexcept {
      return V::either(V::lanes(from, first), V::lanes(from + 4, second));
    }
  };
  template <class V>
  struct ThreeWords {
    typename V::Vector from;
    explicit ThreeWords(const WordTurn& turn) noexcept : from(V::load(turn.from)) {}
    auto operator()(const std::uint8_t* p) const noexcept { return V::words(p, from); }
  };

  // @pre a row has at least a vector's bytes
  template <class V>
  static void mirror_whole(const std::uint8_t* in, std::size_t rows, std::size_t bytes,
                           const PixelTurn& pixel_turn, std::uint8_t* out) noexcept {
    const std::ptrdiff_t next = ahead(static_cast<std::ptrdiff_t>(bytes));
    const std::size_t last = bytes - V::size;
    const Whole<V> turn(pixel_turn);
    for (std::size_t j = 0; j < rows; ++j, in += bytes, out += bytes) {
      const auto put = [&](std::size_t o) {
        __builtin_prefetch(in + (last - o) + next);
        V::store(out + o, turn(in + (last - o)));
      };
      put(0);
      for (std::size_t o = to_boundary<V::size>(out); o < last; o += V::size) put(o);
      put(last);
    }
  }

  // Pixels of three units of so many bytes. @pre a row has at least three pixels and a vector's
  // bytes
  template <class V, template <class> class Turned, std::size_t unit, class Turns>
  static void mirror_threes(const std::uint8_t* in, std::size_t rows, std::size_t bytes,
                            const Turns& turns, std::uint8_t* out) noexcept {
    constexpr std::size_t size = 3 * unit;
    constexpr std::size_t step = V::size / unit % 3;
    const std::ptrdiff_t next = ahead(static_cast<std::ptrdiff_t>(bytes));
    const std::size_t last = bytes - size + unit - V::size;
    const auto turn = [&](std::size_t o) { return Turned<V>(turns.turns[o / unit % 3]); };
    for (std::size_t j = 0; j < rows; ++j, in += bytes, out += bytes) {
      const auto put = [&](std::size_t o, const Turned<V>& turned) {
        __builtin_prefetch(in + (last - o) + next);
        V::store(out + o, turned(in + (last - o)));
      };
      // For the first and the last pixel a window would leave the row.
      for (std::size_t k = 0; k < size; k += unit) {
        std::memcpy(out + k, in + bytes - size + k, unit);
        std::memcpy(out + bytes - size + k, in + k, unit);
      }
      put(size, turn(size));
      std::size_t o = size + to_boundary<V::size>(out + size);
      const Turned<V> a = turn(o), b = turn(o + step * unit), c = turn(o + 2 * step * unit);
      for (; o + 2 * V::size < last; o += 3 * V::size) {
        put(o, a);
        put(o + V::size, b);
        put(o + 2 * V::size, c);
      }
      if (o < last) put(o, a);
      if (o + V::size < last) put(o + V::size, b);
      put(last, turn(last));
    }
  }

  // False if the pixels do not fit the vectors.
  template <class V>
  static bool mirror_rows_by(const std::uint8_t* in, std::size_t rows, std::size_t bytes,
                             std::size_t size, std::uint8_t* out) noexcept {
    if (bytes < V::size + 3 * size) return false;
    const auto place = reinterpret_cast<std::uintptr_t>(out);
    if (16 % size == 0 && place % size == 0) {
      mirror_whole<V>(in, rows, bytes, pixel_turns.turns[__builtin_ctzll(size)], out);
      return true;
    }
    if (size == 3) {
      mirror_threes<V, ThreeBytes, 1>(in, rows, bytes, byte_turns, out);
      return true;
    }
    if constexpr (V::size > 16) {
      if (size == 12 && place % 4 == 0) {
        mirror_threes<V, ThreeWords, 4>(in, rows, bytes, word_turns, out);
        return true;
      }
    }
    return false;
  }
#endif

  static void mirror_rows(const std::uint8_t* in, std::size_t rows, std::size_t pixels,
                          std::size_t size, std::uint8_t* out) noexcept {
    const std::size_t bytes = pixels * size;
#if defined(__AVX2__)
    if (mirror_rows_by<Bytes32>(in, rows, bytes, size, out)) return;
#endif
#if defined(__AVX2__) || defined(__aarch64__)
    if (mirror_rows_by<Bytes16>(in, rows, bytes, size, out)) return;
#endif
    for (std::size_t j = 0; j < rows; ++j, in += bytes, out += bytes) {
      if (size == 1) {
        for (std::size_t i = 0; i < pixels; ++i) out[i] = in[pixels - 1 - i];
      } else if (size <= 4) {
        mirror_pixels<4>(in, pixels, size, out);
      } else {
        mirror_pixels<16>(in, pixels, size, out);
      }
    }
  }
};

}  // namespace
