// Text to tree: a scanner and a parser by precedence.

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

#include "schema/expression/functions.hpp"
#include "schema/expression/moment.hpp"
#include "schema/expression/node.hpp"
#include "schema/expression/scanner.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::detail {
namespace {

using words::comparison_of;
using words::Kind;
using words::Scanner;
using words::Token;

constexpr int kDeepest = 200;
constexpr int kMostOperators = 1000;
constexpr std::size_t kLongest = 1 << 16;
constexpr std::size_t kMostCopies = 10'000;  // of nodes that stand in two comparisons

class Parser {
 public:
  Parser(std::string_view text, std::vector<Path>& columns)
      : text_(text), columns_(columns), tokens_(Scanner(text).all()) {}

  Node all() {
    Node node = implication();
    if (peek().kind != Kind::end) fail(peek(), "an operator was expected here");
    return node;
  }

 private:
  const Token& peek() const { return tokens_[next_]; }
  const Token& take() { return tokens_[next_ + 1 < tokens_.size() ? next_++ : next_]; }
  [[nodiscard]] bool is(std::string_view text) const {
    const Token& token = peek();
    return (token.kind == Kind::symbol || token.kind == Kind::keyword) && token.text == text;
  }
  bool skip(std::string_view text) {
    if (!is(text)) return false;
    take();
    return true;
  }
  void expect(std::string_view text) {
    if (!skip(text)) fail(peek(), "'" + std::string(text) + "' was expected here");
  }
  [[noreturn]] void fail(const Token& token, const std::string& message) const {
    const bool end = token.kind == Kind::end;
    fail_expression("schema.expression_syntax", text_, token.begin, token.end,
                    end ? "the expression ends too early: " + message : message);
  }

  Node made(Op op, std::vector<Node> args) const {
    Node node;
    node.op = op;
    node.begin = args.front().begin;
    node.end = tokens_[next_ == 0 ? 0 : next_ - 1].end;
    node.args = std::move(args);
    return node;
  }
  Node made(Op op, Node a) const {
    std::vector<Node> args;
    args.push_back(std::move(a));
    return made(op, std::move(args));
  }
  Node made(Op op, Node a, Node b) const {
    std::vector<Node> args;
    args.push_back(std::move(a));
    args.push_back(std::move(b));
    return made(op, std::move(args));
  }

  // Counts nesting, so that no text can exhaust the stack.
  class Deeper {
   public:
    explicit Deeper(Parser& parser) : depth_(parser.depth_) {
      if (++depth_ > kDeepest) {
        --depth_;
        parser.fail(parser.peek(), "the expression is nested more than 200 deep");
      }
    }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    ~Deeper() { --depth_; }

   private:
    int& depth_;
  };

  Node implication() {
    const Deeper deeper(*this);
    Node left = disjunction();
    if (!skip("=>")) return left;
    return made(Op::implies, std::move(left), implication());
  }
  Node disjunction() {
    Node left = conjunction();
    while (skip("or")) left = chained(Op::either, std::move(left), conjunction());
    return left;
  }
  Node conjunction() {
    Node left = negation();
    while (skip("and")) left = chained(Op::both, std::move(left), negation());
    return left;
  }
  // A long chain is one node, so that no length of it can exhaust the stack.
  Node chained(Op op, Node left, Node right) {
    if (left.op != op || left.args.size() < 2 || left.begin != left.args.front().begin) {
      return made(op, std::move(left), std::move(right));
    }
    left.end = right.end;
    left.args.push_back(std::move(right));
    return left;
  }
  Node negation() {
    if (!is("not")) return comparison();
    const Deeper deeper(*this);
    const std::size_t begin = take().begin;
    Node node = made(Op::negate, negation());
    node.begin = begin;
    return node;
  }

