#include "zeroskew/policy/monitor.hpp"

#include <nlohmann/json.hpp>
#include <thread>

#include "policy/policies.hpp"
#include "support/catch.hpp"
#include "support/errors.hpp"
#include "support/generate.hpp"

using policy_test::data;
using policy_test::make_rows;
using policy_test::make_table;
using policy_test::parts;
using zeroskew::Batch;
using zeroskew::Guard;
using zeroskew::GuardAction;
using zeroskew::MonitoredFeature;
using zeroskew::MonitorReport;
using zeroskew::Policy;
using zeroskew::PolicyParts;
using zeroskew::RowCell;
using zeroskew::Value;

namespace {

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const auto& field : transform_test::fields()) all.push_back(field.name);
  return all;
}

std::vector<RowCell> cells(const std::vector<Value>& row) {
  return {row.begin(), row.end()};
}

Policy policy_of(std::size_t rows, std::vector<Guard> guards = {}, bool rules = false) {
  PolicyParts all = parts(data(rows));
  all.guards = std::move(guards);
  if (!rules) all.rules.clear();
  return Policy(std::move(all));
}

// A small table of one number and one word, for many repetitions.
Batch small(zeroskew::test::Generator& generate, std::size_t rows, double shift, double other) {
  zeroskew::RowBuilder builder({{"x", transform_test::type_of(zeroskew::Kind::floating), {}},
                                {"w", transform_test::type_of(zeroskew::Kind::string), {}}});
  for (std::size_t i = 0; i < rows; ++i) {
    const std::vector<Value> row = {generate.normal() + shift,
                                    std::string(generate.uniform() < 0.3 + other ? "a" : "b")};
    builder.append(row);
  }
  return builder.finish();
}

}  // namespace

TEST_CASE("rows, named rows and tables are recorded alike, from any thread", "[policy][monitor]") {
  const Policy policy = policy_of(500);
  const auto rows = make_rows(900, 8, true);
  auto by_table = policy.monitor();
  by_table.record(make_table(rows));
  auto by_row = policy.monitor();
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 3; ++t) {
    threads.emplace_back([&, t] {
      auto writer = by_row.writer(names());
      for (std::size_t i = t; i < rows.size(); i += 3) writer.record(cells(rows[i]));
    });
  }
  for (std::thread& thread : threads) thread.join();
  auto by_name = policy.monitor();
  for (const auto& row : rows) by_name.record(transform_test::named(row));
  const std::string expected = by_table.report().to_json();
  CHECK(by_row.report().to_json() == expected);
  CHECK(by_name.report().to_json() == expected);
  CHECK(by_table.report().rows == 900);
}

TEST_CASE("the counts are those of the data's profile", "[policy][monitor]") {
  const auto rows = make_rows(700, 9, false);
  const auto profile = zeroskew::profile(make_table(rows));
  auto monitor = policy_of(500).monitor();
  monitor.record(make_table(rows));
  const MonitorReport report = monitor.report();
  // Lists are not watched.
  CHECK(report.features.size() == names().size() - 2);
  CHECK((report.find("l") == nullptr && report.find("n") == nullptr));
  for (const MonitoredFeature& feature : report.features) {
    const auto& column = profile.column(feature.name);
    CHECK(feature.seen == 700);
    CHECK(feature.missing == column.missing());
    CHECK(feature.wrong_type == 0);
    if (column.numbers() != nullptr && column.type().kind != zeroskew::Kind::boolean) {
      CHECK(feature.nan == column.numbers()->nan());
      CHECK(feature.mean == column.mean());
    }
  }
}

TEST_CASE("what is not recorded, or is of another type, is counted as such", "[policy][monitor]") {
  auto monitor = policy_of(500).monitor();
  auto writer = monitor.writer({"f", "s"});
  for (int i = 0; i < 10; ++i) {
    writer.record(std::vector<RowCell>{"a text", 3});
    writer.record(std::vector<RowCell>{RowCell(1.0)});
    writer.failed();
  }
  const MonitorReport report = monitor.report();
  CHECK(report.rows == 20);
  CHECK(report.failed == 10);
  CHECK(report.find("f")->wrong_type == 10);
  CHECK(report.find("s")->wrong_type == 10);
  CHECK(report.find("s")->missing == 10);
  CHECK(report.find("g")->missing == 20);
  CHECK(report.find("nobody") == nullptr);
}

TEST_CASE("steady data raise no alarm, however often one looks", "[policy][monitor]") {
  zeroskew::test::Generator generate(2);
  int alarms = 0;
  for (int round = 0; round < 60; ++round) {
    PolicyParts all;
    all.baseline = zeroskew::profile(small(generate, 400, 0.0, 0.0));
    zeroskew::MonitorOptions options;
    options.min_effect = 0.0;  // the evidence alone decides
    auto monitor = Policy(std::move(all)).monitor(options);
    bool alarm = false;
    for (int look = 0; look < 20; ++look) {
      monitor.record(small(generate, 50, 0.0, 0.0));
      alarm = alarm || monitor.report().drifted();
    }
    alarms += alarm ? 1 : 0;
  }
  // At most 5% of 60 on average: more than 8 would happen once in 200 times.
  CHECK(alarms <= 8);
}

