#pragma once
/// A formula as a tree: between the reader, the binder and the evaluation.

#include <string>
#include <vector>

#include "transform/expression.hpp"

namespace zeroskew {

struct Formula::Node {
  enum class What : std::uint8_t { literal, column, operation };

  What what = What::literal;
  FormulaType type = FormulaType::number;
  FormulaValue value;      // literal; its text is `text`
  std::string text;        // text of a literal, name of a column or operation
  std::size_t column = 0;  // among the fields
  FormulaValue::Form form = FormulaValue::Form::number;  // of a column's cells
  int operation = 0;
  std::vector<Node> arguments;
};

namespace formula {

enum Operation : int {
  op_or,
  op_and,
  op_not,
  op_equal,
  op_unequal,
  op_less,
  op_at_most,
  op_more,
  op_at_least,
  op_in,
  op_missing,
  op_present,
  op_add,
  op_subtract,
  op_multiply,
  op_divide,
  op_remainder,
  op_negate,
  op_abs,
  op_sqrt,
  op_exp,
  op_log,
  op_log1p,
  op_floor,
  op_ceil,
  op_round,
  op_min,
  op_max,
  op_if,
  op_coalesce,
  op_is_nan,
  op_length
};

/// @throws Error transform.formula
[[nodiscard]] Formula::Node read(const std::string& text);
[[nodiscard]] FormulaValue evaluate(const Formula::Node& node, Block& block,
                                    std::span<const Slot> slots, std::size_t row) noexcept;

}  // namespace formula
}  // namespace zeroskew
