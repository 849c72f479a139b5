#pragma once
/// One cell, as row interfaces hand it in and statistics hand it out.

#include <compare>
#include <cstdint>
#include <string>
#include <variant>

namespace zeroskew {

/// Missing, a bool, an integer (temporal kinds: in the column's unit), a double, or text
/// (bytes of a string or binary value). Integers above 2^63 - 1 are `std::uint64_t`.
using Value = std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string>;

/// The value as a person writes it: shortest digits that read back the same, text unquoted.
[[nodiscard]] std::string to_string(const Value& value);

}  // namespace zeroskew
