#pragma once
// Members that a JSON object must have; one that is missing or of another kind is an error.

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace zeroskew::detail {

struct JsonMembers {
  const char* id;  // of the errors

  [[noreturn]] void fail(const std::string& where, const std::string& what) const;

  [[nodiscard]] const nlohmann::json& any(const nlohmann::json& object, const char* name,
                                          const std::string& where) const;
  [[nodiscard]] std::string text(const nlohmann::json& object, const char* name,
                                 const std::string& where) const;
  [[nodiscard]] const nlohmann::json& list(const nlohmann::json& object, const char* name,
                                           const std::string& where) const;
  [[nodiscard]] const nlohmann::json& object(const nlohmann::json& parent, const char* name,
                                             const std::string& where) const;
};

}  // namespace zeroskew::detail
