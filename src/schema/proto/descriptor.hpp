#pragma once
// What the interchange messages look like: the one description that JSON and text share.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace zeroskew::detail {

enum class FieldKind : std::uint8_t {
  boolean,
  int64,
  uint32,
  uint64,
  float32,
  float64,
  string,
  bytes,
  enumeration,
  message,
};

struct FieldDescriptor {
  int number = 0;
  std::string_view name;
  FieldKind kind = FieldKind::boolean;
  bool repeated = false;
  std::uint8_t one_of = 0;  // fields of a message with the same non-zero number exclude each other
  std::string_view type{};  // full name of the message or enumeration
};

// How a message is written in JSON, where it is not simply an object of its fields.
enum class MessageForm : std::uint8_t {
  plain,
  implicit,  // scalars have no presence: zero, false and "" are the same as unset
  map_entry,
  any,
  object,  // google.protobuf.Struct
  value,
  list,
};

struct MessageDescriptor {
  std::string_view name;
  MessageForm form = MessageForm::plain;
  std::span<const FieldDescriptor> fields;  // by ascending number
};

struct EnumValue {
  int number = 0;
  std::string_view name;
};

struct EnumDescriptor {
  std::string_view name;
  bool open = false;  // numbers without a name are kept
  std::span<const EnumValue> values;
};

// Null when there is none of this name.
const MessageDescriptor* find_message(std::string_view name) noexcept;
const EnumDescriptor* find_enum(std::string_view name) noexcept;
// For names that the tables themselves mention.
const MessageDescriptor& message_of(const FieldDescriptor& field) noexcept;
const EnumDescriptor& enum_of(const FieldDescriptor& field) noexcept;

const FieldDescriptor* find_field(const MessageDescriptor& message, std::string_view name) noexcept;
const FieldDescriptor* find_field(const MessageDescriptor& message, int number) noexcept;
// Also takes the other spelling that JSON allows: "minCount" for "min_count".
const FieldDescriptor* find_json_field(const MessageDescriptor& message,
                                       std::string_view name) noexcept;
const EnumValue* find_value(const EnumDescriptor& type, std::string_view name) noexcept;
const EnumValue* find_value(const EnumDescriptor& type, std::int64_t number) noexcept;

bool is_map(const FieldDescriptor& field) noexcept;

// "; did you mean 'x'?", or nothing when no name is near.
std::string nearest_field(const MessageDescriptor& message, std::string_view name);
std::string nearest_value(const EnumDescriptor& type, std::string_view name);

// The tables, sorted by name.
std::span<const MessageDescriptor> message_table() noexcept;
std::span<const MessageDescriptor> statistics_table() noexcept;
std::span<const EnumDescriptor> enum_table() noexcept;

}  // namespace zeroskew::detail
