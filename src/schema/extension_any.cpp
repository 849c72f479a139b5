#include "schema/extension_any.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "schema/proto/tree.hpp"

namespace zeroskew::detail {
namespace {

constexpr std::string_view kKey = "zeroskew";
constexpr std::string_view kStructType = "google.protobuf.Struct";
constexpr std::string_view kStructUrl = "type.googleapis.com/google.protobuf.Struct";

// Field numbers of google.protobuf.Value.
enum ValueField { kNull = 1, kNumber = 2, kText = 3, kBool = 4, kStruct = 5, kList = 6 };

void set(FieldTree& tree, int number, FieldValue value) {
  tree.at(number).values.push_back(std::move(value));
}

FieldTree map_entry(std::string_view key, FieldTree value) {
  FieldTree pair;
  set(pair, 1, std::string(key));
  set(pair, 2, std::move(value));
  return pair;
}

}  // namespace

FieldTree value_of_extension(const Extension& extension) {
  FieldTree value;
  if (extension.is_bool()) {
    set(value, kBool, extension.boolean());
  } else if (extension.is_number()) {
    set(value, kNumber, extension.number());
  } else if (extension.is_text()) {
    set(value, kText, extension.text());
  } else if (extension.is_list()) {
    FieldTree list;
    for (const Extension& element : extension.list()) set(list, 1, value_of_extension(element));
    set(value, kList, std::move(list));
  } else if (extension.is_object()) {
    FieldTree object;
    for (const Extension::Member& member : extension.members()) {
      set(object, 1, map_entry(member.name, value_of_extension(member.value)));
    }
    set(value, kStruct, std::move(object));
  } else {
    set(value, kNull, std::int64_t{0});
  }
  return value;
}

Extension extension_of_value(const FieldTree& value) {
  if (value.empty()) return {};
  const FieldEntry& entry = value.entries.front();
  const FieldValue& content = entry.values.front();
  switch (entry.number) {
    case kNumber:
      return std::get<double>(content);
    case kText:
      return std::get<std::string>(content);
    case kBool:
      return std::get<bool>(content);
    case kStruct: {
      Extension object = Extension::object();
      if (const FieldEntry* members = std::get<FieldTree>(content).find(1)) {
        for (const FieldValue& member : members->values) {
          const auto& pair = std::get<FieldTree>(member);
          object.set(text_of(pair, 1), extension_of_value(*message_in(pair, 2)));
        }
      }
      return object;
    }
    case kList: {
      Extension::List list;
      if (const FieldEntry* elements = std::get<FieldTree>(content).find(1)) {
        for (const FieldValue& element : elements->values) {
          list.push_back(extension_of_value(std::get<FieldTree>(element)));
        }
      }
      return list;
    }
    default:
      return {};
  }
}

FieldTree any_of_extension(const Extension& extension) {
  FieldTree object;
  set(object, 1, map_entry(kKey, value_of_extension(extension)));
  FieldTree any;
  set(any, 1, std::string(kStructUrl));
  set(any, 2, std::move(object));
  return any;
}

Extension take_extension(std::vector<FieldTree>& extra_metadata) {
  for (auto any = extra_metadata.end(); any != extra_metadata.begin();) {
    --any;
    const MessageDescriptor* type = any_type(text_of(*any, 1));
    if (type == nullptr || type->name != kStructType || message_in(*any, 2) == nullptr) continue;
    auto& object = std::get<FieldTree>(any->find(2)->values.front());
    FieldEntry* members = object.find(1);
    if (members == nullptr) continue;
    const auto ours = std::find_if(
        members->values.begin(), members->values.end(),
        [](const FieldValue& member) { return text_of(std::get<FieldTree>(member), 1) == kKey; });
    if (ours == members->values.end()) continue;
    Extension extension = extension_of_value(*message_in(std::get<FieldTree>(*ours), 2));
    members->values.erase(ours);
    if (members->values.empty()) extra_metadata.erase(any);
    return extension;
  }
  return {};
}

}  // namespace zeroskew::detail