  Node comparison() {
    Node left = sum();
    std::vector<Node> chain;
    while (const auto op = comparison_of(peek())) {
      take();
      Node right = sum();
      if (is("within") && *op == Op::equal) {
        chain.push_back(tolerance(std::move(left), std::move(right)));
        break;
      }
      Node last = comparison_of(peek()) ? copy(right) : Node();
      chain.push_back(made(*op, std::move(left), std::move(right)));
      left = std::move(last);
    }
    if (chain.size() == 1) return std::move(chain.front());
    if (chain.size() > 1) return made(Op::both, std::move(chain));
    return postfix(std::move(left));
  }

  // The middle of `a < b < c` is compared twice; nesting must not double it again and again.
  Node copy(const Node& node) {
    copies_ += count_nodes(node);
    if (copies_ > kMostCopies) fail(peek(), "too much is compared twice");
    return node;
  }
  Node tolerance(Node left, Node right) {
    expect("within");
    std::vector<Node> args;
    args.push_back(std::move(left));
    args.push_back(std::move(right));
    args.push_back(primary());
    const bool relative = skip("%");
    Node node = made(Op::within, std::move(args));
    node.relative = relative;
    return node;
  }
  Node postfix(Node left) {
    if (skip("is")) {
      const bool negated = skip("not");
      expect("null");
      return negated_if(negated, made(Op::is_null, std::move(left)));
    }
    if (skip("between")) {
      Node low = sum();
      expect("and");
      Node again = copy(left);
      Node first = made(Op::at_least, std::move(left), std::move(low));
      Node second = made(Op::at_most, std::move(again), sum());
      return made(Op::both, std::move(first), std::move(second));
    }
    const bool negated = is("not") && tokens_[next_ + 1].kind == Kind::keyword &&
                         (tokens_[next_ + 1].text == "in" || tokens_[next_ + 1].text == "matches");
    if (negated) take();
    if (skip("in")) return negated_if(negated, list(std::move(left)));
    if (skip("matches")) return negated_if(negated, made(Op::matches, std::move(left), sum()));
    return left;
  }
  Node negated_if(bool negated, Node node) {
    return negated ? made(Op::negate, std::move(node)) : std::move(node);
  }
  Node list(Node left) {
    std::vector<Node> args;
    args.push_back(std::move(left));
    const bool square = is("[");
    if (!skip("[")) expect("(");
    do {
      args.push_back(sum());
    } while (skip(","));
    expect(square ? "]" : ")");
    return made(Op::member, std::move(args));
  }

  // The tree of a sum is as deep as the sum is long.
  void operate() {
    if (++operators_ > kMostOperators) fail(peek(), "more than 1000 operators");
    take();
  }
  Node sum() {
    Node left = product();
    for (;;) {
      const Op op = is("+") ? Op::add : Op::subtract;
      if (!is("+") && !is("-")) return left;
      operate();
      left = made(op, std::move(left), product());
    }
  }
  Node product() {
    Node left = unary();
    for (;;) {
      const Op op = is("*") ? Op::multiply : is("/") ? Op::divide : Op::modulo;
      if (!is("*") && !is("/") && !is("%")) return left;
      operate();
      left = made(op, std::move(left), unary());
    }
  }
  Node unary() {
    if (!is("-")) return primary();
    const Deeper deeper(*this);
    const std::size_t begin = take().begin;
    // The least integer has no positive twin.
    if (peek().kind == Kind::integer && peek().text == "9223372036854775808") {
      Node node = leaf(take());
      node.value = std::numeric_limits<std::int64_t>::min();
      node.begin = begin;
      return node;
    }
    Node node = made(Op::minus, unary());
    node.begin = begin;
    return node;
  }
  static Node leaf(const Token& token) {
    Node node;
    node.begin = token.begin;
    node.end = token.end;
    return node;
  }

