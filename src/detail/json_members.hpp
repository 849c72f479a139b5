#pragma once
// Members that a JSON object must have; one that is missing or of another kind is an error.

#include <nlohmann/json.hpp>
#include <string>

#include "zeroskew/error.hpp"

namespace zeroskew::detail {

struct JsonMembers {
  const char* id;  // of the errors

  [[noreturn]] void fail(const std::string& where, const std::string& what) const {
    fail_value(id, where, what);
  }

  [[nodiscard]] const nlohmann::json& any(const nlohmann::json& object, const char* name,
                                          const std::string& where) const {
    if (!object.is_object() || !object.contains(name)) {
      fail(where, std::string("there is no \"") + name + "\"");
    }
    return object.at(name);
  }

  [[nodiscard]] std::string text(const nlohmann::json& object, const char* name,
                                 const std::string& where) const {
    const nlohmann::json& value = any(object, name, where);
    if (!value.is_string()) fail(where, std::string("\"") + name + "\" is no text");
    return value.get<std::string>();
  }

  [[nodiscard]] const nlohmann::json& list(const nlohmann::json& object, const char* name,
                                           const std::string& where) const {
    const nlohmann::json& value = any(object, name, where);
    if (!value.is_array()) fail(where, std::string("\"") + name + "\" is no list");
    return value;
  }

  [[nodiscard]] const nlohmann::json& object(const nlohmann::json& parent, const char* name,
                                             const std::string& where) const {
    const nlohmann::json& value = any(parent, name, where);
    if (!value.is_object()) fail(where, std::string("\"") + name + "\" is no object");
    return value;
  }
};

}  // namespace zeroskew::detail
