#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "schema/proto/pbtxt.hpp"
#include "schema/proto/pbtxt_lexer.hpp"
#include "schema/proto/text_codec.hpp"
#include "zeroskew/detail/utf8.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::detail {
namespace {

using Kind = Token::Kind;

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

class TextReader {
 public:
  explicit TextReader(std::string_view text) : lexer_(text) {}

  FieldTree document(const MessageDescriptor& type) { return fields(type, '\0', 0); }

 private:
  // Fields up to the closing symbol; '\0' is the end of the text.
  FieldTree fields(const MessageDescriptor& type, char close, int depth) {
    if (depth > kDeepest) lexer_.fail(lexer_.peek().at, "messages are nested too deeply");
    FieldTree tree;
    while (close == '\0' ? lexer_.peek().kind != Kind::end : !lexer_.sees(close)) {
      read_field(tree, type, depth);
      if (!lexer_.accept(',')) lexer_.accept(';');
    }
    normalise(tree, type, lexer_);
    if (close != '\0') lexer_.expect(close);
    return tree;
  }

  void read_field(FieldTree& tree, const MessageDescriptor& type, int depth) {
    if (lexer_.sees('[')) {
      read_any(tree, type, depth);
      return;
    }
    if (lexer_.peek().kind != Kind::name) lexer_.fail_here("a field name");
    const FieldDescriptor* field = find_field(type, lexer_.peek().spelt);
    if (field == nullptr) fail_unknown_field(lexer_, type, lexer_.peek().spelt);
    lexer_.next();
    const bool colon = lexer_.accept(':');
    if (!colon && field->kind != FieldKind::message) lexer_.fail_here("':'");
    if (!field->repeated || !lexer_.accept('[')) {
      read_value(tree, type, *field, depth);
      return;
    }
    if (lexer_.accept(']')) return;
    do {
      read_value(tree, type, *field, depth);
    } while (lexer_.accept(','));
    lexer_.expect(']');
  }

  void read_value(FieldTree& tree, const MessageDescriptor& type, const FieldDescriptor& field,
                  int depth) {
    FieldValue value = this->value(field, depth);
    put(tree, type, field, std::move(value), lexer_);
  }

  // [type.googleapis.com/full.name] { ... }
  void read_any(FieldTree& tree, const MessageDescriptor& type, int depth) {
    if (type.form != MessageForm::any) lexer_.fail_here("a field name");
    lexer_.expect('[');
    std::string url;
    while (!lexer_.sees(']')) {
      const bool part = lexer_.peek().kind == Kind::name || lexer_.sees('.') || lexer_.sees('/') ||
                        lexer_.sees('-');
      if (!part) lexer_.fail_here("']'");
      url += lexer_.next().spelt;
    }
    const MessageDescriptor* inner = any_type(url);
    if (inner == nullptr) {
      fail_value("schema.unknown_type", lexer_.text(),
                 "the type '" + url + "' is not known: give it as type_url and value");
    }
    lexer_.expect(']');
    lexer_.accept(':');
    put(tree, type, type.fields[0], std::move(url), lexer_);
    put(tree, type, type.fields[1], message(*inner, depth), lexer_);
  }

  FieldTree message(const MessageDescriptor& type, int depth) {
    if (lexer_.accept('<')) return fields(type, '>', depth + 1);
    lexer_.expect('{');
    return fields(type, '}', depth + 1);
  }

  FieldValue value(const FieldDescriptor& field, int depth) {
    switch (field.kind) {
      case FieldKind::message:
        return message(message_of(field), depth);
      case FieldKind::string:
      case FieldKind::bytes:
        return text(field);
      case FieldKind::boolean:
        return boolean();
      case FieldKind::float32:
      case FieldKind::float64:
        return number(field);
      case FieldKind::enumeration:
        return enumeration(field);
      case FieldKind::int64:
      case FieldKind::uint32:
      case FieldKind::uint64:
        break;
    }
    const bool negative = lexer_.accept('-');
    const std::uint64_t size = magnitude();
    FieldValue result = integer(field, negative, size, lexer_);
    lexer_.next();
    return result;
  }

