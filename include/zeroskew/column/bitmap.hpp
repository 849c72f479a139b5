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

namespace detail {

/// How many bits are set in all of the bitmaps, none of which is null.
template <class... Bitmap>
[[nodiscard]] std::int64_t count_common_bits(std::int64_t offset, std::int64_t length,
                                             const Bitmap*... bits) noexcept {
  const auto word_at = [](const std::uint8_t* from) {
    std::uint64_t word;
    std::memcpy(&word, from, sizeof word);
    return word;
  };
  std::int64_t set = 0;
  std::int64_t i = offset;
  const std::int64_t end = offset + length;
  for (; i < end && (i & 7) != 0; ++i) set += (bit_at(bits, i) && ...);
  for (; i + 64 <= end; i += 64) set += std::popcount((word_at(bits + (i >> 3)) & ...));
  for (; i < end; ++i) set += (bit_at(bits, i) && ...);
  return set;
}

}  // namespace detail

/// How many of the `length` bits from `offset` are set; a null bitmap has them all set.
[[nodiscard]] inline std::int64_t count_bits(const std::uint8_t* bits, std::int64_t offset,
                                             std::int64_t length) noexcept {
  return bits == nullptr ? length : detail::count_common_bits(offset, length, bits);
}

/// How many are set in both bitmaps.
[[nodiscard]] inline std::int64_t count_bits(const std::uint8_t* bits, const std::uint8_t* others,
                                             std::int64_t offset, std::int64_t length) noexcept {
  if (bits == nullptr) return count_bits(others, offset, length);
  if (others == nullptr) return count_bits(bits, offset, length);
  return detail::count_common_bits(offset, length, bits, others);
}

}  // namespace zeroskew
