#include "zeroskew/policy/monitor_snapshot.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "policy/policies.hpp"
#include "support/catch.hpp"
#include "support/errors.hpp"

using policy_test::data;
using policy_test::make;
using zeroskew::Batch;
using zeroskew::Monitor;
using zeroskew::MonitorSnapshot;
using zeroskew::Policy;
using zeroskew::test::error_of;

TEST_CASE("snapshots of parts add up to the snapshot of the whole", "[policy][snapshot]") {
  const Policy policy = make();
  const Batch rows = data(900, 11, true);
  const Monitor whole = policy.monitor();
  whole.record(rows);
  whole.failed(3);
  std::vector<MonitorSnapshot> parts;
  for (std::int64_t first = 0; first < 900; first += 300) {
    const Monitor part = policy.monitor();
    part.record(rows.slice(first, 300));
    part.failed();
    parts.push_back(MonitorSnapshot::from_json(part.snapshot().to_json()));
    CHECK(parts.back() == part.snapshot());
  }
  const std::string expected = whole.snapshot().to_json();
  std::vector<std::size_t> order = {0, 1, 2};
  do {
    MonitorSnapshot sum;
    const Monitor central = policy.monitor();
    for (const std::size_t i : order) {
      sum += parts[i];
      central.absorb(parts[i]);
    }
    CHECK(sum.to_json() == expected);
    CHECK(central.snapshot().to_json() == expected);
    CHECK(central.report().to_json() == whole.report().to_json());
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a monitor goes on recording what it absorbed nothing of", "[policy][snapshot]") {
  const Policy policy = make();
  const Monitor one = policy.monitor();
  const Monitor other = policy.monitor();
  one.record(data(200, 1));
  other.record(data(100, 2));
  one.absorb(other.snapshot());
  CHECK(one.report().rows == 300);
  one.record(data(50, 3));
  CHECK(one.report().rows == 350);
  CHECK(other.report().rows == 100);
}

TEST_CASE("snapshots of other policies and of other bins are refused", "[policy][snapshot]") {
  const Policy policy = make(3);
  const Monitor monitor = policy.monitor();
  const auto refused = [&](const MonitorSnapshot& other) {
    const std::string before = monitor.snapshot().to_json();
    CHECK(error_of([&] { monitor.absorb(other); }).id() == "policy.snapshot");
    CHECK(monitor.snapshot().to_json() == before);
  };
  refused(make(4).monitor().snapshot());
  zeroskew::MonitorOptions options;
  options.bins = 4;
  refused(policy.monitor(options).snapshot());
}

TEST_CASE("hostile snapshots are refused", "[policy][snapshot]") {
  const std::string good = make().monitor().snapshot().to_json();
  const auto document = policy_test::parsed(good);
  const auto refused = [](const std::string& text) {
    const std::string id = error_of([&] { (void)MonitorSnapshot::from_json(text); }).id();
    CHECK((id == "policy.snapshot" || id == "policy.malformed"));
  };
  for (std::size_t end = 0; end < good.size(); end += 37) refused(good.substr(0, end));
  refused(std::string(100000, '['));
  for (const auto& item : document["features"][0].items()) {
    for (const nlohmann::json& value : {nlohmann::json(), nlohmann::json(-1), nlohmann::json("-1"),
                                        nlohmann::json("many"), nlohmann::json::object()}) {
      auto bad = document;
      bad["features"][0][item.key()] = value;
      if (bad != document) refused(bad.dump());
    }
    auto without = document;
    without["features"][0].erase(item.key());
    refused(without.dump());
  }
  auto wide = document;
  wide["features"][0]["sum"]["exponent"] = 100000;
  wide["features"][0]["sum"]["digits"] = {1};
  refused(wide.dump());
  auto more = document;
  more["features"][0]["bins"].push_back("0");
  refused(more.dump());
}
