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

/// A cell of a table that was loaded into a block, as a row by itself has it.
[[nodiscard]] inline RowCell cell_of(Block& block, Slot slot, std::size_t row, Kind kind) noexcept {
  if (block.valid(slot)[row] == 0) return {};
  if (slot.storage == Storage::text) {
    RowCell cell(block.texts(slot)[row]);
    if (kind == Kind::list) cell.form = RowCell::Form::list;
    return cell;
  }
  if (slot.storage == Storage::number) return RowCell(block.numbers(slot)[row]);
  const std::int64_t x = block.integers(slot)[row];
  if (kind == Kind::boolean) return RowCell(x != 0);
  return slot.is_unsigned ? RowCell(static_cast<std::uint64_t>(x)) : RowCell(x);
}

/// Reads one cell into row 0. @throws Error transform.wrong_type
void load_cell(const RowCell& cell, const Field& field, Block& block, Slot slot);

}  // namespace zeroskew
