#pragma once
// The words of an expression.

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/expression/node.hpp"

namespace zeroskew::detail::words {

inline constexpr std::array<std::string_view, 13> kKeywords = {
    "and",    "or",      "not",  "in",    "is",   "null",     "between",
    "within", "matches", "true", "false", "date", "timestamp"};

enum class Kind : std::uint8_t { end, name, quoted_name, keyword, integer, number, text, symbol };

struct Token {
  Kind kind = Kind::end;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;  // of a text or quoted name: what it stands for
};

inline bool is_name_start(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
inline bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<Token> all() {
    std::vector<Token> tokens;
    do {
      tokens.push_back(next());
    } while (tokens.back().kind != Kind::end);
    return tokens;
  }

 private:
  [[nodiscard]] char at(std::size_t i) const noexcept { return i < text_.size() ? text_[i] : '\0'; }

  Token next() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != text_.npos) ++at_;
    Token token;
    token.begin = at_;
    if (at_ < text_.size()) {
      scan(token);
    }
    token.end = at_;
    if (token.text.empty() && token.kind != Kind::text) {
      token.text = text_.substr(token.begin, token.end - token.begin);
    }
    return token;
  }

  void scan(Token& token) {
    const char c = text_[at_];
    if (is_name_start(c)) {
      while (is_name_start(at(at_)) || is_digit(at(at_))) ++at_;
      const std::string_view word = text_.substr(token.begin, at_ - token.begin);
      const bool keyword = std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end();
      token.kind = keyword ? Kind::keyword : Kind::name;
    } else if (is_digit(c) || (c == '.' && is_digit(at(at_ + 1)))) {
      number(token);
    } else if (c == '"' || c == '\'' || c == '`') {
      quoted(token, c);
    } else {
      token.kind = Kind::symbol;
      static constexpr std::array<std::string_view, 5> twins = {"==", "!=", "<=", ">=", "=>"};
      const bool twin = std::find(twins.begin(), twins.end(), text_.substr(at_, 2)) != twins.end();
      at_ += twin ? 2 : 1;
      if (!twin && std::string_view("<>+-*/%(),.[]").find(c) == std::string_view::npos) {
        const std::string hint = c == '=' ? " (equality is '==')" : "";
        fail_expression("schema.expression_syntax", text_, token.begin, at_,
                        "this character has no meaning here" + hint);
      }
    }
  }

  void number(Token& token) {
    token.kind = Kind::integer;
    while (is_digit(at(at_))) ++at_;
    if (at(at_) == '.' && is_digit(at(at_ + 1))) {
      token.kind = Kind::number;
      ++at_;
      while (is_digit(at(at_))) ++at_;
    }
    const std::size_t sign = at(at_ + 1) == '+' || at(at_ + 1) == '-' ? 2 : 1;
    if ((at(at_) == 'e' || at(at_) == 'E') && is_digit(at(at_ + sign))) {
      token.kind = Kind::number;
      at_ += sign;
      while (is_digit(at(at_))) ++at_;
    }
    if (is_name_start(at(at_))) {
      fail_expression("schema.expression_syntax", text_, token.begin, at_ + 1,
                      "a number ends where a name begins");
    }
  }

  // A quote within is doubled; a backslash in a text escapes a quote, a backslash, n and t.
  void quoted(Token& token, char quote) {
    token.kind = quote == '`' ? Kind::quoted_name : Kind::text;
    for (++at_;; ++at_) {
      if (at_ >= text_.size()) {
        fail_expression("schema.expression_syntax", text_, token.begin, at_,
                        std::string("the closing ") + quote + " is missing");
      }
      char c = text_[at_];
      if (c == quote) {
        if (at(at_ + 1) != quote) break;
        ++at_;
      } else if (c == '\\' && quote != '`') {
        const char escaped = at(at_ + 1);
        if (std::string_view("\\\"'").find(escaped) != std::string_view::npos && escaped != '\0') {
          c = escaped;
          ++at_;
        } else if (escaped == 'n' || escaped == 't') {
          // Other backslashes stay: they belong to a regular expression.
          c = escaped == 'n' ? '\n' : '\t';
          ++at_;
        }
      }
      token.text += c;
    }
    ++at_;
    if (quote == '`' && token.text.empty()) {
      fail_expression("schema.expression_syntax", text_, token.begin, at_, "a name is empty");
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// The comparison that a word is, if it is one.
inline std::optional<Op> comparison_of(const Token& token) {
  if (token.kind != Kind::symbol) return std::nullopt;
  if (token.text == "==") return Op::equal;
  if (token.text == "!=") return Op::unequal;
  if (token.text == "<") return Op::less;
  if (token.text == "<=") return Op::at_most;
  if (token.text == ">") return Op::greater;
  if (token.text == ">=") return Op::at_least;
  return std::nullopt;
}

}  // namespace zeroskew::detail::words
