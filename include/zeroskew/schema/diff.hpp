#pragma once
/// What changed between two schemas, for a reviewer.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace zeroskew {

struct Schema;

/// One change. An added thing has no `before`, a removed one no `after`.
struct SchemaChange {
  enum class Kind : std::uint8_t { added, removed, changed };

  Kind kind = Kind::changed;
  std::string path;                   ///< the feature, as `to_string(Path)`; "" is the schema
  std::string what;                   ///< the field: "int_domain.max"; "feature" is all of it
  std::optional<std::string> before;  ///< on one line, as .pbtxt spells it
  std::optional<std::string> after;

  [[nodiscard]] bool operator==(const SchemaChange&) const = default;
};

/// Every difference, in the order of the fields and features of `before`, then what `after` adds.
/// Features and domains are matched by name; a change of order alone is reported as "order".
/// Empty exactly when the schemas are equal.
[[nodiscard]] std::vector<SchemaChange> schema_diff(const Schema& before, const Schema& after);

/// "fare: int_domain.max: 10 -> 20"; long values are shortened.
[[nodiscard]] std::string to_string(const SchemaChange& change);
/// One change a line.
[[nodiscard]] std::string to_string(const std::vector<SchemaChange>& changes);

}  // namespace zeroskew
