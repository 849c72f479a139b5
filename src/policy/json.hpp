#pragma once
/// Members of a policy's JSON, and text of it that may be hostile.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "detail/json_members.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::detail {

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

/// JSON as text, without spaces.
[[nodiscard]] std::string text_of(const nlohmann::json& value);

}  // namespace zeroskew::detail
