#include "detail/json_members.hpp"

#include <nlohmann/json.hpp>

#include "zeroskew/error.hpp"

namespace zeroskew::detail {

using Json = nlohmann::json;

void JsonMembers::fail(const std::string& where, const std::string& what) const {
  fail_value(id, where, what);
}

const Json& JsonMembers::any(const Json& object, const char* name, const std::string& where) const {
  if (!object.is_object() || !object.contains(name)) {
    fail(where, std::string("there is no \"") + name + "\"");
  }
  return object.at(name);
}

std::string JsonMembers::text(const Json& object, const char* name,
                              const std::string& where) const {
  const Json& value = any(object, name, where);
  if (!value.is_string()) fail(where, std::string("\"") + name + "\" is no text");
  return value.get<std::string>();
}

const Json& JsonMembers::list(const Json& object, const char* name,
                              const std::string& where) const {
  const Json& value = any(object, name, where);
  if (!value.is_array()) fail(where, std::string("\"") + name + "\" is no list");
  return value;
}

const Json& JsonMembers::object(const Json& parent, const char* name,
                                const std::string& where) const {
  const Json& value = any(parent, name, where);
  if (!value.is_object()) fail(where, std::string("\"") + name + "\" is no object");
  return value;
}

}  // namespace zeroskew::detail