  Node primary() {
    const Deeper deeper(*this);
    const Token& token = take();
    switch (token.kind) {
      case Kind::integer:
        return integer(token);
      case Kind::number:
        return number(token);
      case Kind::text: {
        Node node = leaf(token);
        node.value = token.text;
        return node;
      }
      case Kind::name:
        if (is("(")) return call(token);
        return column(token);
      case Kind::quoted_name:
        return column(token);
      case Kind::keyword:
        return keyword(token);
      case Kind::symbol:
        if (token.text == "(") {
          Node node = implication();
          expect(")");
          node.begin = token.begin;  // an error about it points at the parentheses, too
          node.end = tokens_[next_ - 1].end;
          return node;
        }
        break;
      case Kind::end:
        break;
    }
    fail(token, "a value was expected here");
  }
  Node integer(const Token& token) {
    Node node = leaf(token);
    std::int64_t value = 0;
    const char* end = token.text.data() + token.text.size();
    if (std::from_chars(token.text.data(), end, value).ec != std::errc()) {
      fail(token, "the integer does not fit 64 bits");
    }
    node.value = value;
    return node;
  }
  Node number(const Token& token) {
    Node node = leaf(token);
    double value = 0.0;
    const std::string digits = (token.text.front() == '.' ? "0" : "") + token.text;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc()) {
      fail(token, "the number is beyond all doubles");
    }
    node.value = value;
    return node;
  }

  Node keyword(const Token& token) {
    Node node = leaf(token);
    if (token.text == "true" || token.text == "false") {
      node.value = token.text == "true";
      return node;
    }
    if (token.text == "null") return node;
    if (token.text == "date" || token.text == "timestamp") {
      if (is("(")) return moment(token);
      return column(token);  // a column of that name
    }
    fail(token, "a value was expected here, not the word '" + token.text + "'");
  }

  Node column(const Token& first) {
    Node node = leaf(first);
    node.op = Op::column;
    Path path({first.text});
    while (is(".")) {
      take();
      const Token& step = take();
      if (step.kind != Kind::name && step.kind != Kind::quoted_name && step.kind != Kind::keyword) {
        fail(step, "a name was expected after the dot");
      }
      path.step.push_back(step.text);
      node.end = step.end;
    }
    const auto at = std::find(columns_.begin(), columns_.end(), path);
    node.column = static_cast<std::size_t>(at - columns_.begin());
    if (at == columns_.end()) columns_.push_back(std::move(path));
    return node;
  }

  Node call(const Token& name) {
    const Function* found = find_function(name.text);
    if (found == nullptr) {
      fail(name, "there is no function " + name.text + suggest_function(name.text));
    }
    const Function function = *found;
    expect("(");
    std::vector<Node> args;
    if (!is(")")) {
      do {
        args.push_back(implication());
      } while (skip(","));
    }
    expect(")");
    if (args.size() < function.least || args.size() > function.most) {
      fail_expression("schema.expression_syntax", text_, name.begin, tokens_[next_ - 1].end,
                      std::string(function.name) + " takes " + std::to_string(function.least) +
                          (function.most == function.least ? "" : " or more") + " arguments, not " +
                          std::to_string(args.size()));
    }
    Node node = made(function.op, std::move(args));
    node.begin = name.begin;
    return node;
  }

  Node moment(const Token& name) {
    expect("(");
    const Token& token = take();
    if (token.kind != Kind::text) fail(token, "a text was expected here");
    expect(")");
    const bool plain = name.text == "date";
    const std::optional<std::int64_t> value = moment_of(token.text, plain);
    if (!value) {
      fail(token,
           plain ? "a date reads \"2024-01-31\"" : "a timestamp reads \"2024-01-31T12:00:00\"");
    }
    Node node = leaf(name);
    node.end = tokens_[next_ - 1].end;
    node.value = *value;
    node.type = ExpressionType::time;
    node.unit = plain ? TimeUnit::day : TimeUnit::second;
    return node;
  }

  std::string_view text_;
  std::vector<Path>& columns_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  int depth_ = 0;
  std::size_t copies_ = 0;
  int operators_ = 0;
};

}  // namespace

Node parse_expression(std::string_view text, std::vector<Path>& columns) {
  if (text.size() > kLongest) {
    fail_value("schema.expression_syntax", "", "an expression has at most 65536 characters");
  }
  return Parser(text, columns).all();
}

}  // namespace zeroskew::detail
