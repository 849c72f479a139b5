#include "zeroskew/policy/signature.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

constexpr std::size_t signature_size = 64;

struct Free {
  void operator()(BIO* bio) const noexcept { BIO_free(bio); }
  void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};
using Bio = std::unique_ptr<BIO, Free>;
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;

// A server must not stop to ask for a passphrase.
int no_passphrase(char*, int, int, void*) noexcept {
  return -1;
}

[[noreturn]] void failed() {
  throw Error(ErrorKind::runtime, "crypto.ed25519", "", "the cryptographic library failed");
}

Key key_of(std::string_view pem, bool is_private) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  if (!bio) failed();
  Key key(is_private ? PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr)
                     : PEM_read_bio_PUBKEY(bio.get(), nullptr, no_passphrase, nullptr));
  if (!key || EVP_PKEY_base_id(key.get()) != EVP_PKEY_ED25519) {
    fail_value("policy.key", is_private ? "private key" : "public key",
               is_private ? "is no Ed25519 private key in PEM form without a passphrase"
                          : "is no Ed25519 public key in PEM form");
  }
  return key;
}

}  // namespace

std::vector<std::uint8_t> ed25519_sign(std::string_view private_key_pem,
                                       std::span<const std::uint8_t> message) {
  const Key key = key_of(private_key_pem, true);
  const Context context(EVP_MD_CTX_new());
  std::vector<std::uint8_t> signature(signature_size);
  std::size_t size = signature.size();
  if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1) {
    failed();
  }
  return signature;
}

bool ed25519_verify(std::string_view public_key_pem, std::span<const std::uint8_t> message,
                    std::span<const std::uint8_t> signature) {
  const Key key = key_of(public_key_pem, false);
  const Context context(EVP_MD_CTX_new());
  if (!context || EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1) {
    failed();
  }
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                          message.size()) == 1;
}

}  // namespace zeroskew
