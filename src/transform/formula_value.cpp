// What a formula is for a row.

#include <cmath>
#include <compare>

#include "transform/formula.hpp"
#include "zeroskew/detail/math.hpp"

namespace zeroskew::formula {
namespace {

using Node = Formula::Node;
using Form = FormulaValue::Form;

double as_double(const FormulaValue& value) noexcept {
  if (value.form == Form::number) return value.number;
  if (value.form == Form::unsigned_integer) {
    return static_cast<double>(static_cast<std::uint64_t>(value.integer));
  }
  return static_cast<double>(value.integer);
}

FormulaValue number(double x) noexcept {
  FormulaValue value;
  value.form = Form::number;
  value.number = x;
  return value;
}
FormulaValue truth(bool b) noexcept {
  FormulaValue value;
  value.form = Form::boolean;
  value.integer = b;
  return value;
}

bool is_whole(Form form) noexcept {
  return form == Form::integer || form == Form::unsigned_integer || form == Form::boolean;
}
bool too_large(const FormulaValue& value) noexcept {
  return value.form == Form::unsigned_integer && value.integer < 0;
}

std::partial_ordering order(const FormulaValue& a, const FormulaValue& b) noexcept {
  if (a.form == Form::text) return a.text <=> b.text;
  if (is_whole(a.form) && is_whole(b.form)) {
    if (too_large(a) != too_large(b)) {
      return too_large(a) ? std::partial_ordering::greater : std::partial_ordering::less;
    }
    return a.integer <=> b.integer;
  }
  return as_double(a) <=> as_double(b);
}

double rounded(double x) noexcept {
  const double below = std::floor(x);
  const double part = x - below;
  if (part < 0.5) return below;
  if (part > 0.5) return below + 1.0;
  return below == 2.0 * std::floor(0.5 * below) ? below : below + 1.0;
}

double remainder(double x, double y) noexcept {
  // Of the sign of the divisor, as Python has it.
  if (!std::isfinite(x) || y == 0.0 || y != y) return detail::math::quiet_nan;
  if (!std::isfinite(y)) return (x < 0.0) == (y < 0.0) || x == 0.0 ? x : y;
  const double r = std::fmod(x, y);  // exact on every machine
  return r != 0.0 && (r < 0.0) != (y < 0.0) ? r + y : r;
}

double computed(int operation, double x) noexcept {
  namespace math = detail::math;
  switch (operation) {
    case op_negate:
      return -x;
    case op_abs:
      return std::fabs(x);
    case op_sqrt:
      return std::sqrt(x);
    case op_exp:
      return math::exp(x);
    case op_log:
      return math::log(x);
    case op_log1p:
      return math::log1p(x);
    case op_floor:
      return std::floor(x);
    case op_ceil:
      return std::ceil(x);
    default:
      return rounded(x);
  }
}

FormulaValue of_column(const Node& node, Block& block, Slot slot, std::size_t row) noexcept {
  FormulaValue value;
  if (block.valid(slot)[row] == 0) return value;
  value.form = node.form;
  if (node.form == Form::text) {
    value.text = block.texts(slot)[row];
  } else if (node.form == Form::number) {
    value.number = block.numbers(slot)[row];
  } else {
    value.integer = block.integers(slot)[row];
  }
  return value;
}

FormulaValue evaluate_logic(const Node& node, Block& block, std::span<const Slot> slots,
                            std::size_t row) noexcept {
  const bool decisive = node.operation == op_or;  // the value that settles it
  bool missing = false;
  for (const Node& argument : node.arguments) {
    const FormulaValue value = evaluate(argument, block, slots, row);
    if (value.form == Form::missing) {
      missing = true;
    } else if ((value.integer != 0) == decisive) {
      return truth(decisive);
    }
  }
  return missing ? FormulaValue{} : truth(!decisive);
}

FormulaValue evaluate_pair(const Node& node, Block& block, std::span<const Slot> slots,
                           std::size_t row) noexcept {
  const FormulaValue a = evaluate(node.arguments[0], block, slots, row);
  const FormulaValue b = evaluate(node.arguments[1], block, slots, row);
  if (a.form == Form::missing || b.form == Form::missing) return {};
  switch (node.operation) {
    case op_equal:
      return truth(order(a, b) == 0);
    case op_unequal:
      return truth(order(a, b) != 0);
    case op_less:
      return truth(order(a, b) < 0);
    case op_at_most:
      return truth(order(a, b) <= 0);
    case op_more:
      return truth(order(a, b) > 0);
    case op_at_least:
      return truth(order(a, b) >= 0);
    case op_add:
      return number(as_double(a) + as_double(b));
    case op_subtract:
      return number(as_double(a) - as_double(b));
    case op_multiply:
      return number(as_double(a) * as_double(b));
    case op_divide:
      return number(as_double(a) / as_double(b));
    default:
      return number(remainder(as_double(a), as_double(b)));
  }
}

FormulaValue evaluate_in(const Node& node, Block& block, std::span<const Slot> slots,
                         std::size_t row) noexcept {
  const FormulaValue value = evaluate(node.arguments[0], block, slots, row);
  if (value.form == Form::missing) return {};
  bool found = false;
  for (std::size_t i = 1; i < node.arguments.size(); ++i) {
    const FormulaValue other = evaluate(node.arguments[i], block, slots, row);
    found = found || (other.form != Form::missing && order(value, other) == 0);
  }
  return truth(found);
}

}  // namespace

FormulaValue evaluate(const Node& node, Block& block, std::span<const Slot> slots,
                      std::size_t row) noexcept {
  if (node.what == Node::What::literal) {
    FormulaValue value = node.value;
    value.text = node.text;
    return value;
  }
  if (node.what == Node::What::column) return of_column(node, block, slots[node.column], row);
  switch (node.operation) {
    case op_or:
    case op_and:
      return evaluate_logic(node, block, slots, row);
    case op_in:
      return evaluate_in(node, block, slots, row);
    case op_if: {
      const FormulaValue chosen = evaluate(node.arguments[0], block, slots, row);
      if (chosen.form == Form::missing) return {};
      return evaluate(node.arguments[chosen.integer != 0 ? 1 : 2], block, slots, row);
    }
    case op_coalesce:
      for (const Node& argument : node.arguments) {
        const FormulaValue value = evaluate(argument, block, slots, row);
        if (value.form != Form::missing) return value;
      }
      return {};
    case op_min:
    case op_max: {
      FormulaValue best = evaluate(node.arguments[0], block, slots, row);
      for (std::size_t i = 1; i < node.arguments.size(); ++i) {
        const FormulaValue other = evaluate(node.arguments[i], block, slots, row);
        if (best.form == Form::missing || other.form == Form::missing) return {};
        const double x = as_double(best);
        const double y = as_double(other);
        if (y != y || (node.operation == op_min ? y < x : y > x)) best = other;
      }
      return best;
    }
    default:
      break;
  }
  if (node.arguments.size() == 2) return evaluate_pair(node, block, slots, row);
  const FormulaValue only = evaluate(node.arguments[0], block, slots, row);
  if (node.operation == op_missing) return truth(only.form == Form::missing);
  if (node.operation == op_present) return truth(only.form != Form::missing);
  if (only.form == Form::missing) return {};
  if (node.operation == op_not) return truth(only.integer == 0);
  if (node.operation == op_is_nan) return truth(as_double(only) != as_double(only));
  if (node.operation == op_length) return number(static_cast<double>(only.text.size()));
  return number(computed(node.operation, as_double(only)));
}

}  // namespace zeroskew::formula
