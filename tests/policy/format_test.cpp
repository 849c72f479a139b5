// Files of every format version that was ever written: they are read for ever, and their golden
// rows come out the same on every machine.

#include "policy/keys.hpp"
#include "policy/policies.hpp"
#include "support/catch.hpp"

using zeroskew::Policy;

TEST_CASE("version 1 is read", "[policy][format]") {
  const std::string path = "golden/policy/v1.json";
  const Policy policy = Policy::load(path, {policy_test::public_pem(policy_test::rfc8032[0].key)});
  CHECK(policy.to_json() + "\n" == zeroskew::detail::read_file(path));
  CHECK(policy.digest() == "d82f1d9cf86b43eb13c182aeb68ec986f92af114955085099afd672d3c3140b2");
  CHECK(policy.pipeline().steps().size() == 7);
  CHECK(policy.baseline().rows() == 60);
  CHECK(policy.rules() == policy_test::parts(policy_test::data()).rules);
  CHECK(policy.guards().size() == 2);
  CHECK(policy.provenance().who == "a job");
  CHECK(policy.golden().rows.size() > 60);
  policy.verify();
}
