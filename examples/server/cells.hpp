#pragma once
/// The cells of one row of a request, in the order of a model's columns.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <zeroskew/transform/list_cell.hpp>
#include <zeroskew/transform/row_cell.hpp>
#include "model.hpp"

namespace server {

struct Cells {
  std::vector<zeroskew::RowCell> cells;
  std::vector<std::uint8_t> present;      ///< 1 where the request names the column
  std::uint64_t unknown = 0;              ///< columns of the request that the model does not know
  std::vector<zeroskew::ListCell> lists;  ///< what list cells view

  void start(std::size_t columns) {
    cells.assign(columns, {});
    present.assign(columns, 0);
    unknown = 0;
    lists.resize(columns);
  }
};

/// The cell that a CSV field is in a column of this kind; an empty one is missing.
/// @throws Error server.cell with the column's name
[[nodiscard]] zeroskew::RowCell cell_of_text(std::string_view text, bool quoted,
                                             const zeroskew::Field& column);

/// "NaN", "Infinity", "-Infinity" (and CSV's nan, inf, -inf) where numbers are expected; otherwise
/// the text.
[[nodiscard]] zeroskew::RowCell number_or_text(std::string_view text, zeroskew::Kind kind) noexcept;

}  // namespace server
