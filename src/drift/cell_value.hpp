#pragma once
// One cell of a column as a value.

#include <cstdint>

#include "zeroskew/column/value.hpp"
#include "zeroskew/column/view.hpp"

namespace zeroskew::detail {

// Whether cells of this type are single values here: no lists, structures or decimals.
[[nodiscard]] bool has_cells(const Type& type) noexcept;

// Nothing for a null cell and for NaN. @pre has_cells(column.type)
[[nodiscard]] Value cell_value(const ColumnView& column, std::int64_t row);

}  // namespace zeroskew::detail
