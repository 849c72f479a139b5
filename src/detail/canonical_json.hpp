#pragma once
/// JSON in the one form of RFC 8785 (JSON Canonicalization Scheme): members sorted by UTF-16 code
/// units, numbers as ECMAScript prints them, no blanks.

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace zeroskew::detail {

/// A number as ECMAScript's Number::toString prints it: the shortest digits that read back as the
/// same double. @pre finite
[[nodiscard]] std::string canonical_number(double value);

/// @throws Error json.not_canonical for numbers that are not finite, for integers above 2^53 and
/// for text that is not UTF-8
[[nodiscard]] std::string canonical_json(const nlohmann::json& value);

}  // namespace zeroskew::detail
