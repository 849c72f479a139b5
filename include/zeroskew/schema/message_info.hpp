#pragma once
/// What the schema's messages are made of, for editors, bindings and reference pages.

#include <string_view>
#include <vector>

namespace zeroskew {

struct MessageField {
  std::string_view name;
  /// "bool", "int", "float", "string", "bytes", "enum" or "message".
  std::string_view kind;
  bool repeated = false;
  int one_of = 0;         ///< fields with the same number, other than 0, exclude each other
  std::string_view type;  ///< the message's own name ("IntDomain"), for kind "message"
  std::vector<std::string_view> values;  ///< the names of an enumeration

  [[nodiscard]] bool operator==(const MessageField&) const = default;
};

/// The fields of a message by its name within tensorflow.metadata.v0 ("Schema", "Feature",
/// "FixedShape.Dim"), in the order of their numbers.
/// @throws Error schema.unknown_message
[[nodiscard]] std::vector<MessageField> message_fields(std::string_view message);

}  // namespace zeroskew
