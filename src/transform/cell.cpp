#include "zeroskew/transform/cell.hpp"

#include <string>

namespace zeroskew {

Cell::Cell(const Value& value) noexcept {
  if (const auto* b = std::get_if<bool>(&value)) {
    *this = Cell(*b);
  } else if (const auto* i = std::get_if<std::int64_t>(&value)) {
    *this = Cell(*i);
  } else if (const auto* u = std::get_if<std::uint64_t>(&value)) {
    *this = Cell(*u);
  } else if (const auto* d = std::get_if<double>(&value)) {
    *this = Cell(*d);
  } else if (const auto* s = std::get_if<std::string>(&value)) {
    *this = Cell(std::string_view(*s));
  }
}

Value Cell::value() const {
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
      return std::string(text);
  }
  return {};
}

}  // namespace zeroskew
