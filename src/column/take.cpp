#include "zeroskew/column/take.hpp"

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace zeroskew {
namespace {

using Rows = std::span<const std::int64_t>;

// The buffers of a taken batch; the source's stay for what is shared with it.
struct Buffers {
  std::shared_ptr<const void> source;
  std::vector<std::unique_ptr<std::byte[]>> owned;

  template <class T>
  T* make(std::size_t count) {
    owned.push_back(std::make_unique<std::byte[]>((count + 1) * sizeof(T)));
    return reinterpret_cast<T*>(owned.back().get());
  }
};

std::uint8_t* take_bits(const std::uint8_t* bits, std::int64_t offset, Rows rows,
                        Buffers& buffers) {
  auto* taken = buffers.make<std::uint8_t>(rows.size() / 8 + 1);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const unsigned bit = bit_at(bits, offset + rows[i]) ? 1u : 0u;
    taken[i >> 3] = static_cast<std::uint8_t>(taken[i >> 3] | bit << (i & 7));
  }
  return taken;
}

template <std::size_t Width>
const void* take_cells(const ColumnView& column, Rows rows, Buffers& buffers) {
  struct Cell {
    std::byte bytes[Width];
  };
  const auto* cells = column.data<Cell>();
  Cell* taken = buffers.make<Cell>(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) taken[i] = cells[rows[i]];
  return taken;
}

const void* take_wide(const ColumnView& column, Rows rows, Buffers& buffers) {
  const auto width = static_cast<std::size_t>(column.width);
  auto* taken = buffers.make<char>(rows.size() * width);
  if (width == 0) return taken;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto row = static_cast<std::size_t>(column.offset + rows[i]);
    std::memcpy(taken + i * width, static_cast<const char*>(column.values) + row * width, width);
  }
  return taken;
}

void take_text(const ColumnView& column, Rows rows, Buffers& buffers, ColumnView& taken) {
  auto* offsets = buffers.make<std::int64_t>(rows.size() + 1);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool valid = column.is_valid(rows[i]);
    offsets[i + 1] =
        offsets[i] + (valid ? static_cast<std::int64_t>(column.text(rows[i]).size()) : 0);
  }
  auto* bytes = buffers.make<char>(static_cast<std::size_t>(offsets[rows.size()]));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (offsets[i] == offsets[i + 1]) continue;
    const std::string_view text = column.text(rows[i]);
    std::memcpy(bytes + offsets[i], text.data(), text.size());
  }
  taken.layout = Layout::binary64;
  taken.offsets = offsets;
  taken.values = bytes;
}

ColumnView take_column(const ColumnView& column, Rows rows, Buffers& buffers);

void take_lists(const ColumnView& column, Rows rows, Buffers& buffers, ColumnView& taken) {
  auto* offsets = buffers.make<std::int64_t>(rows.size() + 1);
  std::vector<std::int64_t> items;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (column.is_valid(rows[i])) {
      const ColumnView::Extent extent = column.list_extent(rows[i]);
      for (std::int64_t k = 0; k < extent.count; ++k) items.push_back(extent.start + k);
    }
    offsets[i + 1] = static_cast<std::int64_t>(items.size());
  }
  taken.layout = Layout::list64;
  taken.width = 0;
  taken.offsets = offsets;
  taken.children = {take_column(column.children[0], items, buffers)};
}

std::size_t width_of(Layout layout) noexcept {
  switch (layout) {
    case Layout::int8:
    case Layout::uint8:
      return 1;
    case Layout::int16:
    case Layout::uint16:
    case Layout::float16:
      return 2;
    case Layout::int32:
    case Layout::uint32:
    case Layout::float32:
      return 4;
    case Layout::int128:
    case Layout::binary_view:
      return 16;
    case Layout::int256:
      return 32;
    default:
      return 8;
  }
}

const void* take_fixed(const ColumnView& column, Layout layout, Rows rows, Buffers& buffers) {
  switch (width_of(layout)) {
    case 1:
      return take_cells<1>(column, rows, buffers);
    case 2:
      return take_cells<2>(column, rows, buffers);
    case 4:
      return take_cells<4>(column, rows, buffers);
    case 16:
      return take_cells<16>(column, rows, buffers);
    case 32:
      return take_cells<32>(column, rows, buffers);
    default:
      return take_cells<8>(column, rows, buffers);
  }
}

ColumnView take_column(const ColumnView& column, Rows rows, Buffers& buffers) {
  ColumnView taken = column;
  taken.offset = 0;
  taken.length = static_cast<std::int64_t>(rows.size());
  if (column.layout == Layout::none) return taken;
  if (column.validity != nullptr) {
    taken.validity = take_bits(column.validity, column.offset, rows, buffers);
  }
  if (rows.empty()) return taken;  // the buffers of no rows may be null, and are not looked at
  switch (column.layout) {
    case Layout::bits:
      taken.values =
          take_bits(static_cast<const std::uint8_t*>(column.values), column.offset, rows, buffers);
      break;
    case Layout::binary32:
    case Layout::binary64:
      take_text(column, rows, buffers, taken);
      break;
    case Layout::fixed_binary:
      taken.values = take_wide(column, rows, buffers);
      break;
    case Layout::list32:
    case Layout::list64:
    case Layout::list_view32:
    case Layout::list_view64:
    case Layout::fixed_list:
      take_lists(column, rows, buffers, taken);
      break;
    case Layout::structure:
      for (std::size_t f = 0; f < column.children.size(); ++f) {
        taken.children[f] = take_column(column.field(f), rows, buffers);
      }
      break;
    case Layout::dictionary:
      taken.values = take_fixed(column, column.index_layout, rows, buffers);
      break;
    default:
      taken.values = take_fixed(column, column.layout, rows, buffers);
      break;
  }
  return taken;
}

}  // namespace

Batch take(const Batch& batch, std::span<const std::int64_t> rows) {
  auto buffers = std::make_shared<Buffers>();
  buffers->source = batch.owner;
  Batch taken;
  taken.names = batch.names;
  taken.rows = static_cast<std::int64_t>(rows.size());
  for (const ColumnView& column : batch.columns) {
    taken.columns.push_back(take_column(column, rows, *buffers));
  }
  taken.owner = std::move(buffers);
  return taken;
}

}  // namespace zeroskew
