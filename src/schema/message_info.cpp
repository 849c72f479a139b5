#include "zeroskew/schema/message_info.hpp"

#include <string>

#include "schema/proto/descriptor.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

constexpr std::string_view kPackage = "tensorflow.metadata.v0.";

std::string_view kind_of(detail::FieldKind kind) noexcept {
  switch (kind) {
    case detail::FieldKind::boolean:
      return "bool";
    case detail::FieldKind::int64:
    case detail::FieldKind::uint32:
    case detail::FieldKind::uint64:
      return "int";
    case detail::FieldKind::float32:
    case detail::FieldKind::float64:
      return "float";
    case detail::FieldKind::string:
      return "string";
    case detail::FieldKind::bytes:
      return "bytes";
    case detail::FieldKind::enumeration:
      return "enum";
    case detail::FieldKind::message:
      break;
  }
  return "message";
}

}  // namespace

std::vector<MessageField> message_fields(std::string_view message) {
  const auto* found = detail::find_message(std::string(kPackage).append(message));
  if (found == nullptr) {
    fail_key("schema.unknown_message", std::string(message), "there is no such message");
  }
  std::vector<MessageField> fields;
  for (const detail::FieldDescriptor& field : found->fields) {
    MessageField& info = fields.emplace_back();
    info.name = field.name;
    info.kind = kind_of(field.kind);
    info.repeated = field.repeated;
    info.one_of = field.one_of;
    if (field.kind == detail::FieldKind::message) {
      const bool ours = field.type.starts_with(kPackage);
      info.type = ours ? field.type.substr(kPackage.size()) : field.type;
    }
    if (field.kind == detail::FieldKind::enumeration) {
      for (const detail::EnumValue& value : detail::enum_of(field).values) {
        info.values.push_back(value.name);
      }
    }
  }
  return fields;
}

}  // namespace zeroskew
