// From the text of a formula to its tree.

#include <algorithm>
#include <charconv>

#include "transform/formula.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::formula {
namespace {

using Node = Formula::Node;
using Form = FormulaValue::Form;

struct Function {
  const char* name;
  Operation operation;
  std::size_t least;
  std::size_t most;
};
constexpr std::size_t any_number = 1000;
constexpr Function functions[] = {{"abs", op_abs, 1, 1},
                                  {"sqrt", op_sqrt, 1, 1},
                                  {"exp", op_exp, 1, 1},
                                  {"log", op_log, 1, 1},
                                  {"log1p", op_log1p, 1, 1},
                                  {"floor", op_floor, 1, 1},
                                  {"ceil", op_ceil, 1, 1},
                                  {"round", op_round, 1, 1},
                                  {"min", op_min, 1, any_number},
                                  {"max", op_max, 1, any_number},
                                  {"if", op_if, 3, 3},
                                  {"coalesce", op_coalesce, 1, any_number},
                                  {"is_nan", op_is_nan, 1, 1},
                                  {"length", op_length, 1, 1}};

// Formulas come from files: both bound the depth of the recursion.
constexpr std::size_t deepest = 200;
constexpr std::size_t longest = 4096;

bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

struct Token {
  enum class Kind : std::uint8_t { end, number, text, name, quoted_name, sign };
  Kind kind = Kind::end;
  std::string text;
  double number = 0.0;
  std::int64_t integer = 0;
  bool is_integer = false;
  std::size_t at = 0;
};

class Reader {
 public:
  explicit Reader(const std::string& text) : text_(text) {
    if (text.size() > longest) {
      fail_value("transform.formula", text.substr(0, 40) + "...",
                 "a formula has at most 4096 bytes");
    }
    next();
  }

  Node read() {
    Node node = read_or();
    if (token_.kind != Token::Kind::end) fail("'" + token_.text + "' comes too much");
    return node;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    fail_value("transform.formula", text_, what + " at character " + std::to_string(token_.at + 1));
  }

