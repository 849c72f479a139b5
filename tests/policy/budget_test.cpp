#include "zeroskew/policy/budget.hpp"

#include <nlohmann/json.hpp>

#include "policy/policies.hpp"
#include "support/catch.hpp"
#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/registry.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/pipeline.hpp"

using namespace policy_test;
using zeroskew::BudgetReport;
using zeroskew::ColumnProfile;
using zeroskew::Distribution;
using zeroskew::Error;
using zeroskew::Guard;
using zeroskew::GuardAction;
using zeroskew::GuardedTable;
using zeroskew::Pipeline;
using zeroskew::TransformOptions;

namespace {

constexpr std::uint64_t many = 3000;

TransformOptions training() {
  TransformOptions options;
  options.training = true;
  return options;
}

// Numbers without ties: noise that is small moves them little.
Batch smooth() {
  const Batch table = data(many);
  const zeroskew::Settings wide{{"std", 1.0}, {"always", true}};
  return Pipeline({Step("impute", "f"), Step("clip", "f", {{"lower", -3.0}, {"upper", 3.0}}),
                   Step("impute", "g"), Step("gaussian_noise", {"f", "g"}, wide)},
                  9)
      .fit(table)
      .transform(table);
}

// Noise on a column as it comes (f), and on one that a fitted step changes first (g).
PolicyParts noisy(const Batch& table, double std, std::vector<Guard> guards, bool always = false) {
  PolicyParts parts;
  parts.baseline = zeroskew::profile(table);
  parts.pipeline = Pipeline({Step("gaussian_noise", "f", {{"std", std}, {"relative", true}}),
                             Step("standardize", "g"),
                             Step("gaussian_noise", "g", {{"std", std}, {"always", always}}),
                             Step("category_resample", "s", {{"p", 0.0}})},
                            5)
                       .fit(table);
  parts.guards = std::move(guards);
  return parts;
}

Error refused(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error;
  }
  FAIL("nothing was refused");
  throw;
}

}  // namespace

TEST_CASE("a budget is a limit on a measure of the drift room", "[policy][budget]") {
  const Batch table = smooth();
  const Policy policy(noisy(table, 2.0,
                            {{"psi", 0.1, GuardAction::pass, "f", {{"bins", std::int64_t{5}}}},
                             {"ks", 0.05, GuardAction::pass, "g"},
                             {"linf", 1.0, GuardAction::pass, "s"}}));
  const GuardedTable made = policy.transform({&table, 1}, training());
  const Batch whole = policy.pipeline().transform(table, training());
  CHECK(transform_test::seen(made.table.at(0)) == transform_test::seen(whole));
  const zeroskew::Profile after = zeroskew::profile(whole);

  REQUIRE(made.budgets.budgets.size() == 3);
  const auto& psi = made.budgets.budgets[0];
  CHECK((psi.of_baseline && psi.broken && psi.column == "f"));
  zeroskew::MeasureOptions bins;
  bins.bins = 5;
  CHECK(psi.result == zeroskew::measure("psi",
                                        Distribution::of_profile(policy.baseline().column("f")),
                                        Distribution::of_profile(after.column("f")), bins));
  // A standardised column has no baseline: it is held against the same rows without noise.
  const auto& ks = made.budgets.budgets[1];
  CHECK((!ks.of_baseline && ks.broken));
  CHECK(ks.result ==
        zeroskew::measure("ks",
                          Distribution::of_profile(
                              zeroskew::profile(policy.pipeline().transform(table)).column("g")),
                          Distribution::of_profile(after.column("g"))));
  const auto& linf = made.budgets.budgets[2];
  CHECK((linf.of_baseline && !linf.broken && linf.result.statistic == 0.0));
  // Nothing acts when serving, so nothing is measured.
  CHECK(policy.transform({&table, 1}).budgets.budgets.empty());
}

