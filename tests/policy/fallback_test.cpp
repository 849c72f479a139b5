#include "zeroskew/policy/fallback.hpp"

#include <nlohmann/json.hpp>

#include "policy/policies.hpp"
#include "support/catch.hpp"
#include "support/errors.hpp"
#include "zeroskew/policy/diff.hpp"

using zeroskew::Fallback;
using zeroskew::FallbackRule;
using zeroskew::Policy;
using zeroskew::PolicyParts;

TEST_CASE("a policy carries its fallback", "[policy][fallback]") {
  PolicyParts parts = policy_test::parts(policy_test::data());
  const Policy usual(parts);
  // Policies that say nothing are what they were before there was a choice.
  CHECK(usual.to_json().find("fallback") == std::string::npos);
  CHECK(usual.fallback() == FallbackRule{});
  parts.fallback = {Fallback::last_good, 0.25, 7, 1.5, 2.0, 3};
  const Policy other(parts);
  CHECK(other.digest() != usual.digest());
  CHECK(Policy::from_json(other.to_json()).fallback() == parts.fallback);
  const auto changes = policy_diff(usual, other);
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].part == "fallback");
}

TEST_CASE("fallbacks that mean nothing are refused", "[policy][fallback]") {
  PolicyParts parts = policy_test::parts(policy_test::data());
  parts.fallback.action = Fallback::pass_through;
  const auto good = policy_test::parsed(Policy(parts).to_json());
  const auto refused = [&](const char* name, nlohmann::json value, const std::string& id) {
    auto document = good;
    document["fallback"][name] = std::move(value);
    const auto error = zeroskew::test::error_of(
        [&] { (void)Policy::from_json(policy_test::redigested(document)); });
    CHECK(error.id() == id);
  };
  refused("action", "explode", "policy.fallback");
  refused("action", 3, "policy.malformed");
  refused("budget", -0.5, "policy.fallback");
  refused("budget", "much", "policy.malformed");
  refused("min_rows", -1, "policy.malformed");
  refused("trials", 0, "policy.fallback");
  refused("more", 0, "policy.malformed");
}
