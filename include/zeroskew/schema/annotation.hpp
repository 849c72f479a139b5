#pragma once
/// Words about a feature or a schema, and what the message has no field for.

#include <string>
#include <vector>

#include "zeroskew/schema/extension.hpp"
#include "zeroskew/schema/field_tree.hpp"

namespace zeroskew {

struct Annotation {
  std::vector<std::string> tag;
  std::vector<std::string> comment;
  std::vector<FieldTree> extra_metadata;  ///< other tools' google.protobuf.Any, kept as they came
  Extension extension;                    ///< ours: the "zeroskew" key of an extra_metadata Struct

  [[nodiscard]] bool operator==(const Annotation&) const = default;
};

}  // namespace zeroskew
