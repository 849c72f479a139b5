#pragma once
// What a pattern says, as a tree.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "zeroskew/error.hpp"

namespace zeroskew::detail::patterns {

using Range = std::pair<std::uint32_t, std::uint32_t>;  // of code points, both ends included
using Ranges = std::vector<Range>;

inline constexpr std::uint32_t kLastPoint = 0x10ffff;
inline constexpr int kDeepest = 200;
inline constexpr int kMostRepeats = 1'000;

// What a pattern is made of.
struct Part {
  enum class Kind : std::uint8_t { points, sequence, choice, repeat };
  Kind kind = Kind::sequence;
  Ranges points;
  std::vector<Part> parts;
  int least = 0;
  int most = -1;  // no bound
};

inline Ranges sorted(Ranges ranges) {
  std::sort(ranges.begin(), ranges.end());
  Ranges joined;
  for (const Range& range : ranges) {
    if (!joined.empty() && range.first <= joined.back().second + 1) {
      joined.back().second = std::max(joined.back().second, range.second);
    } else {
      joined.push_back(range);
    }
  }
  return joined;
}

inline Ranges complement(const Ranges& ranges) {
  Ranges others;
  std::uint32_t next = 0;
  for (const Range& range : sorted(ranges)) {
    if (range.first > next) others.push_back({next, range.first - 1});
    next = range.second + 1;
  }
  if (next <= kLastPoint) others.push_back({next, kLastPoint});
  return others;
}

inline Ranges any_case(Ranges ranges) {
  const std::size_t count = ranges.size();
  for (std::size_t i = 0; i < count; ++i) {
    for (const auto& [from, to] : {std::pair('a', 'A'), std::pair('A', 'a')}) {
      const auto first = static_cast<std::uint32_t>(from);
      const std::uint32_t low = std::max(ranges[i].first, first);
      const std::uint32_t high = std::min(ranges[i].second, first + 25);
      const std::uint32_t other = static_cast<std::uint32_t>(to);
      if (low <= high) ranges.push_back({low - first + other, high - first + other});
    }
  }
  return ranges;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Part all() {
    if (text_.substr(0, 4) == "(?i)") {
      any_case_ = true;
      at_ = 4;
    }
    if (peek() == '^') ++at_;
    Part part = choice();
    if (at_ < text_.size()) fail("there is no group that this closes");
    return part;
  }

 private:
  [[nodiscard]] char peek() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }
  [[nodiscard]] bool is(char c) const noexcept { return at_ < text_.size() && text_[at_] == c; }
  bool skip(char c) noexcept {
    if (!is(c)) return false;
    ++at_;
    return true;
  }
  [[noreturn]] void fail(const std::string& message) const {
    fail_value("schema.pattern", "character " + std::to_string(at_ + 1),
               message + "\n  " + std::string(text_) + "\n  " + std::string(at_, ' ') + "^");
  }

  Part choice() {
    if (++depth_ > kDeepest) fail("groups are nested more than 200 deep");
    Part part;
    part.kind = Part::Kind::choice;
    do {
      part.parts.push_back(sequence());
    } while (skip('|'));
    --depth_;
    return part;
  }

  Part sequence() {
    Part part;
    skip('^');
    while (at_ < text_.size() && !is('|') && !is(')')) {
      if (is('$') && (at_ + 1 == text_.size() || text_[at_ + 1] == '|' || text_[at_ + 1] == ')')) {
        ++at_;
        break;
      }
      part.parts.push_back(repeated());
    }
    return part;
  }

  Part repeated() {
    Part part = atom();
    for (;;) {
      int least = 0;
      int most = -1;
      if (skip('+')) {
        least = 1;
      } else if (skip('?')) {
        most = 1;
      } else if (is('{')) {
        std::tie(least, most) = counts();
      } else if (!skip('*')) {
        return part;
      }
      skip('?');
      Part repeat;
      repeat.kind = Part::Kind::repeat;
      repeat.least = least;
      repeat.most = most;
      repeat.parts.push_back(std::move(part));
      part = std::move(repeat);
      if (++repeats_ > kMostRepeats) fail("there are too many repetitions");
    }
  }

  std::pair<int, int> counts() {
    skip('{');
    const int least = number();
    int most = least;
    if (skip(',')) most = is('}') ? -1 : number();
    if (!skip('}')) fail("a repetition reads {2}, {2,} or {2,5}; a brace itself is \\{");
    if (most >= 0 && most < least) fail("a repetition's end is below its beginning");
    return {least, most};
  }
  int number() {
    int value = 0;
    const std::size_t begin = at_;
    for (; peek() >= '0' && peek() <= '9'; ++at_) {
      value = value * 10 + (peek() - '0');
      if (value > kMostRepeats) fail("a repetition is of at most 1000 times");
    }
    if (begin == at_) fail("a repetition reads {2}, {2,} or {2,5}; a brace itself is \\{");
    return value;
  }

