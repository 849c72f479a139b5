#include "transform/table.hpp"

#include <algorithm>

#include "zeroskew/error.hpp"

namespace zeroskew {

std::optional<std::size_t> TableColumns::find(std::string_view name) const noexcept {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == name) return i;
  }
  return std::nullopt;
}

std::vector<std::string> TableColumns::names() const {
  std::vector<std::string> result;
  for (const TableColumn& column : columns) result.push_back(column.name);
  return result;
}

void TableColumns::replace(const std::vector<Field>& inputs, const Prepared& prepared,
                           std::vector<TableColumn> outputs, const std::string& where) {
  const auto is_input = [&](const std::string& name) {
    return std::any_of(inputs.begin(), inputs.end(),
                       [&](const Field& field) { return field.name == name; });
  };
  if (prepared.only_outputs) {
    columns = std::move(outputs);
    return;
  }
  std::vector<TableColumn> added;
  std::vector<TableColumn> in_place;
  for (TableColumn& output : outputs) {
    const auto same_name = [&](const TableColumn& other) { return other.name == output.name; };
    if (std::any_of(added.begin(), added.end(), same_name) ||
        std::any_of(in_place.begin(), in_place.end(), same_name) ||
        (!is_input(output.name) && find(output.name))) {
      fail_value("transform.name_taken", where,
                 "makes a column '" + output.name +
                     "', but there is one of that name; rename one of them");
    }
    (is_input(output.name) ? in_place : added).push_back(std::move(output));
  }
  std::vector<TableColumn> next;
  bool inserted = false;
  for (TableColumn& column : columns) {
    if (!is_input(column.name)) {
      next.push_back(std::move(column));
      continue;
    }
    const auto output = std::find_if(in_place.begin(), in_place.end(),
                                     [&](const TableColumn& o) { return o.name == column.name; });
    if (output != in_place.end()) {
      next.push_back(std::move(*output));
    } else if (prepared.keeps_inputs) {
      next.push_back(std::move(column));
    }
    if (!inserted) {
      std::move(added.begin(), added.end(), std::back_inserter(next));
      inserted = true;
    }
  }
  columns = std::move(next);
}

}  // namespace zeroskew
