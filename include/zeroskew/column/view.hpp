#pragma once
/// A borrowed column: pointers into somebody else's Arrow buffers.

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/column/bitmap.hpp"
#include "zeroskew/column/type.hpp"

namespace zeroskew {

/// How the cells lie in memory (the logical meaning is `Type`).
enum class Layout : std::uint8_t {
  none,  ///< all null: no buffers
  bits,
  int8, int16, int32, int64,
  uint8, uint16, uint32, uint64,
  float16, float32, float64,
  int128, int256,            ///< decimals, little-endian two's complement
  binary32, binary64,        ///< 32- or 64-bit offsets into one buffer
  binary_view,               ///< 16-byte views
  fixed_binary,              ///< `width` bytes a cell
  list32, list64, list_view32, list_view64,
  fixed_list,                ///< `width` items a cell
  structure,
  dictionary,                ///< `index_layout` indices into children[0]
};

/// Cells [0, length) of a column. Copying copies pointers only: whoever made the view keeps the
/// buffers alive.
struct ColumnView {
  Type type;
  Layout layout = Layout::none;
  Layout index_layout = Layout::none;        ///< dictionary only
  std::int32_t width = 0;                    ///< fixed_binary, fixed_list
  std::int64_t length = 0;
  std::int64_t offset = 0;                   ///< of cell 0 in the buffers
  const std::uint8_t* validity = nullptr;    ///< null: every cell is present
  const void* values = nullptr;              ///< values, views, indices or text bytes
  const void* offsets = nullptr;             ///< binary32/64, list*, list_view*
  const void* sizes = nullptr;               ///< list_view*
  std::span<const void* const> variadic;     ///< binary_view: the data buffers
  std::span<const std::int64_t> variadic_sizes;  ///< binary_view: their sizes in bytes
  std::vector<ColumnView> children;
  std::vector<std::string> child_names;      ///< structure: the fields' names

  [[nodiscard]] bool is_valid(std::int64_t row) const noexcept {
    return layout != Layout::none && bit_at(validity, offset + row);
  }

  /// Number of cells that are not null (dictionary values are not looked at).
  [[nodiscard]] std::int64_t valid_count() const noexcept {
    return layout == Layout::none ? 0 : count_bits(validity, offset, length);
  }

  /// Fixed-width values from cell 0 on.
  template <class T>
  [[nodiscard]] const T* data() const noexcept {
    return static_cast<const T*>(values) + offset;
  }

  /// The same buffers, `count` cells from `start` on.
  [[nodiscard]] ColumnView slice(std::int64_t start, std::int64_t count) const {
    ColumnView part = *this;
    part.offset += start;
    part.length = count;
    return part;
  }

  /// Field `i` of a structure, restricted to this view's cells.
  [[nodiscard]] ColumnView field(std::size_t i) const { return children[i].slice(offset, length); }

  /// The bytes of a binary32, binary64, binary_view or fixed_binary cell that is not null.
  [[nodiscard]] std::string_view text(std::int64_t row) const noexcept;
  /// The dictionary index of a cell that is not null.
  [[nodiscard]] std::int64_t index(std::int64_t row) const noexcept;
  /// First child cell and number of child cells of a list cell that is not null.
  struct Extent {
    std::int64_t start = 0;
    std::int64_t count = 0;
  };
  [[nodiscard]] Extent list_extent(std::int64_t row) const noexcept;
};

/// IEEE half to double (exact).
[[nodiscard]] double half_to_double(std::uint16_t bits) noexcept;

inline std::string_view ColumnView::text(std::int64_t row) const noexcept {
  const std::int64_t i = offset + row;
  const auto* bytes = static_cast<const char*>(values);
  switch (layout) {
    case Layout::binary32: {
      const auto* o = static_cast<const std::int32_t*>(offsets) + i;
      return {bytes + o[0], static_cast<std::size_t>(o[1] - o[0])};
    }
    case Layout::binary64: {
      const auto* o = static_cast<const std::int64_t*>(offsets) + i;
      return {bytes + o[0], static_cast<std::size_t>(o[1] - o[0])};
    }
    case Layout::binary_view: {
      const char* view = bytes + i * 16;
      std::int32_t size, buffer, start;
      std::memcpy(&size, view, 4);
      if (size <= 12) return {view + 4, static_cast<std::size_t>(size)};
      std::memcpy(&buffer, view + 8, 4);
      std::memcpy(&start, view + 12, 4);
      return {static_cast<const char*>(variadic[static_cast<std::size_t>(buffer)]) + start,
              static_cast<std::size_t>(size)};
    }
    case Layout::fixed_binary:
      return {bytes + i * width, static_cast<std::size_t>(width)};
    default:
      return {};
  }
}

}  // namespace zeroskew
