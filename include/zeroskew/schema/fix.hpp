#pragma once
/// The smallest change of a schema that accepts what an anomaly complains of.

#include <cstdint>
#include <string>
#include <vector>

#include "zeroskew/schema/field_tree.hpp"
#include "zeroskew/schema/path.hpp"

namespace zeroskew {

struct Schema;

/// Edits of fields and of extensions' members, so that one feature's fixes apply in any order.
struct Fix {
  struct Edit {
    enum class Target : std::uint8_t {
      feature,
      string_domain,
      sparse_feature,
      weighted_feature,
      dataset_constraints,
    };
    enum class Action : std::uint8_t {
      set,  ///< the field gets the values; no values: it is unset, or the whole target goes
      add,  ///< those of the values that a repeated field lacks are appended
    };

    Target target = Target::feature;
    Action action = Action::set;
    Path path;               ///< which feature; the name of a domain; empty for the dataset
    std::vector<int> field;  ///< field numbers from the target down; none: the whole target
    std::vector<FieldValue> values;
    /// Within `field`, which is then an annotation: the members of its extension down to the one
    /// that gets the value, a google.protobuf.Value.
    std::vector<std::string> members = {};

    [[nodiscard]] bool operator==(const Edit&) const = default;
  };

  std::vector<Edit> edits;

  [[nodiscard]] bool empty() const noexcept { return edits.empty(); }
  /// Changes the schema. Where two fixes set one field, the later one counts.
  /// @throws Error schema.unknown_feature when the schema has lost what the fix is about
  void apply(Schema& schema) const;
  /// "'fare': set presence.min_fraction to 0.9"; edits are joined by "; ".
  [[nodiscard]] std::string describe() const;

  Fix& operator+=(const Fix& other);
  [[nodiscard]] bool operator==(const Fix&) const = default;
};

}  // namespace zeroskew
