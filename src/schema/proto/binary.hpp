#pragma once
// The protobuf wire format, for messages that are packed as bytes inside others.

#include <string>
#include <string_view>

#include "schema/proto/tree.hpp"

namespace zeroskew::detail {

// Unknown field numbers, wrong wire types and cut-off input are errors.
FieldTree read_binary(const MessageDescriptor& message, std::string_view bytes, const Place& place);

}  // namespace zeroskew::detail
