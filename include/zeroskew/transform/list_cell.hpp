#pragma once
/// A list as one cell: its items one after the other as bytes, so that rows, blocks and tables hold
/// it as they hold a text.

#include <cstring>
#include <string>
#include <string_view>

#include "zeroskew/transform/row_cell.hpp"

namespace zeroskew {

/// Makes the cell of a list, item by item; reused, it allocates nothing once it has seen its
/// longest list.
class ListCell {
 public:
  ListCell& add(const RowCell& item);
  void clear() noexcept { bytes_.clear(); }

  /// What a `Row` or a `Value` of a list column holds.
  [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }
  /// Views the bytes.
  operator RowCell() const noexcept {
    RowCell cell;
    cell.form = RowCell::Form::list;
    cell.text = bytes_;
    return cell;
  }

 private:
  std::string bytes_;
};

/// Whether these bytes are what `ListCell` writes.
[[nodiscard]] bool is_list_cell(std::string_view bytes) noexcept;

/// Takes the first item off a list's cell. @pre is_list_cell(bytes), and they are not empty
[[nodiscard]] inline RowCell take_item(std::string_view& bytes) noexcept {
  RowCell item;
  item.form = static_cast<RowCell::Form>(bytes[0]);
  bytes.remove_prefix(1);
  if (item.form == RowCell::Form::missing) return item;
  std::memcpy(&item.integer, bytes.data(), sizeof item.integer);
  bytes.remove_prefix(sizeof item.integer);
  if (item.form == RowCell::Form::text) {
    const auto size = static_cast<std::size_t>(item.integer);
    item.text = std::string_view(bytes.data(), size);
    bytes.remove_prefix(size);
  }
  return item;
}

}  // namespace zeroskew
