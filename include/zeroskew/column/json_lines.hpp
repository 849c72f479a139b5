#pragma once
/// Rows as JSON, one object a line, as servers get them.

#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/column/builder.hpp"

namespace zeroskew {

/// The columns of some lines: bool, int (unsigned if a value needs it), float (where whole and
/// fractional numbers mix), string, list, struct; null where no line has a value. `known` are the
/// columns of earlier lines of the same data. Names come in the order of their first appearance.
/// @throws Error json.malformed, json.type_conflict with the line
[[nodiscard]] std::vector<Field> infer_json_lines(std::string_view text,
                                                  std::vector<Field> known = {},
                                                  std::size_t first_line = 1);

/// The rows of some lines in the given columns: an absent key is null, a key that is no column is
/// left out, a whole number goes into a float column. Empty lines are no rows.
/// @throws Error json.malformed, json.type_conflict with line and key
[[nodiscard]] Batch read_json_lines(std::string_view text, const std::vector<Field>& fields,
                                    std::size_t first_line = 1);

}  // namespace zeroskew
