#pragma once
/// Hexadecimal digits, lower case.

#include <cstdint>
#include <span>
#include <string>

namespace zeroskew::detail {

[[nodiscard]] inline std::string hex(std::span<const std::uint8_t> bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text.push_back(digits[byte >> 4]);
    text.push_back(digits[byte & 15]);
  }
  return text;
}

/// Sixteen digits, most significant first.
[[nodiscard]] inline std::string hex(std::uint64_t word) {
  std::uint8_t bytes[8];
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<std::uint8_t>(word >> (56 - 8 * i));
  return hex(std::span<const std::uint8_t>(bytes));
}

}  // namespace zeroskew::detail
