#pragma once
// Any column's cells as text, one reading of every layout for all tests.

#include <string>
#include <vector>

#include "zeroskew/column/value.hpp"
#include "zeroskew/column/view.hpp"

namespace zeroskew::test {

inline std::string cell(const ColumnView& column, std::int64_t row) {
  if (!column.is_valid(row)) return "-";
  const auto number = [&](auto zero) {
    return std::to_string(column.data<decltype(zero)>()[row]);
  };
  switch (column.layout) {
    case Layout::bits:
      return bit_at(static_cast<const std::uint8_t*>(column.values), column.offset + row) ? "true"
                                                                                          : "false";
    case Layout::int8: return number(std::int8_t{});
    case Layout::int16: return number(std::int16_t{});
    case Layout::int32: return number(std::int32_t{});
    case Layout::int64: return number(std::int64_t{});
    case Layout::uint8: return number(std::uint8_t{});
    case Layout::uint16: return number(std::uint16_t{});
    case Layout::uint32: return number(std::uint32_t{});
    case Layout::uint64: return number(std::uint64_t{});
    case Layout::float16: return to_string(half_to_double(column.data<std::uint16_t>()[row]));
    case Layout::float32: return to_string(double{column.data<float>()[row]});
    case Layout::float64: return to_string(column.data<double>()[row]);
    case Layout::dictionary: return cell(column.children[0], column.index(row));
    case Layout::structure: {
      std::string text = "{";
      for (std::size_t i = 0; i < column.children.size(); ++i) {
        text += (i == 0 ? "" : ", ") + cell(column.field(i), row);
      }
      return text + "}";
    }
    case Layout::list32:
    case Layout::list64:
    case Layout::list_view32:
    case Layout::list_view64:
    case Layout::fixed_list: {
      std::string text = "[";
      const auto extent = column.list_extent(row);
      for (std::int64_t i = 0; i < extent.count; ++i) {
        text += (i == 0 ? "" : ", ") + cell(column.children[0], extent.start + i);
      }
      return text + "]";
    }
    default: return std::string(column.text(row));
  }
}

inline std::vector<std::string> cells(const ColumnView& column) {
  std::vector<std::string> all;
  for (std::int64_t row = 0; row < column.length; ++row) all.push_back(cell(column, row));
  return all;
}

}  // namespace zeroskew::test