TEST_CASE("drift is found, where it is", "[policy][monitor]") {
  zeroskew::test::Generator generate(5);
  PolicyParts all;
  all.baseline = zeroskew::profile(small(generate, 2000, 0.0, 0.0));
  all.guards = {{"drifted", 0.0, GuardAction::warn}, {"new_share", 0.5, GuardAction::error}};
  const Policy policy{all};
  auto by_number = policy.monitor();
  by_number.record(small(generate, 1000, 1.0, 0.0));
  const MonitorReport number = by_number.report();
  CHECK(number.drifted());
  CHECK(number.find("x")->drifted);
  CHECK(number.find("x")->pvalue < 1e-6);
  CHECK_FALSE(number.find("w")->drifted);
  CHECK(number.find("x")->verdict.rfind("drifted: js_distance is ", 0) == 0);
  CHECK(number.action() == GuardAction::warn);
  CHECK(number.guards[0].value == 1.0);
  auto by_word = policy.monitor();
  by_word.record(small(generate, 1000, 0.0, 0.4));
  const MonitorReport word = by_word.report();
  CHECK(word.find("w")->drifted);
  CHECK_FALSE(word.find("x")->drifted);
  // Certain, but small: enough rows prove any change, and a threshold says what matters.
  auto slightly = policy.monitor();
  for (int i = 0; i < 40; ++i) slightly.record(small(generate, 1000, 0.0, 0.08));
  CHECK_FALSE(slightly.report().drifted());
  CHECK(slightly.report().find("w")->verdict.rfind("moved", 0) == 0);
}

TEST_CASE("rules decide what matters", "[policy][monitor]") {
  zeroskew::test::Generator generate(6);
  PolicyParts all;
  all.baseline = zeroskew::profile(small(generate, 5000, 0.0, 0.0));
  all.rules = {{"w", "linf", {{"threshold", 0.05}}}, {"*", "psi", {{"threshold", 0.9}}}};
  auto monitor = Policy(all).monitor();
  for (int i = 0; i < 10; ++i) monitor.record(small(generate, 1000, 0.3, 0.1));
  const MonitorReport report = monitor.report();
  REQUIRE(report.find("w")->measures.size() == 1);
  CHECK(report.find("w")->measures[0].name == "linf");
  CHECK(report.find("x")->measures[0].name == "psi");
  CHECK(report.find("w")->drifted);
  CHECK_FALSE(report.find("x")->drifted);
}

TEST_CASE("guards watch missing, new, mistyped and failed rows", "[policy][monitor]") {
  const Policy policy = policy_of(500, {{"missing_increase", 0.5, GuardAction::warn},
                                        {"failed_share", 0.1, GuardAction::error},
                                        {"wrong_type_share", 0.1, GuardAction::pass},
                                        {"new_share", 1.0, GuardAction::error},
                                        {"drifted_share", 1.0, GuardAction::error}});
  auto monitor = policy.monitor();
  CHECK(monitor.report().action() == GuardAction::pass);
  monitor.record(data(100));
  CHECK(monitor.report().action() == GuardAction::pass);
  auto writer = monitor.writer({"f"});
  for (int i = 0; i < 900; ++i) writer.record(std::vector<RowCell>{1.0});
  CHECK(monitor.report().action() == GuardAction::warn);
  monitor.failed(200);
  CHECK(monitor.report().action() == GuardAction::error);
  const auto json = policy_test::parsed(monitor.report().to_json());
  CHECK(json["guards"][1]["value"] == 0.2);
  CHECK(json["guards"][1]["broken"] == true);
  CHECK(json["action"] == "error");
  CHECK(json["policy"] == policy.digest());
  // Rows that could not even be read are all that there is.
  const auto unread = policy.monitor();
  unread.failed(3);
  CHECK(unread.report().guards[1].value == 1.0);
  CHECK(unread.report().action() == GuardAction::error);
}

TEST_CASE("a monitor outlives its policy; bad options are errors", "[policy][monitor]") {
  auto monitor = policy_of(300).monitor();
  auto moved = std::move(monitor);
  moved.record(data(50));
  CHECK(moved.report().rows == 50);
  const Policy policy = policy_of(50);
  for (const zeroskew::MonitorOptions& bad : {zeroskew::MonitorOptions{0.0, 16, 100, 0.1, 100},
                                              zeroskew::MonitorOptions{0.05, 0, 100, 0.1, 100},
                                              zeroskew::MonitorOptions{0.05, 16, 0, 0.1, 100},
                                              zeroskew::MonitorOptions{0.05, 16, 100, 2.0, 100}}) {
    CHECK(zeroskew::test::error_of([&] { (void)policy.monitor(bad); }).id() == "monitor.parameter");
  }
  CHECK(Policy().monitor().report().features.empty());
}
