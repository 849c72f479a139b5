#pragma once
/// One cell of a served row, without owning its text.

#include <cstdint>
#include <string_view>

#include "zeroskew/column/value.hpp"

namespace zeroskew {

struct Cell {
  enum class Form : std::uint8_t { missing, boolean, integer, unsigned_integer, number, text };

  Form form = Form::missing;
  union {
    std::int64_t integer = 0;  ///< boolean, integer; unsigned_integer: its bits
    double number;
  };
  std::string_view text;

  Cell() = default;
  Cell(bool value) noexcept : form(Form::boolean), integer(value) {}
  Cell(int value) noexcept : form(Form::integer), integer(value) {}
  Cell(std::int64_t value) noexcept : form(Form::integer), integer(value) {}
  Cell(std::uint64_t value) noexcept
      : form(Form::unsigned_integer), integer(static_cast<std::int64_t>(value)) {}
  Cell(double value) noexcept : form(Form::number), number(value) {}
  Cell(std::string_view value) noexcept : form(Form::text), text(value) {}
  Cell(const char* value) noexcept : form(Form::text), text(value) {}
  /// Views the value's text.
  Cell(const Value& value) noexcept;

  /// A copy that owns its text.
  [[nodiscard]] Value value() const;
};

}  // namespace zeroskew
