#pragma once
/// Expressions over the columns of a row: `dropoff_time > pickup_time`.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/schema/path.hpp"

namespace zeroskew {

struct Schema;

/// What an expression's value is.
enum class ExpressionType : std::uint8_t {
  null,  ///< only ever nothing
  boolean,
  integer,   ///< 64 bits, saturating
  number,    ///< double
  text,      ///< bytes
  time,      ///< a date or a moment
  duration,  ///< between two moments
};

/// "bool", "int", "float", "text", "time", "duration", "null".
[[nodiscard]] std::string_view to_string(ExpressionType type) noexcept;

/// A parsed expression whose names and types a schema knows.
///
/// Operators, loosest first: `=>` (implies), `or`, `and`, `not`; `== != < <= > >=`, which chain
/// (`0 <= a < b`); `a == b within 0.01` (or `within 1%`, of the larger magnitude); `a between b
/// and c`; `a in (1, 2)`, `not in`; `a is null`, `is not null`; `a matches "regular expression"`
/// (all of the text, see `Pattern`); `+ -`; `* / %`; unary `-`. Names are columns, with dots into
/// structures; names that are no identifiers stand in backticks. Texts stand in single or double
/// quotes.
///
/// Functions: abs, min, max, floor, ceil, sqrt, if(condition, a, b), coalesce, length (bytes),
/// lower and upper (ASCII), trim, starts_with, ends_with, contains, date("2024-01-31"),
/// timestamp("2024-01-31T12:00:00"), and days, hours, minutes, seconds (of a duration: how many;
/// of a number: the duration).
///
/// A null makes the result null, save in `is null`, `coalesce`, `if`, and where `and` and `or` are
/// decided without it. Integers saturate at 64 bits, and are compared with floats exactly; `/` is
/// always a float; `%` is for integers, has the sign of the divisor, and is null for 0.
class Expression {
 public:
  /// @throws Error schema.expression_syntax, schema.expression_name, schema.expression_type,
  /// each pointing at the character
  [[nodiscard]] static Expression parse(std::string_view text, const Schema& schema);

  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] ExpressionType type() const noexcept { return type_; }
  /// The columns that it reads, each once, in the order of their first use.
  [[nodiscard]] const std::vector<Path>& columns() const noexcept { return columns_; }

 private:
  std::string text_;
  ExpressionType type_ = ExpressionType::null;
  std::vector<Path> columns_;
};

}  // namespace zeroskew