  // The integer token that is next; it stays, so that errors about it point at it.
  std::uint64_t magnitude() const {
    if (lexer_.peek().kind != Kind::integer) lexer_.fail_here("an integer");
    const std::string_view spelt = lexer_.peek().spelt;
    std::uint64_t base = 10;
    std::size_t i = 0;
    if (spelt.size() > 1 && spelt[0] == '0') {
      base = (spelt[1] | 0x20) == 'x' ? 16 : 8;
      i = base == 16 ? 2 : 1;
    }
    if (i == spelt.size()) lexer_.fail_here("an integer");
    std::uint64_t value = 0;
    for (; i < spelt.size(); ++i) {
      const char c = spelt[i];
      const auto digit = static_cast<std::uint64_t>(c <= '9' ? c - '0' : ((c | 0x20) - 'a') + 10);
      if (digit >= base) lexer_.fail_here("an octal integer");
      if (value > (std::numeric_limits<std::uint64_t>::max() - digit) / base) {
        lexer_.fail_here("an integer of at most 64 bits");
      }
      value = value * base + digit;
    }
    return value;
  }

  FieldValue number(const FieldDescriptor& field) {
    const bool negative = lexer_.accept('-');
    const Token& token = lexer_.peek();
    double value = 0.0;
    if (token.kind == Kind::name) {
      const std::string word = lower_case(token.spelt);
      if (word == "inf" || word == "infinity" || word == "inff" || word == "infinityf") {
        value = std::numeric_limits<double>::infinity();
      } else if (word == "nan" || word == "nanf") {
        value = std::numeric_limits<double>::quiet_NaN();
      } else {
        lexer_.fail_here("a number");
      }
    } else if (token.kind == Kind::integer || token.kind == Kind::real) {
      std::string_view spelt = token.spelt;
      if (token.kind == Kind::integer && spelt.size() > 1 && spelt[0] == '0') {
        lexer_.fail_here("a decimal number");
      }
      if ((spelt.back() | 0x20) == 'f') spelt.remove_suffix(1);
      const std::optional<double> parsed = parse_number(spelt);
      if (!parsed) lexer_.fail_here("a number");
      value = *parsed;
    } else {
      lexer_.fail_here("a number");
    }
    FieldValue result = real(field, negative ? -value : value, lexer_);
    lexer_.next();
    return result;
  }

  FieldValue boolean() {
    const std::string_view spelt = lexer_.peek().spelt;
    const bool yes = spelt == "true" || spelt == "True" || spelt == "t" || spelt == "1";
    const bool no = spelt == "false" || spelt == "False" || spelt == "f" || spelt == "0";
    if (!yes && !no) lexer_.fail_here("true or false");
    lexer_.next();
    return yes;
  }

  FieldValue enumeration(const FieldDescriptor& field) {
    FieldValue result;
    if (lexer_.peek().kind == Kind::name) {
      result = enum_from_name(enum_of(field), lexer_.peek().spelt, lexer_);
    } else {
      const bool negative = lexer_.accept('-');
      const std::uint64_t size = magnitude();
      if (size > std::numeric_limits<std::uint32_t>::max()) lexer_.fail_here("an enumeration");
      const auto number = static_cast<std::int64_t>(size);
      result = enum_from_number(enum_of(field), negative ? -number : number, lexer_);
    }
    lexer_.next();
    return result;
  }

  FieldValue text(const FieldDescriptor& field) {
    if (lexer_.peek().kind != Kind::text) lexer_.fail_here("text in quotes");
    const std::size_t at = lexer_.peek().at;
    std::string bytes;
    while (lexer_.peek().kind == Kind::text) bytes += lexer_.unquote(lexer_.next());
    if (field.kind == FieldKind::string && !is_utf8(bytes)) {
      lexer_.fail(at, "the text is not valid UTF-8");
    }
    return bytes;
  }

  Lexer lexer_;
};

}  // namespace

FieldTree read_pbtxt(const MessageDescriptor& message, std::string_view text) {
  return TextReader(text).document(message);
}

}  // namespace zeroskew::detail
