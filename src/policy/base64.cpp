#include "policy/base64.hpp"

#include <openssl/evp.h>

#include <algorithm>

#include "zeroskew/error.hpp"

namespace zeroskew::detail {
namespace {

// OpenSSL counts in int; a multiple of 3 and of 4, so that pieces join without padding.
constexpr std::size_t piece = std::size_t{12} << 20;

[[noreturn]] void not_base64(const std::string& where) {
  fail_value("policy.malformed", where, "is not base64");
}

}  // namespace

std::string base64(std::span<const std::uint8_t> bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    const std::size_t n = std::min(piece, bytes.size() - at);
    std::string part((n + 2) / 3 * 4 + 1, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(part.data()),
                                     bytes.data() + at, static_cast<int>(n));
    text.append(part, 0, static_cast<std::size_t>(size));
  }
  return text;
}

std::vector<std::uint8_t> from_base64(std::string_view text, const std::string& where) {
  std::vector<std::uint8_t> bytes;
  if (text.size() % 4 != 0) not_base64(where);
  for (std::size_t at = 0; at < text.size(); at += piece) {
    const std::size_t n = std::min(piece, text.size() - at);
    std::vector<std::uint8_t> part(n / 4 * 3);
    const int size = EVP_DecodeBlock(
        part.data(), reinterpret_cast<const unsigned char*>(text.data()) + at, static_cast<int>(n));
    if (size != static_cast<int>(part.size())) not_base64(where);
    bytes.insert(bytes.end(), part.begin(), part.end());
  }
  // OpenSSL counts the padding as bytes, and lets blanks pass.
  for (std::size_t i = 0; i < 2 && i < text.size() && text[text.size() - 1 - i] == '='; ++i) {
    bytes.pop_back();
  }
  if (base64(bytes) != text) not_base64(where);
  return bytes;
}

}  // namespace zeroskew::detail
