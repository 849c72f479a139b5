#pragma once
/// Named columns of equal length, and what keeps their buffers alive.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/column/view.hpp"

namespace zeroskew {

/// A table's worth of rows. Copies share the buffers; a batch may be read from many threads.
struct Batch {
  std::vector<std::string> names;
  std::vector<ColumnView> columns;
  std::int64_t rows = 0;
  std::shared_ptr<const void> owner;

  /// Position of a column, if there is one of that name.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const noexcept {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == name) return i;
    }
    return std::nullopt;
  }

  /// `count` rows from `start` on, sharing the buffers.
  [[nodiscard]] Batch slice(std::int64_t start, std::int64_t count) const {
    Batch part = *this;
    for (ColumnView& column : part.columns) column = column.slice(start, count);
    part.rows = count;
    return part;
  }
};

}  // namespace zeroskew
