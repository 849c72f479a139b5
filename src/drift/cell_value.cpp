#include "drift/cell_value.hpp"

#include <cstdint>
#include <string>
#include <type_traits>
#include <variant>

namespace zeroskew::detail {
namespace {

template <class T>
Value integer(const ColumnView& column, std::int64_t row) {
  const T value = column.data<T>()[row];
  if constexpr (sizeof(T) == 8 && std::is_unsigned_v<T>) {
    if (value > static_cast<T>(INT64_MAX)) return value;
  }
  return static_cast<std::int64_t>(value);
}

Value real(double value) {
  if (value != value) return std::monostate{};
  return value;
}

}  // namespace

bool has_cells(const Type& type) noexcept {
  return type.kind != Kind::list && type.kind != Kind::structure && type.kind != Kind::decimal;
}

Value cell_value(const ColumnView& column, std::int64_t row) {
  if (!column.is_valid(row)) return std::monostate{};
  switch (column.layout) {
    case Layout::bits:
      return bit_at(static_cast<const std::uint8_t*>(column.values), column.offset + row);
    case Layout::int8:
      return integer<std::int8_t>(column, row);
    case Layout::int16:
      return integer<std::int16_t>(column, row);
    case Layout::int32:
      return integer<std::int32_t>(column, row);
    case Layout::int64:
      return integer<std::int64_t>(column, row);
    case Layout::uint8:
      return integer<std::uint8_t>(column, row);
    case Layout::uint16:
      return integer<std::uint16_t>(column, row);
    case Layout::uint32:
      return integer<std::uint32_t>(column, row);
    case Layout::uint64:
      return integer<std::uint64_t>(column, row);
    case Layout::float16:
      return real(half_to_double(column.data<std::uint16_t>()[row]));
    case Layout::float32:
      return real(static_cast<double>(column.data<float>()[row]));
    case Layout::float64:
      return real(column.data<double>()[row]);
    case Layout::dictionary:
      return cell_value(column.children[0], column.index(row));
    case Layout::binary32:
    case Layout::binary64:
    case Layout::binary_view:
    case Layout::fixed_binary:
      return std::string(column.text(row));
    default:
      return std::monostate{};
  }
}

}  // namespace zeroskew::detail
