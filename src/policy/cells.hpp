#pragma once
/// Cells as JSON, to the bit: null, true, false, or a text that begins with the form: "i:" and "u:"
/// integers, "f:" the shortest decimal that reads back as the same double (also "f:-0", "f:nan",
/// "f:inf"), "s:" text, "x:" the hex digits of bytes that are not UTF-8.

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "zeroskew/column/value.hpp"

namespace zeroskew::detail {

[[nodiscard]] nlohmann::json cell_to_json(const Value& cell);
/// @throws Error policy.malformed
[[nodiscard]] Value cell_from_json(const nlohmann::json& value, const std::string& where);

/// The cell's JSON as one text, for messages and for telling cells apart by every bit.
[[nodiscard]] std::string cell_text(const Value& cell);

}  // namespace zeroskew::detail
