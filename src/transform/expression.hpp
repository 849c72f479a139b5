#pragma once
/// Formulas over the cells of a row: `fare > 10 and payment_type in ('card', 'app')`.
///
/// Names are columns (`in backquotes` if they are no plain words), texts stand in quotes.
/// Operators, from the loosest: or; and; not; == != < <= > >=, in (...), is missing, is not
/// missing; + -; * / %; a sign. Functions: abs, sqrt, exp, log, log1p, floor, ceil, round (ties to
/// even), min, max, if, coalesce, is_nan, length (bytes of a text). Arithmetic is that of doubles,
/// with our own elementary functions; integers are compared exactly. What is made of a missing cell
/// is missing; `and` and `or` know that false and missing is false.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/column/builder.hpp"
#include "zeroskew/transform/block.hpp"

namespace zeroskew {

/// The type of a formula's value.
enum class FormulaType : std::uint8_t { boolean, number, text };

/// The value of a formula for one row. Text is that of the row or of the formula.
struct FormulaValue {
  enum class Form : std::uint8_t { missing, boolean, integer, unsigned_integer, number, text };

  Form form = Form::missing;
  std::int64_t integer = 0;
  double number = 0.0;
  std::string_view text;
};

/// A formula, read and checked against columns. Immutable; evaluating allocates nothing.
class Formula {
 public:
  /// The names of the columns in a formula, in the order in which they come.
  /// @throws Error transform.formula with the place
  [[nodiscard]] static std::vector<std::string> columns(const std::string& text);

  Formula() = default;
  /// @throws Error transform.formula, transform.unknown_column
  Formula(const std::string& text, std::span<const Field> fields);

  [[nodiscard]] FormulaType type() const noexcept { return type_; }
  /// `slots[i]` holds the cells of `fields[i]`.
  [[nodiscard]] FormulaValue at(Block& block, std::span<const Slot> slots,
                                std::size_t row) const noexcept;
  /// True where the formula is; missing counts as false.
  [[nodiscard]] bool holds(Block& block, std::span<const Slot> slots,
                           std::size_t row) const noexcept;

  struct Node;

 private:
  std::shared_ptr<const Node> root_;
  FormulaType type_ = FormulaType::boolean;
};

}  // namespace zeroskew
