#pragma once
// Lists of numbers in few bytes: blocks of 128, each as its least value and the rest in as many
// bits as the largest needs.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace zeroskew::detail {

inline constexpr std::size_t pack_block = 128;

inline void put_varint(std::vector<std::uint8_t>& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<std::uint8_t>(value | 0x80));
  out.push_back(static_cast<std::uint8_t>(value));
}

[[nodiscard]] inline std::vector<std::uint8_t> pack(std::span<const std::uint64_t> values) {
  std::vector<std::uint8_t> out;
  for (std::size_t start = 0; start < values.size(); start += pack_block) {
    const auto block = values.subspan(start, std::min(pack_block, values.size() - start));
    const auto [least, most] = std::minmax_element(block.begin(), block.end());
    const auto width = static_cast<unsigned>(std::bit_width(*most - *least));
    put_varint(out, *least);
    out.push_back(static_cast<std::uint8_t>(width));
    const std::size_t base = out.size();
    out.resize(base + (block.size() * width + 7) / 8);
    std::size_t bit = 0;
    for (const std::uint64_t value : block) {
      const std::uint64_t rest = value - *least;
      for (unsigned k = 0; k < width; ++k, ++bit) {
        if (((rest >> k) & 1) != 0) {
          out[base + bit / 8] = static_cast<std::uint8_t>(out[base + bit / 8] | 1u << (bit % 8));
        }
      }
    }
  }
  return out;
}

// The inverse; nothing if the bytes are not what `pack` makes of `count` numbers.
[[nodiscard]] inline std::optional<std::vector<std::uint64_t>> unpack(
    std::span<const std::uint8_t> bytes, std::size_t count) {
  std::vector<std::uint64_t> values;
  std::size_t at = 0;
  // Every block takes two bytes at least: a count that cannot be true allocates nothing.
  if (count / pack_block > bytes.size()) return std::nullopt;
  values.reserve(count);
  while (values.size() < count) {
    std::uint64_t least = 0;
    for (unsigned shift = 0;; shift += 7) {
      if (at >= bytes.size() || shift > 63) return std::nullopt;
      least |= static_cast<std::uint64_t>(bytes[at] & 0x7f) << shift;
      if ((bytes[at++] & 0x80) == 0) break;
    }
    if (at >= bytes.size() || bytes[at] > 64) return std::nullopt;
    const unsigned width = bytes[at++];
    const std::size_t size = std::min(pack_block, count - values.size());
    const std::size_t length = (size * width + 7) / 8;
    if (length > bytes.size() - at) return std::nullopt;
    std::size_t bit = 0;
    for (std::size_t i = 0; i < size; ++i) {
      std::uint64_t rest = 0;
      for (unsigned k = 0; k < width; ++k, ++bit) {
        rest |= static_cast<std::uint64_t>((bytes[at + bit / 8] >> (bit % 8)) & 1) << k;
      }
      values.push_back(least + rest);
    }
    at += length;
  }
  if (at != bytes.size()) return std::nullopt;
  return values;
}

}  // namespace zeroskew::detail
