#pragma once
// Checks of an imported column that keep every later read inside its buffers.

#include <string>

#include "zeroskew/column/view.hpp"

namespace zeroskew::column {

// Throws column.malformed: missing buffers, offsets that run backwards or past the child,
// dictionary indices and views out of range.
void validate(const ColumnView& column, const std::string& where);

}  // namespace zeroskew::column
