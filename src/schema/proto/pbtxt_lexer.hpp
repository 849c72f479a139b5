#pragma once
// Tokens of the protobuf text format.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "schema/proto/tree.hpp"

namespace zeroskew::detail {

struct Token {
  enum class Kind : std::uint8_t { end, name, integer, real, text, symbol };

  Kind kind = Kind::end;
  std::size_t at = 0;      // offset of its first byte
  std::string_view spelt;  // as it stands in the document; text: with its quotes
};

// One token of look-ahead over a document. As a place, it is where that token starts.
class Lexer : public Place {
 public:
  explicit Lexer(std::string_view document);

  [[nodiscard]] const Token& peek() const noexcept { return token_; }
  [[nodiscard]] bool sees(char symbol) const noexcept;
  Token next();
  // Takes the symbol when it is next.
  bool accept(char symbol);
  void expect(char symbol);
  // The bytes of a text token: its escapes resolved.
  [[nodiscard]] std::string unquote(const Token& token) const;

  [[nodiscard]] std::string text() const override { return position(token_.at); }
  [[noreturn]] void fail(std::size_t at, std::string_view message) const;
  [[noreturn]] void fail_here(std::string_view wanted) const;

 private:
  [[nodiscard]] std::string position(std::size_t at) const;
  void advance();
  void skip_blank();
  void read_number();
  void read_text();
  [[nodiscard]] unsigned long digits(const Token& token, std::size_t& i, int base,
                                     std::size_t most) const;
  void append_code_point(const Token& token, std::size_t& i, std::string& bytes) const;

  std::string_view document_;
  std::size_t at_ = 0;
  Token token_;
};

}  // namespace zeroskew::detail
