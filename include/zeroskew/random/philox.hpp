#pragma once
/// Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3",
/// SC 2011): a keyed bijection of 128 bits, so numbered draws need no state.

#include <array>
#include <cstdint>

namespace zeroskew {

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

/// Ten rounds. For a fixed key, different counters give different results.
[[nodiscard]] constexpr PhiloxCounter philox(PhiloxCounter counter, PhiloxKey key) noexcept {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xd2511f53} * counter[0];
    const std::uint64_t b = std::uint64_t{0xcd9e8d57} * counter[2];
    counter = {
        static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
        static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += 0x9e3779b9;
    key[1] += 0xbb67ae85;
  }
  return counter;
}

/// The same on two words of 64 bits each, the low half of a word first.
struct PhiloxBlock {
  std::uint64_t first = 0;
  std::uint64_t second = 0;

  [[nodiscard]] bool operator==(const PhiloxBlock&) const = default;
};
[[nodiscard]] constexpr PhiloxBlock philox(PhiloxBlock counter, std::uint64_t key) noexcept {
  const auto low = [](std::uint64_t x) { return static_cast<std::uint32_t>(x); };
  const auto high = [](std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); };
  const auto join = [](std::uint32_t lo, std::uint32_t hi) {
    return std::uint64_t{lo} | std::uint64_t{hi} << 32;
  };
  const PhiloxCounter r = philox(PhiloxCounter{low(counter.first), high(counter.first),
                                               low(counter.second), high(counter.second)},
                                 PhiloxKey{low(key), high(key)});
  return {join(r[0], r[1]), join(r[2], r[3])};
}

}  // namespace zeroskew
