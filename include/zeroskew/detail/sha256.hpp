#pragma once
/// SHA-256 (FIPS 180-4), by OpenSSL.

#include <cstdint>
#include <span>
#include <string>

namespace zeroskew::detail {

/// The digest as 64 lower-case hex digits.
[[nodiscard]] std::string sha256_hex(std::span<const std::uint8_t> bytes);

}  // namespace zeroskew::detail
