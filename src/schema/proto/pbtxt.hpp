#pragma once
// The protobuf text format: any message of the tables, to and from its tree.

#include <string>
#include <string_view>

#include "schema/proto/descriptor.hpp"
#include "zeroskew/schema/field_tree.hpp"

namespace zeroskew::detail {

// Errors name line and column.
FieldTree read_pbtxt(const MessageDescriptor& message, std::string_view text);

// Fields by number, two spaces a level, UTF-8 as it is, a known Any unpacked.
std::string write_pbtxt(const MessageDescriptor& message, const FieldTree& tree);
// The value of one field as it would stand on one line: 12, "abc", { min: 1 max: 2 }.
std::string write_pbtxt_inline(const FieldDescriptor& field, const FieldValue& value);

}  // namespace zeroskew::detail
