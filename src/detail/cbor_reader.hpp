#pragma once
// CBOR in, as a tree; hostile bytes give an error, never a deep recursion.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <string>

namespace zeroskew::detail::cbor {

// Throws Error `id` when the bytes are not one CBOR value nested at most 100 deep.
[[nodiscard]] nlohmann::json parse(std::span<const std::uint8_t> bytes, const std::string& id);

}  // namespace zeroskew::detail::cbor
