#include "zeroskew/transform/row_keys.hpp"

#include "transform/load.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {

std::vector<std::uint64_t> row_keys(const ColumnView& column) {
  const bool text = is_text(column.type.kind);
  if (!text && storage_of(column.type.kind) != Storage::integer) {
    fail_type("transform.keys", "keys",
              "row keys are whole numbers or texts, not " + to_string(column.type));
  }
  Slot slot{text ? Storage::text : Storage::integer, column.type.is_unsigned, 0, 0};
  const auto rows = static_cast<std::size_t>(column.length);
  Block block({text ? 0u : 1u, text ? 1u : 0u, 1}, rows);
  block.start(rows);
  load_column(column, Field{"keys", column.type, {}}, 0, block, slot);
  std::vector<std::uint64_t> keys(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    if (block.valid(slot)[i] == 0) {
      fail_value("transform.keys", "row " + std::to_string(i), "the key is missing");
    }
    keys[i] =
        text ? row_key(block.texts(slot)[i]) : static_cast<std::uint64_t>(block.integers(slot)[i]);
  }
  return keys;
}

}  // namespace zeroskew
