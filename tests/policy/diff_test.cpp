#include "zeroskew/policy/diff.hpp"

#include "policy/policies.hpp"
#include "support/catch.hpp"
#include "zeroskew/transform/pipeline.hpp"

using policy_test::data;
using policy_test::parts;
using zeroskew::Batch;
using zeroskew::Policy;
using zeroskew::policy_diff;
using zeroskew::PolicyChange;
using zeroskew::PolicyParts;
using zeroskew::Step;

namespace {

std::vector<PolicyChange> changes(const PolicyParts& before, const PolicyParts& after) {
  const Batch sample = data(50);
  return policy_diff(Policy(before, {&sample, 1}), Policy(after, {&sample, 1}));
}

const PolicyChange* find(const std::vector<PolicyChange>& list, const std::string& part,
                         const std::string& where, const std::string& message) {
  for (const PolicyChange& change : list) {
    if (change.part == part && change.where == where &&
        change.message.find(message) != std::string::npos) {
      return &change;
    }
  }
  return nullptr;
}

}  // namespace

TEST_CASE("equal policies have no difference", "[policy][diff]") {
  CHECK(policy_diff(policy_test::make(), policy_test::make()).empty());
}

TEST_CASE("one change is one line, where it is", "[policy][diff]") {
  const PolicyParts before = parts(data());
  PolicyParts after = before;
  after.guards[0].limit = 0.5;
  auto list = changes(before, after);
  REQUIRE(list.size() == 2);
  CHECK(to_string(list) ==
        "guards: removed: drifted_share <= 0.25, else warn\n"
        "guards: added: drifted_share <= 0.5, else warn");
  after = before;
  after.rules.erase(after.rules.begin());
  list = changes(before, after);
  REQUIRE(list.size() == 1);
  CHECK(to_string(list[0]) == "rules: removed: f: psi (bins = 8, threshold = 0.2)");
  after = before;
  after.provenance.parent = std::string(64, 'a');
  list = changes(before, after);
  REQUIRE(list.size() == 1);
  CHECK(list[0].part == "provenance");
  after = before;
  after.schema.feature("f").lifecycle_stage = zeroskew::LifecycleStage::deprecated;
  list = changes(before, after);
  REQUIRE(list.size() == 1);
  CHECK(list[0].part == "schema");
}

TEST_CASE("what a pipeline learnt otherwise is told in numbers", "[policy][diff]") {
  const PolicyParts before = parts(data());
  PolicyParts after = before;
  after.pipeline = parts(data(400, 9)).pipeline;
  const auto list = changes(before, after);
  CHECK(find(list, "pipeline", "standardize(f)", "%)") != nullptr);
  CHECK(find(list, "golden", "", "rows come out otherwise") != nullptr);
  after.pipeline = zeroskew::Pipeline({Step("standardize", "f"), Step("impute", "f"),
                                       Step("gaussian_noise", "f", {{"std", 0.5}}),
                                       Step("clip", "g", {{"lower", 0.0}})},
                                      8)
                       .fit(data());
  const auto other = changes(before, after);
  CHECK(find(other, "pipeline", "seed", "7 -> 8") != nullptr);
  CHECK(find(other, "pipeline", "one_hot(s)", "removed") != nullptr);
  CHECK(find(other, "pipeline", "clip(g)", "added") != nullptr);
  CHECK(find(other, "pipeline", "gaussian_noise(f)", "std: 0.25 -> 0.5 (+100%)") != nullptr);
  CHECK(find(other, "pipeline", "", "another order") != nullptr);
  CHECK(find(other, "golden", "", "other columns") != nullptr);
}

TEST_CASE("a baseline that moved is told from one that did not", "[policy][diff]") {
  const PolicyParts before = parts(data(2000, 3));
  PolicyParts same = before;
  same.baseline = zeroskew::profile(data(2000, 4));
  const auto steady = changes(before, same);
  CHECK(find(steady, "baseline", "g", ", no more than the ") != nullptr);
  auto rows = policy_test::make_rows(2000, 4, false);
  for (auto& row : rows) {
    if (auto* x = std::get_if<double>(&row[1])) *x += 40.0;
  }
  PolicyParts moved = before;
  moved.baseline = zeroskew::profile(policy_test::make_table(rows));
  const auto list = changes(before, moved);
  CHECK(find(list, "baseline", "g", ", more than the ") != nullptr);
  CHECK(find(list, "baseline", "g", "mean ") != nullptr);
}
