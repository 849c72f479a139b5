// Fixes in words.

#include <algorithm>
#include <utility>

#include "schema/extension_any.hpp"
#include "schema/fix_edits.hpp"
#include "schema/proto/pbtxt.hpp"
#include "zeroskew/detail/format.hpp"

namespace zeroskew {
namespace {

using detail::FieldDescriptor;
using detail::message_of_target;
using detail::MessageDescriptor;
using Edit = Fix::Edit;

std::string shortened(std::string text) {
  constexpr std::size_t longest = 60;
  if (text.size() <= longest) return text;
  std::size_t end = longest - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
  return text.substr(0, end) + "...";
}

std::string whole(const Edit& edit) {
  const bool domain = edit.target == Edit::Target::string_domain;
  const std::string what = domain ? "the string domain" : "the feature";
  if (edit.values.empty()) return "remove " + what;
  const auto& tree = std::get<FieldTree>(edit.values.front());
  if (domain) {
    const FieldEntry* values = tree.find(2);
    const std::size_t count = values == nullptr ? 0 : values->values.size();
    return "add " + what + " with " + std::to_string(count) + (count == 1 ? " value" : " values");
  }
  const FieldEntry* type = tree.find(6);
  if (type == nullptr || edit.target != Edit::Target::feature) return "add " + what;
  const auto number = static_cast<FeatureType>(std::get<std::int64_t>(type->values.front()));
  return "add " + what + " of type " + std::string(to_string(number));
}

// As JSON has it.
std::string text_of(const Extension& value) {
  if (value.is_bool()) return value.boolean() ? "true" : "false";
  if (value.is_number()) return detail::shortest(value.number());
  if (value.is_text()) return "\"" + shortened(value.text()) + "\"";
  std::string text;
  if (value.is_list()) {
    for (const Extension& one : value.list()) text += (text.empty() ? "" : ", ") + text_of(one);
    return "[" + shortened(text) + "]";
  }
  if (!value.is_object()) return "null";
  for (const Extension::Member& member : value.members()) {
    text += (text.empty() ? "" : ", ") + member.name + ": " + text_of(member.value);
  }
  return "{" + shortened(text) + "}";
}

std::string change(const Edit& edit) {
  if (edit.field.empty()) return whole(edit);
  if (!edit.members.empty()) {
    std::string name;
    for (const std::string& member : edit.members) name += (name.empty() ? "" : ".") + member;
    if (edit.values.empty()) return "clear " + name;
    return "set " + name + " to " +
           text_of(detail::extension_of_value(std::get<FieldTree>(edit.values.front())));
  }
  const MessageDescriptor* message = &message_of_target(edit.target);
  const FieldDescriptor* field = nullptr;
  std::string name;
  for (const int number : edit.field) {
    field = detail::find_field(*message, number);
    name.append(name.empty() ? "" : ".").append(field->name);
    if (field->kind == detail::FieldKind::message) message = &detail::message_of(*field);
  }
  if (edit.values.empty()) return "clear " + name;
  std::string values;
  constexpr std::size_t most = 5;
  for (std::size_t i = 0; i < std::min(edit.values.size(), most); ++i) {
    values += (i == 0 ? "" : ", ") + shortened(detail::write_pbtxt_inline(*field, edit.values[i]));
  }
  if (edit.values.size() > most)
    values += ", and " + std::to_string(edit.values.size() - most) + " more";
  return edit.action == Edit::Action::add ? "add " + values + " to " + name
                                          : "set " + name + " to " + values;
}

std::string subject(const Edit& edit) {
  if (edit.target == Edit::Target::dataset_constraints) return "dataset_constraints";
  switch (edit.target) {
    case Edit::Target::string_domain:
      return "string_domain '" + edit.path.step.back() + "'";
    case Edit::Target::sparse_feature:
      return "sparse_feature '" + to_string(edit.path) + "'";
    case Edit::Target::weighted_feature:
      return "weighted_feature '" + to_string(edit.path) + "'";
    default:
      return "'" + to_string(edit.path) + "'";
  }
}

}  // namespace

std::string Fix::describe() const {
  std::string text;
  for (const Edit& edit : edits) {
    text += (text.empty() ? "" : "; ") + subject(edit) + ": " + change(edit);
  }
  return text;
}

}  // namespace zeroskew
