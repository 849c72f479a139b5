#include "schema/proto/pbtxt_lexer.hpp"

#include "schema/proto/text_codec.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::detail {
namespace {

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
bool is_name_start(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_name(char c) noexcept {
  return is_name_start(c) || is_digit(c);
}

int digit_value(char c) noexcept {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

}  // namespace

Lexer::Lexer(std::string_view document) : document_(document) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (document_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
  advance();
}

bool Lexer::sees(char symbol) const noexcept {
  return token_.kind == Token::Kind::symbol && token_.spelt.front() == symbol;
}

Token Lexer::next() {
  const Token token = token_;
  advance();
  return token;
}

bool Lexer::accept(char symbol) {
  if (!sees(symbol)) return false;
  advance();
  return true;
}

void Lexer::expect(char symbol) {
  if (!accept(symbol)) fail_here(std::string("'") + symbol + "'");
}

void Lexer::fail(std::size_t at, std::string_view message) const {
  fail_value("schema.text_syntax", position(at), message);
}

void Lexer::fail_here(std::string_view wanted) const {
  const std::string found =
      token_.kind == Token::Kind::end ? "the end of the text" : "'" + shown(token_.spelt) + "'";
  fail(token_.at, "found " + found + " where " + std::string(wanted) + " should stand");
}

std::string Lexer::position(std::size_t at) const {
  std::size_t line = 1;
  std::size_t column = 1;
  for (std::size_t i = 0; i < at && i < document_.size(); ++i) {
    if (document_[i] == '\n') {
      ++line;
      column = 1;
    } else if ((static_cast<unsigned char>(document_[i]) & 0xC0U) != 0x80U) {
      ++column;  // once per character, not per byte
    }
  }
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

void Lexer::skip_blank() {
  while (at_ < document_.size()) {
    const char c = document_[at_];
    if (c == '#') {
      while (at_ < document_.size() && document_[at_] != '\n') ++at_;
    } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
      ++at_;
    } else {
      return;
    }
  }
}

void Lexer::advance() {
  skip_blank();
  token_ = Token{Token::Kind::end, at_, {}};
  if (at_ == document_.size()) return;
  const char c = document_[at_];
  const bool fraction = c == '.' && at_ + 1 < document_.size() && is_digit(document_[at_ + 1]);
  if (is_name_start(c)) {
    token_.kind = Token::Kind::name;
    while (at_ < document_.size() && is_name(document_[at_])) ++at_;
  } else if (is_digit(c) || fraction) {
    read_number();
  } else if (c == '"' || c == '\'') {
    read_text();
  } else if (std::string_view("{}<>[]:,;-./").find(c) != std::string_view::npos) {
    token_.kind = Token::Kind::symbol;
    ++at_;
  } else {
    fail(at_, "this character has no meaning here");
  }
  token_.spelt = document_.substr(token_.at, at_ - token_.at);
}

void Lexer::read_number() {
  const auto is = [&](std::string_view any) {
    return at_ < document_.size() && any.find(document_[at_]) != std::string_view::npos;
  };
  const auto skip_digits = [&] {
    while (at_ < document_.size() && is_digit(document_[at_])) ++at_;
  };
  token_.kind = Token::Kind::integer;
  const bool zero = document_[at_] == '0';
  if (zero && at_ + 1 < document_.size() && (document_[at_ + 1] | 0x20) == 'x') {
    at_ += 2;
    while (at_ < document_.size() && digit_value(document_[at_]) < 16) ++at_;
  } else {
    skip_digits();
    if (is(".")) {
      token_.kind = Token::Kind::real;
      ++at_;
      skip_digits();
    }
    if (is("eE")) {
      token_.kind = Token::Kind::real;
      ++at_;
      if (is("+-")) ++at_;
      if (!is("0123456789")) fail(token_.at, "a number's exponent has no digits");
      skip_digits();
    }
    if (is("fF")) {
      token_.kind = Token::Kind::real;
      ++at_;
    }
  }
  if (at_ < document_.size() && (is_name(document_[at_]) || document_[at_] == '.')) {
    fail(token_.at, "a number is followed by other characters: put a space between");
  }
}

void Lexer::read_text() {
  token_.kind = Token::Kind::text;
  const char quote = document_[at_++];
  for (; at_ < document_.size() && document_[at_] != '\n'; ++at_) {
    if (document_[at_] == quote) {
      ++at_;
      return;
    }
    if (document_[at_] == '\\' && at_ + 1 < document_.size() && document_[at_ + 1] != '\n') ++at_;
  }
  fail(token_.at, std::string("the text does not end on its line: close it with ") + quote);
}

// Up to `most` digits from `i` on; `i` ends behind them.
unsigned long Lexer::digits(const Token& token, std::size_t& i, int base, std::size_t most) const {
  unsigned long value = 0;
  const std::size_t start = i;
  while (i - start < most && digit_value(token.spelt[i]) < base) {
    value = value * static_cast<unsigned long>(base) +
            static_cast<unsigned long>(digit_value(token.spelt[i++]));
  }
  if (i == start) fail(token.at + i, "an escape needs digits here");
  return value;
}

// After \u (four digits) or \U (eight); two surrogates make one code point.
void Lexer::append_code_point(const Token& token, std::size_t& i, std::string& bytes) const {
  const std::size_t at = i;
  const auto read = [&](std::size_t count) {
    const std::size_t start = i;
    const unsigned long value = digits(token, i, 16, count);
    if (i - start != count) fail(token.at + start, "a Unicode escape has too few digits");
    return value;
  };
  unsigned long code = read(token.spelt[i - 1] == 'u' ? 4 : 8);
  const bool high = code >= 0xD800 && code <= 0xDBFF;
  if (high && token.spelt.substr(i, 2) == "\\u") {
    i += 2;
    const unsigned long low = read(4);
    if (low < 0xDC00 || low > 0xDFFF) fail(token.at + at, "a surrogate stands alone");
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }
  if (!append_utf8(bytes, code)) fail(token.at + at, "this is no Unicode character");
}

std::string Lexer::unquote(const Token& token) const {
  constexpr std::string_view kLetters = "abfnrtv?\\'\"";
  constexpr std::string_view kBytes = "\a\b\f\n\r\t\v?\\'\"";
  std::string bytes;
  for (std::size_t i = 1; i + 1 < token.spelt.size();) {
    const char c = token.spelt[i++];
    if (c != '\\') {
      bytes += c;
      continue;
    }
    const char escape = token.spelt[i];
    if (const std::size_t k = kLetters.find(escape); k != std::string_view::npos) {
      bytes += kBytes[k];
      ++i;
    } else if (is_digit(escape)) {
      const std::size_t at = i;
      const unsigned long value = digits(token, i, 8, 3);
      if (value > 0xFF) fail(token.at + at, "an octal escape is above \\377");
      bytes += static_cast<char>(value);
    } else if (escape == 'x' || escape == 'X') {
      bytes += static_cast<char>(digits(token, ++i, 16, 2));
    } else if (escape == 'u' || escape == 'U') {
      append_code_point(token, ++i, bytes);
    } else {
      fail(token.at + i, "unknown escape: write \\\\ for a backslash");
    }
  }
  return bytes;
}

}  // namespace zeroskew::detail
