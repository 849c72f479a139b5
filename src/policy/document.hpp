#pragma once
/// A policy's parts as JSON, and back with every check that a part can make on its own.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "detail/json_members.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/policy/golden.hpp"
#include "zeroskew/policy/policy.hpp"

namespace zeroskew::detail {

inline constexpr std::int64_t policy_version = 1;

inline constexpr JsonMembers policy_json{"policy.malformed"};

/// Runs `f`; an error gets `part` in front of its place.
template <class F>
auto within(const std::string& part, F&& f) {
  try {
    return std::forward<F>(f)();
  } catch (const Error& error) {
    const std::string place = error.where().empty() ? part : part + ", " + error.where();
    throw Error(error.kind(), error.id(), place, error.message());
  }
}

/// Parses text that may be hostile: no deep nesting, no member twice.
/// @throws Error policy.malformed
[[nodiscard]] nlohmann::json parse_document(std::string_view text);

/// What the digest is of: everything but digest and signature.
[[nodiscard]] nlohmann::json content_to_json(const PolicyParts& parts, const GoldenRows& golden);
[[nodiscard]] std::pair<PolicyParts, GoldenRows> content_from_json(const nlohmann::json& content);

}  // namespace zeroskew::detail
