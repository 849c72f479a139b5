#pragma once
/// The columns that a schema expects, for readers of rows.

#include <optional>
#include <string_view>
#include <vector>

#include "zeroskew/column/builder.hpp"
#include "zeroskew/schema/schema.hpp"

namespace zeroskew {

/// Columns for `read_json_lines` or a RowBuilder, in schema order: INT is int, FLOAT float, BYTES
/// string, STRUCT a struct of its children. A feature whose shape or value count says other than
/// one value is a list, nested as deep as its dimensions or `value_counts`; one that says nothing
/// is a single value. Deprecated features, and those outside the environment, have no column.
/// @throws Error schema.unknown_environment
[[nodiscard]] std::vector<Field> row_fields(const Schema& schema,
                                            std::optional<std::string_view> environment = {});

}  // namespace zeroskew
