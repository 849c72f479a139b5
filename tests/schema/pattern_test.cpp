// Regular expressions: what they match, and that nothing makes them slow.
#include "zeroskew/schema/pattern.hpp"

#include <chrono>
#include <string>

#include "support/catch.hpp"
#include "zeroskew/error.hpp"

using namespace zeroskew;

namespace {

bool matches(const char* pattern, std::string_view text) {
  return Pattern(pattern).matches(text);
}

}  // namespace

TEST_CASE("all of a text must match") {
  CHECK(matches("abc", "abc"));
  CHECK_FALSE(matches("abc", "abcd"));
  CHECK_FALSE(matches("abc", "xabc"));
  CHECK(matches("", ""));
  CHECK_FALSE(matches("", "a"));
  CHECK(matches("^abc$", "abc"));
  CHECK(matches("a|^b$|c", "b"));
}

TEST_CASE("repetitions") {
  CHECK(matches("a*", ""));
  CHECK(matches("a+b?", "aaab"));
  CHECK_FALSE(matches("a+", ""));
  CHECK(matches("a{2}", "aa"));
  CHECK_FALSE(matches("a{2}", "aaa"));
  CHECK(matches("a{2,}", "aaaa"));
  CHECK(matches("(ab){1,2}", "abab"));
  CHECK_FALSE(matches("(ab){1,2}", "ababab"));
  CHECK(matches("a{0}b", "b"));
  CHECK(matches("(a*)*b", "aaab"));
  CHECK(matches("(a*)+?b", "b"));
  CHECK(matches("(|a)+", "aa"));
}

TEST_CASE("classes and escapes") {
  CHECK(matches("[a-c]+", "abc"));
  CHECK_FALSE(matches("[^a-c]", "b"));
  CHECK(matches("[]x]", "]"));
  CHECK(matches("[a-]", "-"));
  CHECK(matches("\\d{4}-\\d{2}", "2024-01"));
  CHECK(matches("[\\w.]+@[\\w.]+", "a.b@c.d"));
  CHECK(matches("\\W\\S\\D", " xy"));
  CHECK(matches("\\.\\*\\\\\\[", ".*\\["));
  CHECK(matches("\\x41\\x{1F600}", "A\xF0\x9F\x98\x80"));
  CHECK(matches(".", "\xC3\xA9"));
  CHECK_FALSE(matches(".", "\n"));
  CHECK_FALSE(matches(".", "\xFF"));
  CHECK_FALSE(matches("[^a]", "\xED\xA0\x80"));  // a surrogate is no character
  CHECK(matches("[\xC3\xA0-\xC3\xBF]+", "\xC3\xA9\xC3\xA8"));
  CHECK(matches("[a\xE2\x82\xAC]+", "\xE2\x82\xAC\x61"));
  CHECK(matches("(?i)abc[x-z]", "AbCY"));
  CHECK_FALSE(matches("(?i)[^a]", "A"));
}

TEST_CASE("every code point is in exactly one half of a class and its complement") {
  const Pattern low("[\\x{0}-\\x{7F}\\x{500}-\\x{FFFF}]");
  const Pattern high("[^\\x{0}-\\x{7F}\\x{500}-\\x{FFFF}]");
  Pattern::Matcher a(low);
  Pattern::Matcher b(high);
  std::size_t wrong = 0;
  for (std::uint32_t point = 0; point <= 0x10ffff; ++point) {
    if (point >= 0xd800 && point < 0xe000) continue;
    std::string text;
    const auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (point < 0x80) {
      put(point);
    } else if (point < 0x800) {
      put(0xc0 | point >> 6);
      put(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
      put(0xe0 | point >> 12);
      put(0x80 | (point >> 6 & 0x3f));
      put(0x80 | (point & 0x3f));
    } else {
      put(0xf0 | point >> 18);
      put(0x80 | (point >> 12 & 0x3f));
      put(0x80 | (point >> 6 & 0x3f));
      put(0x80 | (point & 0x3f));
    }
    const bool in = point < 0x80 || (point >= 0x500 && point <= 0xffff);
    if (a.matches(text) != in || b.matches(text) == in) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("wrong patterns point at the character") {
  for (const char* wrong :
       {"(",      ")",       "a)",   "[",           "[]",   "[b-a]", "*",        "a{2",
        "a{3,2}", "a{1001}", "\\",   "\\q",         "\\1",  "(?=a)", "(?P<n>a)", "a^b",
        "a$b",    "\\x4",    "\\x{", "\\x{110000}", "\xFF", "{"}) {
    INFO(wrong);
    CHECK_THROWS_AS(Pattern(wrong), Error);
  }
  try {
    const Pattern pattern("ab[c");
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.id() == "schema.pattern");
    CHECK(error.where() == "character 3");
  }
}

TEST_CASE("hostile patterns and texts cost little") {
  const auto start = std::chrono::steady_clock::now();
  CHECK_FALSE(matches("(a+)+b", std::string(100'000, 'a')));
  CHECK_FALSE(matches("(a|a)*(a|a)*(a|a)*b", std::string(100'000, 'a')));
  CHECK_FALSE(matches("(x+x+)+y", std::string(100'000, 'x')));
  // More subset states than a matcher remembers.
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += (i * 7919 >> 3 & 1) != 0 ? 'a' : 'b';
  (void)matches("(a|b)*a(a|b){14}", text);
  CHECK_THROWS_AS(Pattern("((a{1000}){1000}){1000}"), Error);
  CHECK_THROWS_AS(Pattern("(((((){1000}){1000}){1000}){1000})"), Error);
  CHECK_THROWS_AS(Pattern(std::string(5'000, '(')), Error);
  CHECK_THROWS_AS(Pattern("a" + std::string(5'000, '*')), Error);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  CHECK(taken.count() < 20.0);
}
