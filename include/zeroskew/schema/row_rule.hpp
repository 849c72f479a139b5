#pragma once
/// Rules across the columns of a row: `total == fare + tip within 0.01`.

#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/schema/anomaly.hpp"

namespace zeroskew {

struct Schema;

/// A condition (see `Expression`) that every row must meet. A row where it is null, because a value
/// is, meets it. Kept in the schema's annotation under "row_rules".
struct RowRule {
  std::string name;
  std::string expression;
  double min_share = 1.0;  ///< of the rows where it is not null, so many must meet it
  Severity severity = Severity::error;
  std::string description;  ///< for the reader of a report

  [[nodiscard]] bool operator==(const RowRule&) const = default;
};

/// The rules of a schema, in their order.
/// @throws Error schema.bad_rule where the annotation holds something else
[[nodiscard]] std::vector<RowRule> row_rules(const Schema& schema);

/// Adds a rule, or replaces the one of its name.
/// @throws Error schema.bad_rule (no name, a share outside (0, 1], no condition), and what
/// `Expression::parse` throws
void add_row_rule(Schema& schema, const RowRule& rule);

/// The features, by name or path, whose values together occur in one row only; none: there is no
/// such key. Kept in the schema's annotation under "unique_key".
/// @throws Error schema.bad_rule where the annotation holds something else
[[nodiscard]] std::vector<std::string> unique_key(const Schema& schema);
/// Sets the key; no names take it out. @throws Error schema.unknown_feature
void set_unique_key(Schema& schema, const std::vector<std::string>& names);

/// Takes a rule out; true when it was there.
bool remove_row_rule(Schema& schema, std::string_view name);

}  // namespace zeroskew
