#pragma once
/// Words of a text, and n-grams of them.

#include <cstddef>
#include <string>
#include <string_view>

namespace zeroskew::steps {

/// Letters and digits of ASCII, the underscore, and every byte of other characters.
[[nodiscard]] constexpr bool is_word_byte(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
[[nodiscard]] constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
/// Bytes of the character that starts at `at`; stray bytes count as characters.
[[nodiscard]] constexpr std::size_t character_size(std::string_view text, std::size_t at) noexcept {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) ++end;
  return end - at;
}
[[nodiscard]] constexpr std::size_t characters(std::string_view text) noexcept {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += character_size(text, at)) ++count;
  return count;
}

/// Calls f(word) for each run of word bytes with at least `least` characters.
template <class F>
void each_word(std::string_view text, std::size_t least, F&& f) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word_byte(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_word_byte(text[end])) ++end;
    const std::string_view word = text.substr(at, end - at);
    if (characters(word) >= least) f(word);
    at = end;
  }
}

}  // namespace zeroskew::steps
