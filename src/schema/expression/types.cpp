// What type every part of an expression has.

#include <algorithm>

#include "schema/expression/node.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/pattern.hpp"

namespace zeroskew::detail {
namespace {

using Type = ExpressionType;

class Types {
 public:
  Types(std::string_view text, const std::vector<ColumnKind>& columns)
      : text_(text), columns_(columns) {}

  void assign(Node& node) {
    for (Node& arg : node.args) assign(arg);
    node.type = of(node);
  }

 private:
  static bool is_number(const Node& node) noexcept {
    return node.type == Type::integer || node.type == Type::number || node.type == Type::null;
  }
  // A bool counts as 0 or 1 beside a number.
  static bool counts(const Node& node) noexcept {
    return is_number(node) || node.type == Type::boolean;
  }
  [[noreturn]] void fail(const Node& node, const std::string& message) const {
    fail_expression("schema.expression_type", text_, node.begin, node.end, message);
  }
  void expect(const Node& node, Type wanted, const char* why) const {
    if (node.type != wanted && node.type != Type::null) {
      fail(node, std::string(why) + ", and this is " + name(node.type));
    }
  }
  static std::string name(Type type) {
    switch (type) {
      case Type::boolean:
        return "a bool";
      case Type::integer:
        return "an int";
      case Type::number:
        return "a float";
      case Type::text:
        return "a text";
      case Type::time:
        return "a time";
      case Type::duration:
        return "a duration";
      case Type::null:
        break;
    }
    return "null";
  }
  static TimeUnit finer(TimeUnit a, TimeUnit b) noexcept { return std::max(a, b); }
  static bool is_temporal(Type type) noexcept {
    return type == Type::time || type == Type::duration;
  }

  // Both sides of a comparison, and of `if` and its like: one type for both.
  Type common(Node& node, const Node& a, const Node& b) const {
    if (a.type == Type::null) return with_unit(node, b);
    if (b.type == Type::null) return with_unit(node, a);
    if (a.type == b.type) {
      node.unit = finer(a.unit, b.unit);
      return a.type;
    }
    if (counts(a) && counts(b)) {
      const bool real = a.type == Type::number || b.type == Type::number;
      return real ? Type::number : Type::integer;
    }
    fail_expression("schema.expression_type", text_, node.begin, node.end,
                    name(a.type) + " and " + name(b.type) + " cannot be compared or mixed");
  }
  static Type with_unit(Node& node, const Node& from) noexcept {
    node.unit = from.unit;
    return from.type;
  }

  Type arithmetic(Node& node) const {
    const Node& a = node.args[0];
    const Node& b = node.args[1];
    if (a.type == Type::null || b.type == Type::null) {
      const Node& known = a.type == Type::null ? b : a;
      if (!is_temporal(known.type) && !counts(known)) fail(known, "no arithmetic is for this");
      return with_unit(node, known);
    }
    if (is_temporal(a.type) || is_temporal(b.type)) return temporal(node, a, b);
    for (const Node* side : {&a, &b}) {
      if (!counts(*side)) fail(*side, "arithmetic is for numbers, and this is " + name(side->type));
    }
    if (node.op == Op::divide) return Type::number;
    const bool real = a.type == Type::number || b.type == Type::number;
    if (node.op == Op::modulo && real) {
      fail(a.type == Type::number ? a : b, "% is for integers, and this is a float");
    }
    return real ? Type::number : Type::integer;
  }

  Type temporal(Node& node, const Node& a, const Node& b) const {
    const bool times = a.type == Type::time && b.type == Type::time;
    const bool durations = a.type == Type::duration && b.type == Type::duration;
    node.unit = finer(a.unit, b.unit);
    if (node.op == Op::subtract && times) return Type::duration;
    if ((node.op == Op::add || node.op == Op::subtract) && durations) return Type::duration;
    if ((node.op == Op::add || node.op == Op::subtract) && a.type == Type::time &&
        b.type == Type::duration) {
      return Type::time;
    }
    if (node.op == Op::add && a.type == Type::duration && b.type == Type::time) return Type::time;
    if (node.op == Op::divide && durations) return Type::number;
    const char* sign = node.op == Op::add        ? " + "
                       : node.op == Op::subtract ? " - "
                       : node.op == Op::multiply ? " * "
                       : node.op == Op::divide   ? " / "
                                                 : " % ";
    fail(node, "there is no " + name(a.type) + sign + name(b.type));
  }

