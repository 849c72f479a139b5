#include "schema/proto/tree.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "schema/proto/binary.hpp"
#include "schema/proto/text_codec.hpp"
#include "zeroskew/detail/utf8.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::detail {
namespace {

bool is_zero(const FieldValue& value) noexcept {
  struct Zero {
    bool operator()(bool b) const noexcept { return !b; }
    bool operator()(std::int64_t i) const noexcept { return i == 0; }
    bool operator()(std::uint64_t i) const noexcept { return i == 0; }
    bool operator()(double d) const noexcept { return d == 0.0 && !std::signbit(d); }
    bool operator()(const std::string& s) const noexcept { return s.empty(); }
    bool operator()(const FieldTree&) const noexcept { return false; }
  };
  return std::visit(Zero{}, value);
}

void put_in_map(FieldEntry& entry, FieldTree item) {
  const std::string_view key = text_of(item, 1);
  const auto at = std::lower_bound(entry.values.begin(), entry.values.end(), key,
                                   [](const FieldValue& value, std::string_view k) {
                                     return text_of(std::get<FieldTree>(value), 1) < k;
                                   });
  if (at != entry.values.end() && text_of(std::get<FieldTree>(*at), 1) == key) {
    *at = std::move(item);  // as the format rules: the last one counts
  } else {
    entry.values.insert(at, std::move(item));
  }
}

// What a message is when its document has nothing in it.
FieldTree unset(const MessageDescriptor& type, const Place& place) {
  FieldTree tree;
  normalise(tree, type, place);
  return tree;
}

void normalise_any(FieldTree& tree, const Place& place) {
  const MessageDescriptor* type = any_type(text_of(tree, 1));
  if (type == nullptr) return;
  FieldEntry& content = tree.at(2);
  if (content.values.empty()) {
    content.values.emplace_back(unset(*type, place));
  } else if (const auto* packed = std::get_if<std::string>(&content.values.front())) {
    content.values.front() = FieldValue(read_binary(*type, *packed, place));
  }
}

}  // namespace

void fail_unknown_field(const Place& place, const MessageDescriptor& message,
                        std::string_view name) {
  fail_value("schema.unknown_field", place.text(),
             "message " + std::string(message.name) + " has no field '" + shown(name) + "'" +
                 nearest_field(message, name));
}

void put(FieldTree& tree, const MessageDescriptor& message, const FieldDescriptor& field,
         FieldValue value, const Place& place) {
  if (field.one_of != 0) {
    for (const FieldEntry& entry : tree.entries) {
      const FieldDescriptor* other = find_field(message, entry.number);
      if (other != nullptr && other != &field && other->one_of == field.one_of) {
        fail_value("schema.exclusive_fields", place.text(),
                   "'" + std::string(field.name) + "' and '" + std::string(other->name) +
                       "' exclude each other: keep one of them");
      }
    }
  }
  FieldEntry& entry = tree.at(field.number);
  if (is_map(field)) {
    put_in_map(entry, std::get<FieldTree>(std::move(value)));
    return;
  }
  if (!field.repeated && !entry.values.empty()) {
    fail_value("schema.duplicate_field", place.text(),
               "'" + std::string(field.name) + "' is set twice: keep one of them");
  }
  entry.values.push_back(std::move(value));
}

void normalise(FieldTree& tree, const MessageDescriptor& message, const Place& place) {
  switch (message.form) {
    case MessageForm::map_entry:
      if (tree.find(1) == nullptr) tree.at(1).values.emplace_back(std::string());
      if (tree.find(2) == nullptr) {
        tree.at(2).values.emplace_back(unset(message_of(message.fields[1]), place));
      }
      break;
    case MessageForm::value:
      if (tree.empty()) tree.at(1).values.emplace_back(std::int64_t{0});
      break;
    case MessageForm::any:
      normalise_any(tree, place);
      break;
    case MessageForm::implicit:
      std::erase_if(tree.entries, [&](const FieldEntry& entry) {
        const FieldDescriptor* field = find_field(message, entry.number);
        return field != nullptr && !field->repeated && field->one_of == 0 &&
               is_zero(entry.values.front());
      });
      break;
    case MessageForm::plain:
    case MessageForm::object:
    case MessageForm::list:
      break;
  }
}

FieldValue enum_from_name(const EnumDescriptor& type, std::string_view name, const Place& place) {
  if (const EnumValue* value = find_value(type, name)) return std::int64_t{value->number};
  fail_value(
      "schema.unknown_enum", place.text(),
      "'" + shown(name) + "' is no value of " + std::string(type.name) + nearest_value(type, name));
}

FieldValue enum_from_number(const EnumDescriptor& type, std::int64_t number, const Place& place) {
  const bool fits = number >= std::numeric_limits<std::int32_t>::min() &&
                    number <= std::numeric_limits<std::int32_t>::max();
  if (!fits || (!type.open && find_value(type, number) == nullptr)) {
    fail_value("schema.unknown_enum", place.text(),
               std::to_string(number) + " is no value of " + std::string(type.name));
  }
  return number;
}

FieldValue integer(const FieldDescriptor& field, bool negative, std::uint64_t magnitude,
                   const Place& place) {
  constexpr std::uint64_t kSigned = std::uint64_t{1} << 63;
  if (field.kind == FieldKind::int64) {
    if (!negative && magnitude < kSigned) return static_cast<std::int64_t>(magnitude);
    if (negative && magnitude <= kSigned) return static_cast<std::int64_t>(~magnitude + 1);
  } else if (!negative || magnitude == 0) {
    if (field.kind == FieldKind::uint64 || magnitude <= 0xFFFFFFFFU) return magnitude;
  }
  fail_value("schema.bad_value", place.text(),
             std::string(negative ? "-" : "") + std::to_string(magnitude) +
                 " is out of range for '" + std::string(field.name) + "'");
}

FieldValue real(const FieldDescriptor& field, double value, const Place& place) {
  if (field.kind != FieldKind::float32) return value;
  const auto narrow = static_cast<float>(value);
  if (std::isfinite(value) && !std::isfinite(narrow)) {
    fail_value("schema.bad_value", place.text(),
               "the number is out of range for '" + std::string(field.name) +
                   "', which has single precision");
  }
  return static_cast<double>(narrow);
}

void require_utf8(std::string_view text) {
  if (is_utf8(text)) return;
  fail_value("schema.invalid_utf8", shown(text), "text in a schema must be valid UTF-8");
}

const MessageDescriptor* any_type(std::string_view type_url) noexcept {
  const std::size_t slash = type_url.rfind('/');
  if (slash == std::string_view::npos) return nullptr;
  const MessageDescriptor* type = find_message(type_url.substr(slash + 1));
  return type == nullptr || type->form == MessageForm::map_entry ? nullptr : type;
}

std::string_view text_of(const FieldTree& tree, int number) noexcept {
  const FieldEntry* entry = tree.find(number);
  if (entry == nullptr || entry->values.empty()) return {};
  const auto* text = std::get_if<std::string>(&entry->values.front());
  return text == nullptr ? std::string_view{} : std::string_view(*text);
}

const FieldTree* message_in(const FieldTree& tree, int number) noexcept {
  const FieldEntry* entry = tree.find(number);
  if (entry == nullptr || entry->values.empty()) return nullptr;
  return std::get_if<FieldTree>(&entry->values.front());
}

}  // namespace zeroskew::detail
