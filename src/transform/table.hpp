#pragma once
/// The columns of a table by name, as steps replace, add, rename and remove them. Fitting and
/// compiling follow the same rules here.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/transform/operation.hpp"

namespace zeroskew {

struct TableColumn {
  std::string name;
  Type type;
  std::optional<std::size_t>
      source;                ///< position in the given table, while its cells are untouched
  std::optional<Slot> slot;  ///< where a block holds it, once it is there
};

class TableColumns {
 public:
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const noexcept;
  [[nodiscard]] std::vector<std::string> names() const;

  /// The change that a step makes; `outputs` are the columns that come out, their cells filled in
  /// by the caller. @throws Error transform.name_taken
  void replace(const std::vector<Field>& inputs, const Prepared& prepared,
               std::vector<TableColumn> outputs, const std::string& where);

  std::vector<TableColumn> columns;
};

}  // namespace zeroskew
