#pragma once
// Arrow format strings <-> types and layouts.

#include <string>
#include <string_view>

#include "zeroskew/column/view.hpp"

namespace zeroskew::column {

struct Format {
  Type type;
  Layout layout = Layout::none;
  std::int32_t width = 0;
};

// `where` names the column in errors (column.unsupported_type).
[[nodiscard]] Format parse_format(std::string_view format, const std::string& where);

// The inverse, for columns that we hand out; a dictionary gives its index's format.
[[nodiscard]] std::string print_format(const ColumnView& column);

}  // namespace zeroskew::column
