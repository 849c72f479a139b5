#pragma once
/// One cell of a served row, without owning its text.

#include <cstdint>
#include <string_view>

#include "zeroskew/column/value.hpp"

namespace zeroskew {

struct RowCell {
  enum class Form : std::uint8_t {
    missing,
    boolean,
    integer,
    unsigned_integer,
    number,
    text,
    list
  };

  Form form = Form::missing;
  union {
    std::int64_t integer = 0;  ///< boolean, integer; unsigned_integer: its bits
    double number;
  };
  std::string_view text;  ///< of a list: the bytes of a ListCell

  RowCell() = default;
  RowCell(bool value) noexcept : form(Form::boolean), integer(value) {}
  RowCell(int value) noexcept : form(Form::integer), integer(value) {}
  RowCell(std::int64_t value) noexcept : form(Form::integer), integer(value) {}
  RowCell(std::uint64_t value) noexcept
      : form(Form::unsigned_integer), integer(static_cast<std::int64_t>(value)) {}
  RowCell(double value) noexcept : form(Form::number), number(value) {}
  RowCell(std::string_view value) noexcept : form(Form::text), text(value) {}
  RowCell(const char* value) noexcept : form(Form::text), text(value) {}
  /// Views the value's text; also a list's bytes, which a column of lists takes.
  RowCell(const Value& value) noexcept;

  /// A copy that owns its text.
  [[nodiscard]] Value value() const;
};

}  // namespace zeroskew
