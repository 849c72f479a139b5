#include "zeroskew/schema/diff.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "schema/convert.hpp"
#include "schema/proto/pbtxt.hpp"
#include "schema/proto/text_codec.hpp"
#include "schema/proto/tree.hpp"
#include "zeroskew/schema/path.hpp"

namespace zeroskew {
namespace {

using detail::FieldDescriptor;
using detail::FieldKind;
using detail::MessageDescriptor;
using detail::MessageForm;
using Values = std::vector<FieldValue>;

constexpr std::string_view kFeature = "tensorflow.metadata.v0.Feature";

// Where in the schema a comparison stands.
struct Spot {
  Path path;         // the feature
  std::string what;  // the field within it

  [[nodiscard]] Spot member(std::string_view name) const {
    return {path, what.empty() ? std::string(name) : what + "." + std::string(name)};
  }
  [[nodiscard]] Spot element(std::string_view key) const {
    return {path, what + "['" + std::string(key) + "']"};
  }
  [[nodiscard]] Spot element(std::size_t index) const {
    return {path, what + "[" + std::to_string(index) + "]"};
  }
};

class Differ {
 public:
  void message(const MessageDescriptor& type, const FieldTree& a, const FieldTree& b,
               const Spot& spot) {
    if (type.form == MessageForm::any) {
      message(*detail::any_type(detail::text_of(a, 1)), *detail::message_in(a, 2),
              *detail::message_in(b, 2), spot);
      return;
    }
    for (const FieldDescriptor& field : type.fields) {
      const Values& old_values = values_of(a, field.number);
      const Values& new_values = values_of(b, field.number);
      if (old_values == new_values) continue;
      // The key of a Struct follows its parent directly: extra_metadata[0].zeroskew.
      const bool hidden = type.form == MessageForm::object || type.form == MessageForm::value;
      const Spot here = hidden ? spot : spot.member(field.name);
      if (!field.repeated) {
        single(field, old_values, new_values, here);
      } else if (field.kind != FieldKind::message) {
        scalars(field, old_values, new_values, here);
      } else if (!by_name(field, old_values, new_values, here)) {
        by_index(field, old_values, new_values, here);
      }
    }
  }

  std::vector<SchemaChange> changes;

 private:
  static const Values& values_of(const FieldTree& tree, int number) {
    static const Values none;
    const FieldEntry* entry = tree.find(number);
    return entry == nullptr ? none : entry->values;
  }

  void report(const FieldDescriptor& field, const FieldValue* a, const FieldValue* b,
              const Spot& spot) {
    using enum SchemaChange::Kind;
    SchemaChange change{a == nullptr   ? added
                        : b == nullptr ? removed
                                       : changed,
                        to_string(spot.path),
                        spot.what,
                        {},
                        {}};
    if (a != nullptr) change.before = detail::write_pbtxt_inline(field, *a);
    if (b != nullptr) change.after = detail::write_pbtxt_inline(field, *b);
    changes.push_back(std::move(change));
  }

  // Only messages of one known type that stand in an Any are compared by their fields.
  static bool other_type(const FieldDescriptor& field, const FieldValue& a, const FieldValue& b) {
    if (message_of(field).form != MessageForm::any) return false;
    const auto& old_any = std::get<FieldTree>(a);
    const auto& new_any = std::get<FieldTree>(b);
    return detail::text_of(old_any, 1) != detail::text_of(new_any, 1) ||
           detail::message_in(old_any, 2) == nullptr || detail::message_in(new_any, 2) == nullptr;
  }

  void pair(const FieldDescriptor& field, const FieldValue& a, const FieldValue& b,
            const Spot& spot) {
    if (a == b) return;
    if (field.kind == FieldKind::message && !other_type(field, a, b)) {
      message(message_of(field), std::get<FieldTree>(a), std::get<FieldTree>(b), spot);
    } else {
      report(field, &a, &b, spot);
    }
  }

  void single(const FieldDescriptor& field, const Values& a, const Values& b, const Spot& spot) {
    if (!a.empty() && !b.empty()) {
      pair(field, a.front(), b.front(), spot);
    } else {
      report(field, a.empty() ? nullptr : &a.front(), b.empty() ? nullptr : &b.front(), spot);
    }
  }

  void by_index(const FieldDescriptor& field, const Values& a, const Values& b, const Spot& spot) {
    for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
      const Spot here = spot.element(i);
      if (i < a.size() && i < b.size()) {
        pair(field, a[i], b[i], here);
      } else {
        report(field, i < a.size() ? &a[i] : nullptr, i < b.size() ? &b[i] : nullptr, here);
      }
    }
  }

