#pragma once
// The protobuf-JSON form: any message of the tables, to and from its tree.

#include <string>
#include <string_view>

#include "schema/proto/descriptor.hpp"
#include "zeroskew/schema/field_tree.hpp"

namespace zeroskew::detail {

// Takes field names in both spellings, 64-bit integers as numbers or text, enumerations as names
// or numbers; null is unset. Errors name the place: the path of the field, line and column.
FieldTree read_json(const MessageDescriptor& message, std::string_view text);

// Fields by number under their own names, 64-bit integers as text, enumerations as names, two
// spaces a level. What has no JSON form (NaN in a Struct, an Any without a type) is an error.
std::string write_json(const MessageDescriptor& message, const FieldTree& tree);

}  // namespace zeroskew::detail
