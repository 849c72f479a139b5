#pragma once
/// Arrow bitmaps: one bit a cell, least significant bit first.

#include <bit>
#include <cstdint>
#include <cstring>

namespace zeroskew {

/// The bit at `index`; a null bitmap means that every bit is set.
[[nodiscard]] inline bool bit_at(const std::uint8_t* bits, std::int64_t index) noexcept {
  return bits == nullptr || ((bits[index >> 3] >> (index & 7)) & 1) != 0;
}

/// How many of the `length` bits from `offset` are set; a null bitmap has them all set.
[[nodiscard]] inline std::int64_t count_bits(const std::uint8_t* bits, std::int64_t offset,
                                             std::int64_t length) noexcept {
  if (bits == nullptr) return length;
  std::int64_t set = 0;
  std::int64_t i = offset;
  const std::int64_t end = offset + length;
  for (; i < end && (i & 7) != 0; ++i) set += bit_at(bits, i);
  for (; i + 64 <= end; i += 64) {
    std::uint64_t word;
    std::memcpy(&word, bits + (i >> 3), sizeof word);
    set += std::popcount(word);
  }
  for (; i < end; ++i) set += bit_at(bits, i);
  return set;
}

}  // namespace zeroskew
