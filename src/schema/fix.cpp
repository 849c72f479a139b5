#include "zeroskew/schema/fix.hpp"

#include <algorithm>
#include <utility>

#include "schema/convert.hpp"
#include "schema/fix_edits.hpp"
#include "schema/proto/descriptor.hpp"
#include "schema/proto/pbtxt.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/schema.hpp"

namespace zeroskew {
namespace {

using detail::FieldDescriptor;
using detail::MessageDescriptor;
using Edit = Fix::Edit;

const MessageDescriptor& message_of_target(Edit::Target target) {
  using enum Edit::Target;
  const char* name = "tensorflow.metadata.v0.Feature";
  if (target == string_domain) name = "tensorflow.metadata.v0.StringDomain";
  if (target == sparse_feature) name = "tensorflow.metadata.v0.SparseFeature";
  if (target == weighted_feature) name = "tensorflow.metadata.v0.WeightedFeature";
  if (target == dataset_constraints) name = "tensorflow.metadata.v0.DatasetConstraints";
  return *detail::find_message(name);
}

// A member of a one-of pushes the others out.
FieldEntry& make_room(FieldTree& tree, const MessageDescriptor& message, int number) {
  const FieldDescriptor* field = detail::find_field(message, number);
  if (field->one_of != 0) {
    for (const FieldDescriptor& other : message.fields) {
      if (other.one_of == field->one_of && other.number != number) tree.erase(other.number);
    }
  }
  return tree.at(number);
}

void edit_tree(FieldTree& tree, const MessageDescriptor& message, const Edit& edit,
               std::size_t depth) {
  const int number = edit.field[depth];
  if (depth + 1 < edit.field.size()) {
    if (edit.values.empty() && tree.find(number) == nullptr) return;  // unset already
    FieldEntry& entry = make_room(tree, message, number);
    if (entry.values.empty()) entry.values.emplace_back(FieldTree());
    edit_tree(std::get<FieldTree>(entry.values.front()),
              detail::message_of(*detail::find_field(message, number)), edit, depth + 1);
    return;
  }
  if (edit.values.empty()) {
    tree.erase(number);
    return;
  }
  FieldEntry& entry = make_room(tree, message, number);
  if (edit.action == Edit::Action::set) {
    entry.values = edit.values;
    return;
  }
  for (const FieldValue& value : edit.values) {
    if (std::find(entry.values.begin(), entry.values.end(), value) == entry.values.end()) {
      entry.values.push_back(value);
    }
  }
}

template <class T>
void edit_message(T& member, const Edit& edit) {
  FieldTree tree = detail::to_tree(std::as_const(member));
  edit_tree(tree, message_of_target(edit.target), edit, 0);
  detail::from_tree(std::move(tree), member);
}

// Sets, inserts or takes out a whole named element.
template <class T>
void edit_element(std::vector<T>& elements, const Edit& edit) {
  const std::string& name = edit.path.step.back();
  const auto at = std::find_if(elements.begin(), elements.end(),
                               [&](const T& e) { return e.name.value_or("") == name; });
  if (!edit.field.empty()) {
    if (at == elements.end()) {
      fail_key("schema.fix_stale", to_string(edit.path),
               "the schema has no longer what this fixes");
    }
    edit_message(*at, edit);
  } else if (edit.values.empty()) {
    if (at != elements.end()) elements.erase(at);
  } else {
    T& element = at == elements.end() ? elements.emplace_back() : *at;
    detail::from_tree(std::get<FieldTree>(edit.values.front()), element);
  }
}

std::vector<Feature>& siblings(Schema& schema, const Path& path) {
  if (path.step.size() == 1) return schema.features;
  Feature& parent = schema.feature(to_string(path.parent()));
  if (parent.domain<StructDomain>() == nullptr) parent.domain_info = StructDomain();
  return parent.domain<StructDomain>()->feature;
}

std::vector<SparseFeature>& sparse_siblings(Schema& schema, const Path& path) {
  if (path.step.size() == 1) return schema.sparse_features;
  Feature& parent = schema.feature(to_string(path.parent()));
  if (parent.domain<StructDomain>() == nullptr) parent.domain_info = StructDomain();
  return parent.domain<StructDomain>()->sparse_feature;
}

void apply_edit(Schema& schema, const Edit& edit) {
  switch (edit.target) {
    case Edit::Target::feature:
      edit_element(siblings(schema, edit.path), edit);
      break;
    case Edit::Target::string_domain:
      edit_element(schema.string_domains, edit);
      break;
    case Edit::Target::sparse_feature:
      edit_element(sparse_siblings(schema, edit.path), edit);
      break;
    case Edit::Target::weighted_feature:
      edit_element(schema.weighted_features, edit);
      break;
    case Edit::Target::dataset_constraints:
      if (!schema.dataset_constraints) schema.dataset_constraints.emplace();
      edit_message(*schema.dataset_constraints, edit);
      break;
  }
}

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

std::string change(const Edit& edit) {
  if (edit.field.empty()) return whole(edit);
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

// Does another member of its one-of come, which pushes it out?
bool replaced(const MessageDescriptor& message, const FieldDescriptor& field,
              const FieldTree& after) {
  if (field.one_of == 0) return false;
  return std::any_of(message.fields.begin(), message.fields.end(), [&](const auto& other) {
    return other.one_of == field.one_of && after.find(other.number) != nullptr;
  });
}

bool is_prefix(const std::vector<FieldValue>& head, const std::vector<FieldValue>& all) {
  return head.size() <= all.size() && std::equal(head.begin(), head.end(), all.begin());
}

}  // namespace

void Fix::apply(Schema& schema) const {
  Schema changed = schema;
  for (const Edit& edit : edits) apply_edit(changed, edit);
  schema = std::move(changed);
}

std::string Fix::describe() const {
  std::string text;
  for (const Edit& edit : edits) {
    text += (text.empty() ? "" : "; ") + subject(edit) + ": " + change(edit);
  }
  return text;
}

Fix& Fix::operator+=(const Fix& other) {
  edits.insert(edits.end(), other.edits.begin(), other.edits.end());
  return *this;
}

namespace detail {

void apply_in_place(const Fix& fix, Schema& schema) {
  for (const Edit& edit : fix.edits) apply_edit(schema, edit);
}

static void add_edits(Fix& fix, Edit& at, const MessageDescriptor& message, const FieldTree& before,
                      const FieldTree& after) {
  static const std::vector<FieldValue> none;
  // First what goes, then what comes: a member of a one-of that comes must not be taken out again.
  for (const bool coming : {false, true}) {
    for (const FieldDescriptor& field : message.fields) {
      const FieldEntry* old_entry = before.find(field.number);
      const FieldEntry* new_entry = after.find(field.number);
      const auto& old_values = old_entry == nullptr ? none : old_entry->values;
      const auto& new_values = new_entry == nullptr ? none : new_entry->values;
      if (old_values == new_values || coming == new_values.empty()) continue;
      if (!coming && replaced(message, field, after)) continue;
      at.field.push_back(field.number);
      const bool single_message = field.kind == FieldKind::message && !field.repeated;
      if (single_message && !old_values.empty() && !new_values.empty()) {
        add_edits(fix, at, message_of(field), std::get<FieldTree>(old_values.front()),
                  std::get<FieldTree>(new_values.front()));
      } else {
        Edit edit = at;
        edit.values = new_values;
        if (field.repeated && !old_values.empty() && is_prefix(old_values, new_values)) {
          edit.action = Edit::Action::add;
          edit.values.erase(edit.values.begin(),
                            edit.values.begin() + static_cast<std::ptrdiff_t>(old_values.size()));
        }
        fix.edits.push_back(std::move(edit));
      }
      at.field.pop_back();
    }
  }
}

Fix fix_between(const Path& path, const Feature& before, const Feature& after) {
  Fix fix;
  Edit at{Edit::Target::feature, Edit::Action::set, path, {}, {}};
  add_edits(fix, at, message_of_target(at.target), to_tree(before), to_tree(after));
  return fix;
}

Fix fix_between(const StringDomain& before, const StringDomain& after) {
  Fix fix;
  Edit at{Edit::Target::string_domain, Edit::Action::set, Path({before.name.value_or("")}), {}, {}};
  add_edits(fix, at, message_of_target(at.target), to_tree(before), to_tree(after));
  return fix;
}

Fix fix_between(const DatasetConstraints& before, const DatasetConstraints& after) {
  Fix fix;
  Edit at{Edit::Target::dataset_constraints, Edit::Action::set, Path(), {}, {}};
  add_edits(fix, at, message_of_target(at.target), to_tree(before), to_tree(after));
  return fix;
}

Fix fix_between(const Path& path, const SparseFeature& before, const SparseFeature& after) {
  Fix fix;
  Edit at{Edit::Target::sparse_feature, Edit::Action::set, path, {}, {}};
  add_edits(fix, at, message_of_target(at.target), to_tree(before), to_tree(after));
  return fix;
}

Fix fix_between(const Path& path, const WeightedFeature& before, const WeightedFeature& after) {
  Fix fix;
  Edit at{Edit::Target::weighted_feature, Edit::Action::set, path, {}, {}};
  add_edits(fix, at, message_of_target(at.target), to_tree(before), to_tree(after));
  return fix;
}

Fix insertion(const Path& path, const Feature& feature) {
  Fix fix;
  fix.edits.push_back({Edit::Target::feature, Edit::Action::set, path, {}, {to_tree(feature)}});
  return fix;
}

Fix insertion(const StringDomain& domain) {
  Fix fix;
  fix.edits.push_back({Edit::Target::string_domain,
                       Edit::Action::set,
                       Path({domain.name.value_or("")}),
                       {},
                       {to_tree(domain)}});
  return fix;
}

}  // namespace detail
}  // namespace zeroskew
