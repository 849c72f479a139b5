#include "schema/proto/descriptor.hpp"

#include <algorithm>
#include <vector>

#include "zeroskew/detail/nearest.hpp"

namespace zeroskew::detail {
namespace {

template <class Row>
const Row* find_row(std::span<const Row> rows, std::string_view name) noexcept {
  const auto at = std::lower_bound(rows.begin(), rows.end(), name,
                                   [](const Row& row, std::string_view n) { return row.name < n; });
  return at != rows.end() && at->name == name ? &*at : nullptr;
}

template <class Row>
std::string nearest_row(std::span<const Row> rows, std::string_view name) {
  std::vector<std::string_view> names;
  for (const Row& row : rows) names.push_back(row.name);
  return suggestion(name, names);
}

bool is_camel_case_of(std::string_view text, std::string_view name) noexcept {
  std::size_t at = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    char c = name[i];
    if (c == '_' && i + 1 < name.size()) {
      c = name[++i];
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    if (at >= text.size() || text[at++] != c) return false;
  }
  return at == text.size();
}

}  // namespace

const MessageDescriptor* find_message(std::string_view name) noexcept {
  const MessageDescriptor* found = find_row(message_table(), name);
  return found != nullptr ? found : find_row(statistics_table(), name);
}

const EnumDescriptor* find_enum(std::string_view name) noexcept {
  return find_row(enum_table(), name);
}

const MessageDescriptor& message_of(const FieldDescriptor& field) noexcept {
  return *find_message(field.type);
}

const EnumDescriptor& enum_of(const FieldDescriptor& field) noexcept {
  return *find_enum(field.type);
}

const FieldDescriptor* find_field(const MessageDescriptor& message,
                                  std::string_view name) noexcept {
  for (const FieldDescriptor& field : message.fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

const FieldDescriptor* find_json_field(const MessageDescriptor& message,
                                       std::string_view name) noexcept {
  for (const FieldDescriptor& field : message.fields) {
    if (field.name == name || is_camel_case_of(name, field.name)) return &field;
  }
  return nullptr;
}

const FieldDescriptor* find_field(const MessageDescriptor& message, int number) noexcept {
  for (const FieldDescriptor& field : message.fields) {
    if (field.number == number) return &field;
  }
  return nullptr;
}

const EnumValue* find_value(const EnumDescriptor& type, std::string_view name) noexcept {
  for (const EnumValue& value : type.values) {
    if (value.name == name) return &value;
  }
  return nullptr;
}

const EnumValue* find_value(const EnumDescriptor& type, std::int64_t number) noexcept {
  for (const EnumValue& value : type.values) {
    if (value.number == number) return &value;
  }
  return nullptr;
}

bool is_map(const FieldDescriptor& field) noexcept {
  return field.kind == FieldKind::message && message_of(field).form == MessageForm::map_entry;
}

std::string nearest_field(const MessageDescriptor& message, std::string_view name) {
  return nearest_row(message.fields, name);
}

std::string nearest_value(const EnumDescriptor& type, std::string_view name) {
  return nearest_row(type.values, name);
}

}  // namespace zeroskew::detail