TEST_CASE("an error refuses, a warning tells, and what is kept says nothing", "[policy][budget]") {
  const Batch table = smooth();
  const auto made = [&](double std, GuardAction action) {
    return Policy(noisy(table, std, {{"ks", 0.05, action, "f"}, {"ks", 0.05, action, "g"}}));
  };
  for (const GuardAction action : {GuardAction::pass, GuardAction::warn, GuardAction::error}) {
    const BudgetReport kept = made(0.01, action).transform({&table, 1}, training()).budgets;
    CHECK(kept.action() == GuardAction::pass);
    CHECK(kept.message(action).empty());
  }
  const BudgetReport warned =
      made(3.0, GuardAction::warn).transform({&table, 1}, training()).budgets;
  CHECK(warned.action() == GuardAction::warn);
  CHECK(warned.message(GuardAction::warn).find("f: ks is 0.") == 0);
  CHECK(warned.message(GuardAction::warn).find("; g: ks is 0.") != std::string::npos);
  CHECK(warned.message(GuardAction::error).empty());
  const Policy strict = made(3.0, GuardAction::error);
  const Error error = refused([&] { (void)strict.transform({&table, 1}, training()); });
  CHECK((error.id() == "policy.drift_budget" && error.where() == "f"));
  CHECK(std::string(error.what()).find("above 0.05, against the baseline") != std::string::npos);
  // Asking refuses nothing.
  CHECK(held(strict, {&table, 1}, training()).budgets.action() == GuardAction::error);
}

TEST_CASE("budgets are the same for any chunks, order and threads", "[policy][budget]") {
  const Batch table = smooth();
  const Policy policy(noisy(table, 1.0, {{"ks", 0.3, GuardAction::pass, "*"}}));
  TransformOptions options = training();
  const BudgetReport whole = policy.transform({&table, 1}, options).budgets;
  REQUIRE(whole.budgets.size() == 2);  // f and g; a category has no KS
  CHECK((whole.budgets[0].column == "f" && whole.budgets[1].column == "g"));
  options.threads = 3;
  CHECK(policy.transform({&table, 1}, options).budgets == whole);
  const std::vector<Batch> parts{table.slice(0, 7), table.slice(7, 1200),
                                 table.slice(1207, static_cast<std::int64_t>(many) - 1207)};
  CHECK(policy.transform(parts, options).budgets == whole);
  std::vector<std::uint64_t> keys(many);
  for (std::size_t i = 0; i < many; ++i) keys[i] = i;
  options.keys = keys;
  CHECK(policy.transform(parts, options).budgets == whole);
  options.keys = std::span(keys).first(10);
  CHECK(refused([&] { (void)policy.transform(parts, options); }).id() == "transform.keys");
  options.keys = {};
  const Batch none = table.slice(0, 0);
  CHECK(policy.transform({&none, 1}, options).budgets.budgets.empty());
}

TEST_CASE("noise that always acts is held to its budget when serving too", "[policy][budget]") {
  const Batch table = smooth();
  const Policy policy(noisy(table, 3.0, {{"ks", 0.05, GuardAction::error, "g"}}, true));
  CHECK(refused([&] { (void)policy.transform({&table, 1}); }).id() == "policy.drift_budget");
}

TEST_CASE("chance breaks no budget, and an emptied column does", "[policy][budget]") {
  const Batch table = smooth();
  const Policy policy(noisy(table, 0.05, {{"psi", 0.0, GuardAction::error, "f"}}));
  const Batch few = table.slice(0, 40);
  const BudgetReport report = policy.transform({&few, 1}, training()).budgets;
  CHECK(report.budgets.at(0).result.statistic > 0.0);
  CHECK(report.action() == GuardAction::pass);

  PolicyParts masked;
  masked.baseline = zeroskew::profile(table);
  masked.pipeline = Pipeline({Step("mask_to_missing", "f", {{"p", 1.0}})}).fit(table);
  masked.guards = {{"psi", 0.5, GuardAction::error, "f"}};
  const Error error = refused([&] { (void)Policy(masked).transform({&table, 1}, training()); });
  CHECK(error.id() == "policy.drift_budget");
}