  Part points(Ranges ranges) const {
    Part part;
    part.kind = Part::Kind::points;
    part.points = sorted(any_case_ ? any_case(std::move(ranges)) : std::move(ranges));
    return part;
  }

  Part atom() {
    switch (peek()) {
      case '(':
        return group();
      case '[':
        return char_class();
      case '.':
        ++at_;
        return points(complement({{'\n', '\n'}}));
      case '*':
      case '+':
      case '?':
      case '{':
        fail("there is nothing to repeat");
      case '^':
      case '$':
        fail("all of a text is matched: ^ stands only in front and $ only at the end");
      case '\\': {
        const auto [ranges, one] = escape();
        (void)one;
        return points(ranges);
      }
      default: {
        const std::uint32_t point = code_point();
        return points({{point, point}});
      }
    }
  }

  Part group() {
    const std::size_t begin = at_++;
    if (skip('?') && !skip(':')) {
      fail("only (?:...) is known, and (?i) in front; there is no lookaround");
    }
    Part part = choice();
    if (!skip(')')) {
      at_ = begin;
      fail("the closing ) is missing");
    }
    return part;
  }

  Part char_class() {
    const std::size_t begin = at_++;
    const bool negated = skip('^');
    Ranges ranges;
    for (bool first = true;; first = false) {
      if (at_ >= text_.size()) {
        at_ = begin;
        fail("the closing ] is missing");
      }
      if (is(']') && !first) break;
      const auto [from, one] = member();
      if (one && is('-') && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
        ++at_;
        const auto [to, single] = member();
        if (!single || to.front().first < from.front().first) {
          fail("the range ends before it begins");
        }
        ranges.push_back({from.front().first, to.front().first});
      } else {
        ranges.insert(ranges.end(), from.begin(), from.end());
      }
    }
    ++at_;
    if (any_case_) ranges = any_case(ranges);
    return points(negated ? complement(ranges) : ranges);
  }

  // Ranges, and whether they are one character.
  std::pair<Ranges, bool> member() {
    if (is('\\')) return escape();
    const std::uint32_t point = code_point();
    return {{{point, point}}, true};
  }

  std::pair<Ranges, bool> escape() {
    ++at_;
    if (at_ >= text_.size()) fail("a backslash stands at the end");
    const char c = text_[at_];
    const auto one = [&](std::uint32_t point) {
      ++at_;
      return std::pair<Ranges, bool>({{point, point}}, true);
    };
    const auto many = [&](Ranges ranges, bool negated) {
      ++at_;
      return std::pair<Ranges, bool>(negated ? complement(ranges) : ranges, false);
    };
    switch (c) {
      case 'd':
      case 'D':
        return many({{'0', '9'}}, c == 'D');
      case 'w':
      case 'W':
        return many({{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}, c == 'W');
      case 's':
      case 'S':
        return many({{'\t', '\r'}, {' ', ' '}}, c == 'S');
      case 't':
        return one('\t');
      case 'n':
        return one('\n');
      case 'r':
        return one('\r');
      case 'f':
        return one('\f');
      case 'v':
        return one('\v');
      case 'x':
        return {{hexadecimal()}, true};
      default:
        break;
    }
    const bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter) fail("this escape is not known; there are no back references");
    const std::uint32_t point = code_point();
    return {{{point, point}}, true};
  }

  Range hexadecimal() {
    ++at_;
    const bool braces = skip('{');
    std::uint32_t value = 0;
    std::size_t digits = 0;
    for (; digits < (braces ? 6U : 2U); ++digits, ++at_) {
      const char c = peek();
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) break;
      value = value * 16 + static_cast<std::uint32_t>(digit);
    }
    if (digits == 0 || (!braces && digits != 2) || (braces && !skip('}')) || value > kLastPoint) {
      fail("a character by its number reads \\x41 or \\x{1F600}");
    }
    return {value, value};
  }

  std::uint32_t code_point() {
    const auto byte = [&](std::size_t i) {
      return i < text_.size() ? static_cast<unsigned char>(text_[i]) : 0U;
    };
    const std::uint32_t lead = byte(at_);
    const std::size_t more = lead < 0x80 ? 0 : lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    std::uint32_t point = more == 0 ? lead : lead & (0x3fU >> more);
    for (std::size_t i = 1; i <= more; ++i) {
      if ((byte(at_ + i) & 0xc0U) != 0x80U) fail("the pattern is not UTF-8");
      point = (point << 6U) | (byte(at_ + i) & 0x3fU);
    }
    if (lead >= 0x80 && (lead < 0xc2 || lead > 0xf4)) fail("the pattern is not UTF-8");
    at_ += more + 1;
    return point;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int repeats_ = 0;
  bool any_case_ = false;
};

}  // namespace zeroskew::detail::patterns
