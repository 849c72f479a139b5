#pragma once
// The tree of an expression.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "zeroskew/column/type.hpp"
#include "zeroskew/schema/expression.hpp"

namespace zeroskew::detail {

enum class Op : std::uint8_t {
  literal,
  column,
  implies,
  either,
  both,
  negate,  // negate: not
  equal,
  unequal,
  less,
  at_most,
  greater,
  at_least,
  within,  // args: left, right, tolerance
  member,  // args: value, then literals
  is_null,
  matches,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  minus,
  absolute,
  least,
  most,
  floor,
  ceil,
  root,
  choose,
  first_present,
  length,
  lower,
  upper,
  trim,
  starts,
  ends,
  contains,
  days,
  hours,
  minutes,
  seconds,
};

struct Node {
  Op op = Op::literal;
  std::size_t begin = 0;  // in the text
  std::size_t end = 0;
  std::vector<Node> args;
  std::variant<std::monostate, bool, std::int64_t, double, std::string> value;  // literal
  bool relative = false;   // within: a share of the larger magnitude
  std::size_t column = 0;  // column: which of the expression's columns

  // By the types of the columns.
  ExpressionType type = ExpressionType::null;
  TimeUnit unit = TimeUnit::none;  // time, duration
};

inline std::size_t count_nodes(const Node& node) {
  std::size_t all = 1;
  for (const Node& arg : node.args) all += count_nodes(arg);
  return all;
}

// Parses; columns are numbered in the order of their first use. @throws Error
// schema.expression_syntax
Node parse_expression(std::string_view text, std::vector<Path>& columns);

// What a column is to an expression.
struct ColumnKind {
  ExpressionType type = ExpressionType::null;
  TimeUnit unit = TimeUnit::none;
};

// Gives every node its type. @throws Error schema.expression_type
void assign_types(Node& node, std::string_view text, const std::vector<ColumnKind>& columns);

// Points at characters [begin, end) of an expression: the text, and under it a line of carets.
[[noreturn]] void fail_expression(const char* id, std::string_view text, std::size_t begin,
                                  std::size_t end, const std::string& message);

}  // namespace zeroskew::detail
