#include "zeroskew/transform/row_cell.hpp"

#include <string>

namespace zeroskew {

RowCell::RowCell(const Value& value) noexcept {
  if (const auto* b = std::get_if<bool>(&value)) {
    *this = RowCell(*b);
  } else if (const auto* i = std::get_if<std::int64_t>(&value)) {
    *this = RowCell(*i);
  } else if (const auto* u = std::get_if<std::uint64_t>(&value)) {
    *this = RowCell(*u);
  } else if (const auto* d = std::get_if<double>(&value)) {
    *this = RowCell(*d);
  } else if (const auto* s = std::get_if<std::string>(&value)) {
    *this = RowCell(std::string_view(*s));
  }
}

Value RowCell::value() const {
  switch (form) {
    case Form::missing:
      return {};
    case Form::boolean:
      return integer != 0;
    case Form::integer:
      return integer;
    case Form::unsigned_integer:
      return static_cast<std::uint64_t>(integer);
    case Form::number:
      return number;
    case Form::text:
    case Form::list:
      return std::string(text);
  }
  return {};
}

}  // namespace zeroskew
