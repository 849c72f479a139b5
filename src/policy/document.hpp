#pragma once
/// A policy's parts as JSON, and back with every check that a part can make on its own.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "zeroskew/error.hpp"
#include "zeroskew/policy/golden.hpp"
#include "zeroskew/policy/policy.hpp"

namespace zeroskew::detail {

inline constexpr std::int64_t policy_version = 1;

[[noreturn]] inline void malformed(const std::string& where, const std::string& what) {
  fail_value("policy.malformed", where, what);
}

/// Runs `f`; an error gets `part` in front of its place.
template <class F>
auto within(const std::string& part, F&& f) {
  try {
    return std::forward<F>(f)();
  } catch (const Error& error) {
    const std::string place = error.where().empty() ? part : part + ", " + error.where();
    // A place may hold a zero byte, which ends what() early; then there is no message to find.
    const bool whole = error.where().find('\0') == std::string::npos;
    throw Error(error.kind(), error.id(), place, whole ? error.message() : "is not right");
  }
}

/// Parses text that may be hostile: no deep nesting, no member twice.
/// @throws Error policy.malformed
[[nodiscard]] nlohmann::json parse_document(std::string_view text);

/// A member that must be there. @throws Error policy.malformed
[[nodiscard]] const nlohmann::json& member(const nlohmann::json& object, const char* name,
                                           const std::string& where);
[[nodiscard]] std::string text_member(const nlohmann::json& object, const char* name,
                                      const std::string& where);

/// What the digest is of: everything but digest and signature.
[[nodiscard]] nlohmann::json content_to_json(const PolicyParts& parts, const GoldenRows& golden);
[[nodiscard]] std::pair<PolicyParts, GoldenRows> content_from_json(const nlohmann::json& content);

}  // namespace zeroskew::detail