  Type of(Node& node) {
    auto& args = node.args;
    switch (node.op) {
      case Op::literal:
        return literal(node);
      case Op::column:
        node.unit = columns_[node.column].unit;
        return columns_[node.column].type;
      case Op::implies:
      case Op::either:
      case Op::both:
      case Op::negate:
        for (const Node& arg : args) expect(arg, Type::boolean, "a condition was expected here");
        return Type::boolean;
      case Op::equal:
      case Op::unequal:
        (void)common(node, args[0], args[1]);
        return Type::boolean;
      case Op::less:
      case Op::at_most:
      case Op::greater:
      case Op::at_least:
        if (common(node, args[0], args[1]) == Type::boolean) {
          fail(node, "bools have no order: only == and != compare them");
        }
        return Type::boolean;
      case Op::within:
        return within(node);
      case Op::member:
        return member(node);
      case Op::is_null:
        return Type::boolean;
      case Op::matches:
        expect(args[0], Type::text, "only a text matches a regular expression");
        if (args[1].op != Op::literal || args[1].type != Type::text) {
          fail(args[1], "a regular expression stands here as a text in quotes");
        }
        check_pattern(args[1]);
        return Type::boolean;
      case Op::add:
      case Op::subtract:
      case Op::multiply:
      case Op::divide:
      case Op::modulo:
        return arithmetic(node);
      case Op::minus:
      case Op::absolute:
        if (args[0].type == Type::duration) return with_unit(node, args[0]);
        return number(args[0]) == Type::number ? Type::number : Type::integer;
      case Op::floor:
      case Op::ceil:
        return number(args[0]);
      case Op::root:
        (void)number(args[0]);
        return Type::number;
      case Op::least:
      case Op::most:
      case Op::first_present:
        return any_of(node, 0);
      case Op::choose:
        expect(args[0], Type::boolean, "a condition was expected here");
        return any_of(node, 1);
      case Op::length:
        expect(args[0], Type::text, "only a text has a length");
        return Type::integer;
      case Op::lower:
      case Op::upper:
      case Op::trim:
        expect(args[0], Type::text, "a text was expected here");
        return Type::text;
      case Op::starts:
      case Op::ends:
      case Op::contains:
        for (const Node& arg : args) expect(arg, Type::text, "a text was expected here");
        return Type::boolean;
      case Op::days:
      case Op::hours:
      case Op::minutes:
      case Op::seconds:
        if (args[0].type == Type::duration) return Type::number;
        (void)number(args[0]);
        node.unit = TimeUnit::nanosecond;
        return Type::duration;
    }
    return Type::null;
  }

  void check_pattern(const Node& node) const {
    try {
      const Pattern pattern(std::get<std::string>(node.value));
    } catch (const Error& error) {
      fail(node, "in this pattern, at " + error.where() + ", " + std::string(error.message()));
    }
  }

  Type literal(Node& node) const {
    switch (node.value.index()) {
      case 1:
        return Type::boolean;
      case 2:
        return node.type == Type::time ? Type::time : Type::integer;
      case 3:
        return Type::number;
      case 4:
        return Type::text;
      default:
        return Type::null;
    }
  }

  Type number(const Node& node) const {
    if (!is_number(node)) fail(node, "a number was expected here, and this is " + name(node.type));
    return node.type;
  }

  Type within(Node& node) {
    const Type type = common(node, node.args[0], node.args[1]);
    if (type == Type::time || type == Type::duration) {
      if (!node.relative) {
        expect(node.args[2], Type::duration, "a tolerance of times is a duration, like seconds(1)");
        node.unit = finer(node.unit, node.args[2].unit);
        return Type::boolean;
      }
      fail(node.args[2], "a share is no tolerance of times: use a duration, like seconds(1)");
    }
    if (type != Type::null && type != Type::integer && type != Type::number) {
      fail(node, "a tolerance is for numbers and times");
    }
    (void)number(node.args[2]);
    return Type::boolean;
  }

  Type member(Node& node) {
    for (std::size_t i = 1; i < node.args.size(); ++i) {
      Node pair;
      pair.begin = node.args[i].begin;
      pair.end = node.args[i].end;
      (void)common(pair, node.args[0], node.args[i]);
      node.unit = finer(node.unit, pair.unit);
    }
    return Type::boolean;
  }

  Type any_of(Node& node, std::size_t first) {
    Node all = node.args[first];
    all.args.clear();
    for (std::size_t i = first + 1; i < node.args.size(); ++i) {
      Node pair;
      pair.begin = node.args[i].begin;
      pair.end = node.args[i].end;
      all.type = common(pair, all, node.args[i]);
      all.unit = pair.unit == TimeUnit::none ? all.unit : pair.unit;
    }
    if (node.op != Op::choose && node.op != Op::first_present &&
        (all.type == Type::boolean || all.type == Type::text)) {
      fail(node, "min and max are for numbers and times");
    }
    return with_unit(node, all);
  }

  std::string_view text_;
  const std::vector<ColumnKind>& columns_;
};

}  // namespace

void assign_types(Node& node, std::string_view text, const std::vector<ColumnKind>& columns) {
  Types(text, columns).assign(node);
}

}  // namespace zeroskew::detail

namespace zeroskew {

std::string_view to_string(ExpressionType type) noexcept {
  switch (type) {
    case ExpressionType::boolean:
      return "bool";
    case ExpressionType::integer:
      return "int";
    case ExpressionType::number:
      return "float";
    case ExpressionType::text:
      return "text";
    case ExpressionType::time:
      return "time";
    case ExpressionType::duration:
      return "duration";
    case ExpressionType::null:
      break;
  }
  return "null";
}

}  // namespace zeroskew
