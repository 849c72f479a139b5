#include "zeroskew/detail/utf8.hpp"

#include <string>

#include "support/catch.hpp"

using zeroskew::detail::is_ascii;
using zeroskew::detail::is_utf8;

namespace {

std::string encode(std::uint32_t point) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | (point >> shift & 0x3f)); };
  if (point < 0x80) return {static_cast<char>(point)};
  if (point < 0x800) return {static_cast<char>(0xc0 | point >> 6), tail(0)};
  if (point < 0x10000) return {static_cast<char>(0xe0 | point >> 12), tail(6), tail(0)};
  return {static_cast<char>(0xf0 | point >> 18), tail(12), tail(6), tail(0)};
}

}  // namespace

TEST_CASE("every code point is well-formed but for surrogates, and no part of it is") {
  std::size_t wrong = 0;
  for (std::uint32_t point = 0; point < 0x120000; ++point) {
    const std::string text = encode(point);
    const bool surrogate = point >= 0xd800 && point < 0xe000;
    wrong += is_utf8(text) == (surrogate || point > 0x10ffff);
    if (point < 0x80) continue;
    wrong += is_utf8(std::string_view(text).substr(1));
    wrong += is_utf8(std::string_view(text).substr(0, text.size() - 1));
    wrong += is_ascii(text);
  }
  CHECK(wrong == 0);
}

// Counting says how many strings there are: 1920 code points have two bytes, 61440 three (without
// the surrogates), 1048576 four.
TEST_CASE("exactly the well-formed strings are accepted") {
  std::size_t two = 0, three = 0, four = 0;
  for (unsigned a = 0; a < 256; ++a) {
    for (unsigned b = 0; b < 256; ++b) {
      const char first = static_cast<char>(a), second = static_cast<char>(b);
      two += is_utf8(std::string{first, second});
      for (unsigned c = 0; c < 256; ++c) {
        const char text[] = {first, second, static_cast<char>(c)};
        three += is_utf8({text, 3});
      }
      if (a < 0xf0) continue;
      for (const unsigned c : {0x7fu, 0x80u, 0xbfu, 0xc0u}) {
        for (const unsigned d : {0x7fu, 0x80u, 0xbfu, 0xc0u}) {
          four += is_utf8(std::string{first, second, static_cast<char>(c), static_cast<char>(d)});
        }
      }
    }
  }
  CHECK(two == 128 * 128 + 1920);
  CHECK(three == 128 * 128 * 128 + 2 * 128 * 1920 + 61440);
  CHECK(four == 4 * 1048576 / (64 * 64));
}

TEST_CASE("a wrong byte is found wherever it stands") {
  for (std::size_t size = 1; size < 40; ++size) {
    const std::string ascii(size, 'x');
    CHECK(is_ascii(ascii));
    for (std::size_t at = 0; at < size; ++at) {
      std::string text = ascii;
      text[at] = '\xff';
      CHECK_FALSE(is_ascii(text));
      CHECK_FALSE(is_utf8(text));
      text.replace(at, 1, "\xc3\xa9");
      CHECK_FALSE(is_ascii(text));
      CHECK(is_utf8(text));
    }
  }
  CHECK(is_ascii(""));
  CHECK(is_utf8(""));
  CHECK(is_utf8(std::string_view("\0", 1)));
}
