#pragma once
// Extensions as annotation.extra_metadata holds them.

#include <vector>

#include "zeroskew/schema/extension.hpp"
#include "zeroskew/schema/field_tree.hpp"

namespace zeroskew::detail {

// A JSON-like value as a google.protobuf.Value, and back. @throws Error schema.extension_number
FieldTree value_of_extension(const Extension& extension);
Extension extension_of_value(const FieldTree& value);

// The google.protobuf.Any of a Struct {"zeroskew": extension}.
FieldTree any_of_extension(const Extension& extension);
// Takes the "zeroskew" key out of the last Struct that has it (where we write it); a Struct with
// other keys keeps them, one without goes. Null when no Struct has the key.
Extension take_extension(std::vector<FieldTree>& extra_metadata);

}  // namespace zeroskew::detail
