#pragma once
/// A policy's parts as JSON, and back with every check that a part can make on its own.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <utility>

#include "zeroskew/policy/golden.hpp"
#include "zeroskew/policy/policy.hpp"

namespace zeroskew::detail {

inline constexpr std::int64_t policy_version = 1;

/// What the digest is of: everything but digest and signature.
[[nodiscard]] nlohmann::json content_to_json(const PolicyParts& parts, const GoldenRows& golden);
[[nodiscard]] std::pair<PolicyParts, GoldenRows> content_from_json(const nlohmann::json& content);

}  // namespace zeroskew::detail
