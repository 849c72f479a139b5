#pragma once
/// Stable 64-bit hashes: the same value on every machine, for ever (golden values are tested).

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "zeroskew/detail/wide.hpp"

namespace zeroskew::detail {

/// A bijection of 64-bit words with full avalanche (the finaliser of SplitMix64: Steele, Lea,
/// Flood, OOPSLA 2014): different words never collide.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x) noexcept {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

namespace hashing {

inline constexpr std::uint64_t key0 = 0x243f6a8885a308d3u;  // digits of pi
inline constexpr std::uint64_t key1 = 0x13198a2e03707344u;
inline constexpr std::uint64_t key2 = 0xa4093822299f31d0u;

/// Little-endian words, whatever the machine's order.
template <class Word>
[[nodiscard]] inline std::uint64_t load(const char* p) noexcept {
  if constexpr (std::endian::native == std::endian::little) {
    Word word;
    std::memcpy(&word, p, sizeof word);
    return word;
  } else {
    std::uint64_t word = 0;
    for (unsigned i = 0; i < sizeof(Word); ++i) {
      word |= static_cast<std::uint64_t>(static_cast<unsigned char>(p[i])) << (8 * i);
    }
    return word;
  }
}

/// The first `n` bytes, 8 at the most, as a little-endian number; reads nothing past them.
[[nodiscard]] inline std::uint64_t load_tail(const char* p, std::size_t n) noexcept {
  if (n >= 8) return load<std::uint64_t>(p);
  if (n >= 4) {
    return load<std::uint32_t>(p) | load<std::uint32_t>(p + n - 4) << (8 * (n - 4));
  }
  if (n == 0) return 0;
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint64_t>(static_cast<unsigned char>(p[i])) << (8 * i);
  };
  return byte(0) | byte(n / 2) | byte(n - 1);
}

/// The same without a branch on `n`, which is hard to foresee. @pre 8 bytes may be read
[[nodiscard]] inline std::uint64_t load_masked(const char* p, std::size_t n) noexcept {
  const std::uint64_t used = n == 0 ? 0 : ~std::uint64_t{0} >> (8 * (n < 8 ? 8 - n : 0));
  return load<std::uint64_t>(p) & used;
}

[[nodiscard]] constexpr std::uint64_t fold(std::uint64_t a, std::uint64_t b) noexcept {
  const Wide product = multiply_wide(a, b);
  return product.hi ^ product.lo;
}

/// `tail(p, n)`: the last bytes, 16 at the most, as two words.
template <class Tail>
[[nodiscard]] inline std::uint64_t hash(std::string_view text, const Tail& tail) noexcept {
  const char* p = text.data();
  std::size_t left = text.size();
  std::uint64_t state = key0 ^ left * 0x9e3779b97f4a7c15u;
  while (left > 16) {
    state = fold(load<std::uint64_t>(p) ^ key1, load<std::uint64_t>(p + 8) ^ state);
    p += 16;
    left -= 16;
  }
  const Wide last = tail(p, left);
  return mix(fold(last.lo ^ key1, last.hi ^ state ^ key2) ^ state);
}

}  // namespace hashing

/// Hash of a byte string: 16 bytes a step through a folded 128-bit product, length mixed in.
/// Not for adversaries: who wants collisions can make them.
[[nodiscard]] inline std::uint64_t hash_bytes(std::string_view text) noexcept {
  return hashing::hash(text, [](const char* p, std::size_t n) {
    return Wide{n > 8 ? hashing::load_tail(p + 8, n - 8) : 0, hashing::load_tail(p, n)};
  });
}

/// The same hash, faster for short strings of many lengths. @pre 16 bytes may be read after the
/// last one of the text
[[nodiscard]] inline std::uint64_t hash_roomy_bytes(std::string_view text) noexcept {
  return hashing::hash(text, [](const char* p, std::size_t n) {
    return Wide{hashing::load_masked(p + 8, n > 8 ? n - 8 : 0), hashing::load_masked(p, n)};
  });
}

}  // namespace zeroskew::detail