  // Values without names: which ones went and came; else the order differs.
  void scalars(const FieldDescriptor& field, const Values& a, const Values& b, const Spot& spot) {
    const std::size_t known = changes.size();
    const auto missing_from = [&](Values from, const Values& taken) {
      std::map<std::string, std::size_t> count;
      for (const FieldValue& value : taken) ++count[detail::write_pbtxt_inline(field, value)];
      std::erase_if(from, [&](const FieldValue& value) {
        const auto at = count.find(detail::write_pbtxt_inline(field, value));
        return at != count.end() && at->second > 0 && at->second-- > 0;
      });
      return from;
    };
    for (const FieldValue& value : missing_from(a, b)) report(field, &value, nullptr, spot);
    for (const FieldValue& value : missing_from(b, a)) report(field, nullptr, &value, spot);
    if (changes.size() > known) return;
    const auto at = std::mismatch(a.begin(), a.end(), b.begin());
    report(field, &*at.first, &*at.second, spot.member("order"));
  }

  // Messages with a name (or a map's key). False when names are missing or repeated.
  bool by_name(const FieldDescriptor& field, const Values& a, const Values& b, const Spot& spot) {
    const MessageDescriptor& type = message_of(field);
    if (find_field(type, "name") == nullptr && type.form != MessageForm::map_entry) return false;
    const auto index = [](const Values& values, std::map<std::string_view, const FieldValue*>& to) {
      return std::all_of(values.begin(), values.end(), [&](const FieldValue& value) {
        const auto& tree = std::get<FieldTree>(value);
        return tree.find(1) != nullptr && to.emplace(detail::text_of(tree, 1), &value).second;
      });
    };
    std::map<std::string_view, const FieldValue*> old_names;
    std::map<std::string_view, const FieldValue*> new_names;
    if (!index(a, old_names) || !index(b, new_names)) return false;
    std::vector<const FieldValue*> old_common;
    std::vector<const FieldValue*> new_common;
    for (const FieldValue& value : a) {
      const std::string_view name = detail::text_of(std::get<FieldTree>(value), 1);
      const auto match = new_names.find(name);
      named(field, &value, match == new_names.end() ? nullptr : match->second, name, spot);
      if (match != new_names.end()) old_common.push_back(&value);
    }
    for (const FieldValue& value : b) {
      const std::string_view name = detail::text_of(std::get<FieldTree>(value), 1);
      const auto match = old_names.find(name);
      if (match == old_names.end()) named(field, nullptr, &value, name, spot);
      if (match != old_names.end()) new_common.push_back(match->second);
    }
    const auto at = std::mismatch(old_common.begin(), old_common.end(), new_common.begin());
    if (at.first != old_common.end()) report_order(**at.first, **at.second, spot);
    return true;
  }

  void named(const FieldDescriptor& field, const FieldValue* a, const FieldValue* b,
             std::string_view name, const Spot& spot) {
    const MessageDescriptor& type = message_of(field);
    const bool feature = type.name == kFeature;
    Spot here = feature ? Spot{spot.path.child(name), ""} : spot.element(name);
    if (type.form == MessageForm::map_entry) {
      const FieldDescriptor& content = type.fields[1];
      if (message_of(content).form == MessageForm::value) here = spot.member(name);
      const auto inner = [](const FieldValue* pair) {
        return pair == nullptr ? Values{} : std::get<FieldTree>(*pair).find(2)->values;
      };
      single(content, inner(a), inner(b), here);
    } else if (a != nullptr && b != nullptr) {
      pair(field, *a, *b, here);
    } else {
      report(field, a, b, feature ? here.member("feature") : here);
    }
  }

  // The first of two orders' differences says enough.
  void report_order(const FieldValue& a, const FieldValue& b, const Spot& spot) {
    const auto name = [](const FieldValue& value) {
      return "\"" + std::string(detail::text_of(std::get<FieldTree>(value), 1)) + "\"";
    };
    changes.push_back({SchemaChange::Kind::changed, to_string(spot.path), spot.member("order").what,
                       name(a), name(b)});
  }
};

}  // namespace

std::vector<SchemaChange> schema_diff(const Schema& before, const Schema& after) {
  Differ differ;
  differ.message(*detail::find_message("tensorflow.metadata.v0.Schema"), detail::to_tree(before),
                 detail::to_tree(after), Spot{});
  return std::move(differ.changes);
}

std::string to_string(const SchemaChange& change) {
  constexpr std::size_t kLongest = 200;
  const auto show = [](const std::optional<std::string>& value) {
    return detail::shown(value.value_or(""), kLongest);
  };
  const std::string head = (change.path.empty() ? "schema" : change.path) + ": " + change.what;
  switch (change.kind) {
    case SchemaChange::Kind::added:
      return head + " added: " + show(change.after);
    case SchemaChange::Kind::removed:
      return head + " removed, was: " + show(change.before);
    case SchemaChange::Kind::changed:
      break;
  }
  return head + ": " + show(change.before) + " -> " + show(change.after);
}

std::string to_string(const std::vector<SchemaChange>& changes) {
  std::string text;
  for (const SchemaChange& change : changes) text += to_string(change) + "\n";
  return text;
}

}  // namespace zeroskew
