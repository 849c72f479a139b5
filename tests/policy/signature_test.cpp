#include "zeroskew/policy/signature.hpp"

#include <nlohmann/json.hpp>

#include "policy/keys.hpp"
#include "policy/policies.hpp"
#include "support/catch.hpp"
#include "support/errors.hpp"

using policy_test::bytes_of;
using policy_test::private_pem;
using policy_test::public_pem;
using policy_test::rfc8032;
using zeroskew::ed25519_sign;
using zeroskew::ed25519_verify;
using zeroskew::Policy;
using zeroskew::test::error_of;

TEST_CASE("the test vectors of RFC 8032", "[policy][signature]") {
  for (const auto& vector : rfc8032) {
    auto message = bytes_of(vector.message);
    auto signature = bytes_of(vector.signature);
    CHECK(ed25519_sign(private_pem(vector.seed), message) == signature);
    CHECK(ed25519_verify(public_pem(vector.key), message, signature));
    signature[5] ^= 1;
    CHECK_FALSE(ed25519_verify(public_pem(vector.key), message, signature));
    signature[5] ^= 1;
    message.push_back(0);
    CHECK_FALSE(ed25519_verify(public_pem(vector.key), message, signature));
    signature.pop_back();
    CHECK_FALSE(ed25519_verify(public_pem(vector.key), bytes_of(vector.message), signature));
  }
}

TEST_CASE("what is no key is an error", "[policy][signature]") {
  for (const std::string& text :
       {std::string(), std::string("no key"), public_pem(rfc8032[0].key).substr(0, 60)}) {
    CHECK(error_of([&] { (void)ed25519_sign(text, {}); }).id() == "policy.key");
    CHECK(error_of([&] { (void)ed25519_verify(text, {}, {}); }).id() == "policy.key");
  }
  CHECK(error_of([&] { (void)ed25519_sign(public_pem(rfc8032[0].key), {}); }).id() == "policy.key");
}

TEST_CASE("with a key, only what its owner signed is loaded", "[policy][signature]") {
  Policy policy = policy_test::make();
  const std::string unsigned_text = policy.to_json();
  const std::string digest = policy.digest();
  policy.sign(private_pem(rfc8032[0].seed));
  CHECK(policy.digest() == digest);
  const std::string text = policy.to_json();
  const zeroskew::PolicyLoadOptions right{public_pem(rfc8032[0].key)};
  const zeroskew::PolicyLoadOptions other{public_pem(rfc8032[1].key)};
  const Policy again = Policy::from_json(text, right);
  CHECK(again.to_json() == text);
  again.verify(right);
  CHECK(Policy::from_json(text) == policy);
  CHECK(error_of([&] { (void)Policy::from_json(text, other); }).id() == "policy.signature");
  CHECK(error_of([&] { again.verify(other); }).id() == "policy.signature");
  CHECK(error_of([&] { (void)Policy::from_json(unsigned_text, right); }).id() ==
        "policy.signature");
  // Somebody changes the content and makes the digest fit, but has no key.
  nlohmann::json changed = policy_test::parsed(text);
  const std::string signature = changed["signature"];
  changed.erase("signature");
  changed["provenance"]["who"] = "me";
  changed = policy_test::parsed(policy_test::redigested(changed));
  changed["signature"] = signature;
  CHECK(Policy::from_json(changed.dump()).provenance().who == "me");
  CHECK(error_of([&] { (void)Policy::from_json(changed.dump(), right); }).id() ==
        "policy.signature");
}
