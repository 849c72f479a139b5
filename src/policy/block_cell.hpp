#pragma once
// A cell of a table that was loaded into a block, as a row by itself has it.

#include "transform/load.hpp"
#include "zeroskew/transform/row_cell.hpp"

namespace zeroskew {

inline RowCell cell_of(Block& block, Slot slot, std::size_t row, Kind kind) noexcept {
  if (block.valid(slot)[row] == 0) return {};
  if (slot.storage == Storage::text) return RowCell(block.texts(slot)[row]);
  if (slot.storage == Storage::number) return RowCell(block.numbers(slot)[row]);
  const std::int64_t x = block.integers(slot)[row];
  if (kind == Kind::boolean) return RowCell(x != 0);
  return slot.is_unsigned ? RowCell(static_cast<std::uint64_t>(x)) : RowCell(x);
}

}  // namespace zeroskew
