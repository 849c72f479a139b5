#include "zeroskew/detail/sha256.hpp"

#include <openssl/evp.h>

#include "zeroskew/detail/hex.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::detail {

std::string sha256_hex(std::span<const std::uint8_t> bytes) {
  std::uint8_t digest[32];
  unsigned size = sizeof digest;
  if (EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr) != 1) {
    throw Error(ErrorKind::runtime, "crypto.sha256", "", "the cryptographic library failed");
  }
  return hex(std::span<const std::uint8_t>(digest));
}

}  // namespace zeroskew::detail