  void next() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) {
      ++at_;
    }
    token_ = {};
    token_.at = at_;
    if (at_ == text_.size()) {
      token_.text = "the end";
      return;
    }
    const char c = text_[at_];
    if (is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) {
      return read_number();
    }
    if (c == '\'' || c == '"' || c == '`') return read_quoted(c);
    if (is_letter(c)) {
      while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) {
        token_.text += text_[at_++];
      }
      token_.kind = Token::Kind::name;
      return;
    }
    token_.kind = Token::Kind::sign;
    for (const char* sign : {"==", "!=", "<=", ">="}) {
      if (text_.compare(at_, 2, sign) == 0) {
        token_.text = sign;
        at_ += 2;
        return;
      }
    }
    token_.text = c;
    ++at_;
    if (std::string_view("<>+-*/%(),").find(c) == std::string_view::npos) {
      fail(c == '=' ? "'=' has no meaning, equality is '=='"
                    : "'" + token_.text + "' has no meaning");
    }
  }

  void read_number() {
    const char* first = text_.data() + at_;
    const char* last = text_.data() + text_.size();
    const auto [end, error] = std::from_chars(first, last, token_.number);
    if (error != std::errc{} || (end != last && is_letter(*end)))
      fail("a number is not well-formed");
    token_.text.assign(first, end);
    const auto whole = std::from_chars(first, end, token_.integer);
    token_.is_integer = whole.ec == std::errc{} && whole.ptr == end;
    token_.kind = Token::Kind::number;
    at_ += static_cast<std::size_t>(end - first);
  }

  // A quote is doubled inside.
  void read_quoted(char quote) {
    std::string text;
    for (++at_;; ++at_) {
      if (at_ == text_.size()) fail("a quote is not closed");
      if (text_[at_] == quote) {
        if (at_ + 1 == text_.size() || text_[at_ + 1] != quote) break;
        ++at_;
      }
      text += text_[at_];
    }
    ++at_;
    token_.text = std::move(text);
    token_.kind = quote == '`' ? Token::Kind::quoted_name : Token::Kind::text;
  }

  [[nodiscard]] bool is_word(const char* word) const {
    return token_.kind == Token::Kind::name && token_.text == word;
  }
  bool take_word(const char* word) {
    if (!is_word(word)) return false;
    next();
    return true;
  }
  bool take_sign(const char* sign) {
    if (token_.kind != Token::Kind::sign || token_.text != sign) return false;
    next();
    return true;
  }
  void expect(const char* sign) {
    if (!take_sign(sign)) fail(std::string("'") + sign + "' is missing before " + token_.text);
  }

  static Node made(Operation operation, const char* name, std::vector<Node> arguments) {
    Node node;
    node.what = Node::What::operation;
    node.operation = operation;
    node.text = name;
    node.arguments = std::move(arguments);
    return node;
  }
  static Node pair(Operation operation, const char* name, Node left, Node right) {
    std::vector<Node> both;
    both.push_back(std::move(left));
    both.push_back(std::move(right));
    return made(operation, name, std::move(both));
  }
  static Node single(Operation operation, const char* name, Node only) {
    std::vector<Node> one;
    one.push_back(std::move(only));
    return made(operation, name, std::move(one));
  }

  struct Depth {
    explicit Depth(Reader& owner) : reader(owner) {
      if (++owner.depth_ > deepest) owner.fail("the formula is nested too deeply");
    }
    ~Depth() { --reader.depth_; }
    Reader& reader;
  };

  Node read_or() {
    const Depth depth(*this);
    Node left = read_and();
    while (take_word("or")) left = pair(op_or, "or", std::move(left), read_and());
    return left;
  }
  Node read_and() {
    Node left = read_not();
    while (take_word("and")) left = pair(op_and, "and", std::move(left), read_not());
    return left;
  }
  Node read_not() {
    const Depth depth(*this);
    if (take_word("not")) return single(op_not, "not", read_not());
    return read_comparison();
  }

  Node read_comparison() {
    Node left = read_sum();
    struct Sign {
      const char* text;
      Operation operation;
    };
    constexpr Sign signs[] = {{"==", op_equal},   {"!=", op_unequal}, {"<", op_less},
                              {"<=", op_at_most}, {">", op_more},     {">=", op_at_least}};
    for (const Sign& sign : signs) {
      if (take_sign(sign.text)) {
        return pair(sign.operation, sign.text, std::move(left), read_sum());
      }
    }
    if (take_word("is")) {
      const bool negated = take_word("not");
      if (!take_word("missing")) fail("'is' is followed by 'missing' or 'not missing'");
      return single(negated ? op_present : op_missing, "is missing", std::move(left));
    }
    const bool negated = is_word("not");
    if (negated) next();
    if (take_word("in")) {
      std::vector<Node> arguments;
      arguments.push_back(std::move(left));
      expect("(");
      do arguments.push_back(read_sum());
      while (take_sign(","));
      expect(")");
      Node node = made(op_in, "in", std::move(arguments));
      return negated ? single(op_not, "not", std::move(node)) : node;
    }
    if (negated) fail("'not' is followed by 'in' here");
    return left;
  }

  Node read_sum() {
    Node left = read_product();
    for (;;) {
      if (take_sign("+")) {
        left = pair(op_add, "+", std::move(left), read_product());
      } else if (take_sign("-")) {
        left = pair(op_subtract, "-", std::move(left), read_product());
      } else {
        return left;
      }
    }
  }
  Node read_product() {
    Node left = read_factor();
    for (;;) {
      if (take_sign("*")) {
        left = pair(op_multiply, "*", std::move(left), read_factor());
      } else if (take_sign("/")) {
        left = pair(op_divide, "/", std::move(left), read_factor());
      } else if (take_sign("%")) {
        left = pair(op_remainder, "%", std::move(left), read_factor());
      } else {
        return left;
      }
    }
  }
  Node read_factor() {
    const Depth depth(*this);
    if (take_sign("-")) return single(op_negate, "-", read_factor());
    if (take_sign("(")) {
      Node node = read_or();
      expect(")");
      return node;
    }
    Node node;
    const Token token = token_;
    switch (token.kind) {
      case Token::Kind::number:
        node.value.form = token.is_integer ? Form::integer : Form::number;
        node.value.number = token.number;
        node.value.integer = token.integer;
        break;
      case Token::Kind::text:
        node.type = FormulaType::text;
        node.value.form = Form::text;
        node.text = token.text;
        break;
      case Token::Kind::quoted_name:
        node.what = Node::What::column;
        node.text = token.text;
        break;
      case Token::Kind::name:
        if (token.text == "true" || token.text == "false") {
          node.type = FormulaType::boolean;
          node.value.form = Form::boolean;
          node.value.integer = token.text == "true";
          break;
        }
        next();
        if (take_sign("(")) return read_call(token);
        node.what = Node::What::column;
        node.text = token.text;
        return node;
      default:
        fail("a value is missing before " + token.text);
    }
    next();
    return node;
  }

  Node read_call(const Token& name) {
    const auto known = std::find_if(std::begin(functions), std::end(functions),
                                    [&](const Function& f) { return name.text == f.name; });
    if (known == std::end(functions)) {
      std::vector<std::string> names;
      for (const Function& f : functions) names.emplace_back(f.name);
      fail("there is no function '" + name.text + "'" + detail::suggestion(name.text, names));
    }
    std::vector<Node> arguments;
    if (!take_sign(")")) {
      do arguments.push_back(read_or());
      while (take_sign(","));
      expect(")");
    }
    if (arguments.size() < known->least || arguments.size() > known->most) {
      fail(name.text + " takes " + std::to_string(known->least) +
           (known->most == known->least ? "" : " or more") + " arguments, not " +
           std::to_string(arguments.size()));
    }
    return made(known->operation, known->name, std::move(arguments));
  }

  const std::string& text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  Token token_;
};

}  // namespace

Node read(const std::string& text) {
  return Reader(text).read();
}

}  // namespace zeroskew::formula
