#pragma once
/// Where a feature that validation computed comes from.

#include <string>
#include <vector>

#include "zeroskew/schema/field_tree.hpp"
#include "zeroskew/schema/path.hpp"

namespace zeroskew {

/// Its message has no presence: an empty text and `false` are the same as unset.
struct DerivedFeatureSource {
  std::string deriver_name;
  std::string description;
  std::vector<Path> source_path;
  bool declaratively_configured = false;
  FieldTree carried;  ///< `config`: kept, never used

  [[nodiscard]] bool operator==(const DerivedFeatureSource&) const = default;
};

}  // namespace zeroskew
