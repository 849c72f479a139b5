#include "zeroskew/schema/fix.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "schema/convert.hpp"
#include "schema/extension_any.hpp"
#include "schema/fix_edits.hpp"
#include "schema/freeze.hpp"
#include "schema/proto/descriptor.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/schema.hpp"

namespace zeroskew {
namespace {

using detail::FieldDescriptor;
using detail::message_of_target;
using detail::MessageDescriptor;
using Edit = Fix::Edit;

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

// Sets or takes out a member of an extension; objects on the way are made, and go when empty.
void edit_extension(Extension& extension, const Edit& edit, std::size_t depth) {
  const std::string& name = edit.members[depth];
  if (depth + 1 == edit.members.size()) {
    if (edit.values.empty()) {
      extension.erase(name);
    } else {
      if (!extension.is_object()) extension = Extension();
      extension.set(name, detail::extension_of_value(std::get<FieldTree>(edit.values.front())));
    }
  } else {
    const Extension* found = extension.find(name);
    Extension inner = found == nullptr ? Extension() : *found;
    edit_extension(inner, edit, depth + 1);
    if (!extension.is_object()) extension = Extension();
    if (inner.is_null()) {
      extension.erase(name);
    } else {
      extension.set(name, std::move(inner));
    }
  }
  if (extension.is_object() && extension.members().empty()) extension = Extension();
}

// The annotation of those that have one.
template <class T>
void edit_annotation(T& member, const Edit& edit) {
  if constexpr (requires { member.annotation; }) {
    if (!member.annotation) member.annotation.emplace();
    edit_extension(member.annotation->extension, edit, 0);
    if (*member.annotation == Annotation()) member.annotation.reset();
  }
}

template <class T>
void edit_message(T& member, const Edit& edit) {
  if (!edit.members.empty()) {
    edit_annotation(member, edit);
    return;
  }
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
  detail::require_editable(schema);
  Schema changed = schema;
  for (const Edit& edit : edits) apply_edit(changed, edit);
  schema = std::move(changed);
}

Fix& Fix::operator+=(const Fix& other) {
  edits.insert(edits.end(), other.edits.begin(), other.edits.end());
  return *this;
}

namespace detail {

const MessageDescriptor& message_of_target(Fix::Edit::Target target) {
  using enum Fix::Edit::Target;
  const char* name = "tensorflow.metadata.v0.Feature";
  if (target == string_domain) name = "tensorflow.metadata.v0.StringDomain";
  if (target == sparse_feature) name = "tensorflow.metadata.v0.SparseFeature";
  if (target == weighted_feature) name = "tensorflow.metadata.v0.WeightedFeature";
  if (target == dataset_constraints) name = "tensorflow.metadata.v0.DatasetConstraints";
  return *detail::find_message(name);
}

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

// The members that differ, those of objects on both sides one by one.
static void add_member_edits(Fix& fix, Edit& at, const Extension& before, const Extension& after) {
  if (before == after) return;
  const bool objects = (before.is_object() || before.is_null()) && after.is_object();
  if (!at.members.empty() && !objects) {
    Edit edit = at;
    if (!after.is_null()) edit.values.emplace_back(value_of_extension(after));
    fix.edits.push_back(std::move(edit));
    return;
  }
  std::set<std::string> names;
  for (const Extension* side : {&before, &after}) {
    if (!side->is_object()) continue;
    for (const Extension::Member& member : side->members()) names.insert(member.name);
  }
  for (const std::string& name : names) {
    static const Extension none;
    const Extension* old_value = before.find(name);
    const Extension* new_value = after.find(name);
    at.members.push_back(name);
    add_member_edits(fix, at, old_value == nullptr ? none : *old_value,
                     new_value == nullptr ? none : *new_value);
    at.members.pop_back();
  }
}

Fix fix_between(const Path& path, const Feature& before, const Feature& after) {
  Fix fix;
  Edit at{Edit::Target::feature, Edit::Action::set, path, {}, {}};
  const Extension none;
  const Extension& was = before.annotation ? before.annotation->extension : none;
  const Extension& is = after.annotation ? after.annotation->extension : none;
  if (was == is) {
    add_edits(fix, at, message_of_target(at.target), to_tree(before), to_tree(after));
    return fix;
  }
  // The extension apart, so that fixes of different rules do not undo one another.
  Feature same = after;
  if (!same.annotation) same.annotation.emplace();
  same.annotation->extension = was;
  if (*same.annotation == Annotation()) same.annotation.reset();
  add_edits(fix, at, message_of_target(at.target), to_tree(before), to_tree(same));
  constexpr int kAnnotation = 16;
  at.field = {kAnnotation};
  add_member_edits(fix, at, was, is);
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
