#pragma once
// The protobuf wire format, for messages that are packed as bytes inside others.

#include <cstdint>
#include <string>
#include <string_view>

#include "schema/proto/tree.hpp"

namespace zeroskew::detail {

// What to do with field numbers that the tables do not have.
enum class UnknownFields : std::uint8_t { fail, skip };

// Wrong wire types and cut-off input are errors.
FieldTree read_binary(const MessageDescriptor& message, std::string_view bytes, const Place& place,
                      UnknownFields unknown = UnknownFields::fail);

}  // namespace zeroskew::detail
