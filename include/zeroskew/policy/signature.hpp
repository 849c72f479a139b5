#pragma once
/// Ed25519 signatures (RFC 8032), by OpenSSL.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace zeroskew {

/// The 64 bytes that sign a message. @throws Error policy.key unless the PEM text holds an Ed25519
/// private key
[[nodiscard]] std::vector<std::uint8_t> ed25519_sign(std::string_view private_key_pem,
                                                     std::span<const std::uint8_t> message);

/// @throws Error policy.key unless the PEM text holds an Ed25519 public key
[[nodiscard]] bool ed25519_verify(std::string_view public_key_pem,
                                  std::span<const std::uint8_t> message,
                                  std::span<const std::uint8_t> signature);

}  // namespace zeroskew
