#pragma once
/// Blocks back into columns.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "zeroskew/column/view.hpp"
#include "zeroskew/transform/block.hpp"

namespace zeroskew {

/// Rows of a block of a table: a multiple of eight, so that no two blocks share a byte of a bitmap,
/// and few, so that the cells of the next one arrive while steps work on this one.
inline constexpr std::size_t block_rows = 256;

/// A column that owns its cells. Blocks of `block_rows` (the last one may be shorter) may be
/// written in any order and from several threads.
class StoredColumn {
 public:
  StoredColumn(Type type, std::int64_t rows, std::size_t blocks);

  /// Writes block number `index`, whose row 0 is row `first` of the column.
  void write(Block& block, Slot slot, std::size_t index, std::int64_t first);
  /// Joins what the blocks wrote.
  void finish();
  /// Valid as long as this object stays where it is. @pre finished
  [[nodiscard]] ColumnView view() const;

 private:
  Type type_;
  Layout layout_;
  std::int64_t rows_;
  std::vector<std::uint8_t> validity_;
  std::vector<std::uint8_t> bits_;
  // Not filled with zeros first: every cell is written.
  std::unique_ptr<double[]> numbers_;
  std::unique_ptr<std::int64_t[]> integers_;
  std::unique_ptr<std::int32_t[]> narrow_;
  std::vector<std::string> pieces_;
  std::string text_;
  std::vector<std::int64_t> offsets_;
  bool any_missing_ = false;
};

}  // namespace zeroskew