TEST_CASE("a budget is saved in one canonical form", "[policy][budget]") {
  const Batch table = data();
  PolicyParts all = parts(table);
  const std::string without = Policy(all).to_json();
  all.guards.push_back({"psi", 0.25, GuardAction::warn, "f", {{"bins", std::int64_t{8}}}});
  all.guards.push_back({"linf", 0.5, GuardAction::error, "*"});
  const Policy policy(all);
  const auto guards = parsed(policy.to_json())["guards"];
  CHECK(
      guards[2].dump() ==
      R"({"action":"warn","column":"f","limit":0.25,"measure":"psi","parameters":{"bins":"i:8"}})");
  CHECK(guards[3].dump() == R"({"action":"error","column":"*","limit":0.5,"measure":"linf"})");
  CHECK(guards[0] == parsed(without)["guards"][0]);
  const Policy again = Policy::from_json(policy.to_json());
  CHECK(again == policy);
  CHECK(again.guards() == policy.guards());
  again.verify();
  CHECK(to_string(all.guards[2]) == "f: psi (bins = 8) <= 0.25, else warn");
  CHECK(to_string(all.guards[0]) == "drifted_share <= 0.25, else warn");
  // The monitor of what is served has its own guards.
  CHECK(policy.monitor().report().guards.size() == 2);
}

TEST_CASE("budgets that mean nothing are refused", "[policy][budget]") {
  const Batch table = data();
  const auto made = [&](Guard guard) {
    PolicyParts all = parts(table);
    all.guards = {std::move(guard)};
    return refused([&] { (void)Policy(all); });
  };
  const auto says = [](const Error& error, const char* words) {
    CHECK(error.id() == "policy.guard");
    CHECK(std::string(error.what()).find(words) != std::string::npos);
  };
  says(made({"pssi", 0.1, GuardAction::warn, "f"}), "did you mean 'psi'?");
  says(made({"cvm", 0.1, GuardAction::warn, "f"}), "cannot measure this");
  says(made({"psi", 0.1, GuardAction::warn, "ff"}), "did you mean 'f'?");
  says(made({"psi", 0.1, GuardAction::warn, "s"}), "no such column comes out of the pipeline");
  says(made({"psi", 0.1, GuardAction::warn}), "name the \"column\"");
  says(made({"drifted", 0.1, GuardAction::warn, "f"}), "takes no column");
  says(made({"drifted", 0.1, GuardAction::warn, "", {{"bins", 1.0}}}), "takes no parameters");
  says(made({"psi", 0.1, GuardAction::warn, "f", {{"threshold", 1.0}}}), "the limit is one");
  says(made({"psi", -0.1, GuardAction::warn, "f"}), "zero or above");
  says(made({"ks", 0.1, GuardAction::warn, "s_nothing"}), "no such column");
  says(made({"psi", 0.1, GuardAction::warn, "f", {{"binz", std::int64_t{1}}}}),
       "did you mean 'bins'?");
  CHECK(made({"psi", 0.1, GuardAction::warn, "f", {{"bins", std::string("many")}}}).id() ==
        "drift.option_type");
  PolicyParts texts;
  texts.baseline = zeroskew::profile(table);
  texts.guards = {{"ks", 0.1, GuardAction::warn, "s"}};
  says(refused([&] { (void)Policy(texts); }), "cannot judge a column of type string");

  auto document = parsed(make().to_json());
  document["guards"][0]["colum"] = "f";
  const Error error = refused([&] { (void)Policy::from_json(redigested(document)); });
  CHECK(error.id() == "policy.malformed");
  CHECK(std::string(error.what()).find("did you mean 'column'?") != std::string::npos);
}
