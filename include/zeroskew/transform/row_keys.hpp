#pragma once
/// What names a row for its random draws, wherever it stands.

#include <cstdint>
#include <vector>

#include "zeroskew/column/view.hpp"
#include "zeroskew/random/row_key.hpp"

namespace zeroskew {

/// The keys of a column: an integer (or a date or time, as the integer in its unit) is its own key,
/// so that row numbers as keys are the default keys; a text's key is `row_key(text)`.
/// @throws Error transform.keys for other types and for missing keys
[[nodiscard]] std::vector<std::uint64_t> row_keys(const ColumnView& column);

}  // namespace zeroskew
