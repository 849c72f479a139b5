#pragma once
/// Base64 (RFC 4648, section 4), by OpenSSL.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zeroskew::detail {

[[nodiscard]] std::string base64(std::span<const std::uint8_t> bytes);
/// Takes only what `base64` writes. @throws Error policy.malformed
[[nodiscard]] std::vector<std::uint8_t> from_base64(std::string_view text,
                                                    const std::string& where);

}  // namespace zeroskew::detail
