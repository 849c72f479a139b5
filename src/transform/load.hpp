#pragma once
/// Cells into a block, from a column or from a row: both accept the same.

#include <cstdint>

#include "zeroskew/column/builder.hpp"
#include "zeroskew/column/view.hpp"
#include "zeroskew/transform/block.hpp"
#include "zeroskew/transform/row_cell.hpp"

namespace zeroskew {

/// @throws Error transform.wrong_type unless columns of type `given` can be read as `field`:
/// the same type; integers, bools or decimals where floats are meant; bools where integers are;
/// floats where integers are meant, as long as they are whole; null for anything.
void check_type(const Type& given, const Field& field);

/// Reads block.rows() cells from `first` on. @throws Error transform.wrong_type for a value
void load_column(const ColumnView& column, const Field& field, std::int64_t first, Block& block,
                 Slot slot);

/// Reads one cell into row 0. @throws Error transform.wrong_type
void load_cell(const RowCell& cell, const Field& field, Block& block, Slot slot);

}  // namespace zeroskew
