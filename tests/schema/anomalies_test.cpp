// Anomalies in their interchange form, and fixes one by one.
#include "zeroskew/schema/anomalies.hpp"

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "schema/data.hpp"
#include "support/catch.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/checks.hpp"

using namespace zeroskew;
using zeroskew_test::profile_of;
using zeroskew_test::profile_of_column;
using zeroskew_test::types_of;

namespace {

Anomalies some() {
  const Schema schema = Schema::from_text(R"(
    feature { name: "x" type: INT int_domain { min: 2 max: 3 }
              drift_comparator { jensen_shannon_divergence { threshold: 0 } } }
    feature { name: "gone.away" type: INT presence { min_count: 1 } }
    dataset_constraints { min_examples_count: 9 })");
  static const Profile before = profile_of_column({"2", "3"});
  ValidateOptions options;
  options.severities = {{AnomalyType::int_type_small_int, Severity::warning}};
  return validate(profile_of("{\"x\": 1}\n{\"x\": 4, \"y\": {\"z\": true}}\n"), schema, options,
                  {&before});
}

}  // namespace

TEST_CASE("anomalies in JSON: grouped by feature, the worst severity, all reasons") {
  const Anomalies anomalies = some();
  const auto json = nlohmann::json::parse(anomalies.to_json());
  CHECK(json["anomaly_name_format"] == "SERIALIZED_PATH");
  CHECK(json["dataset_anomaly_info"]["reason"][0]["type"] == "DATASET_LOW_NUM_EXAMPLES");
  CHECK_FALSE(json["dataset_anomaly_info"].contains("path"));
  const auto& info = json["anomaly_info"];
  CHECK(info.size() == 3);
  CHECK(info["'gone.away'"]["path"]["step"] == nlohmann::json{"gone.away"});
  CHECK(info["'gone.away'"]["short_description"] == "Column is missing");
  const auto& x = info["x"];
  CHECK(x["severity"] == "ERROR");
  REQUIRE(x["reason"].size() == 3);
  CHECK(x["reason"][0]["type"] == "INT_TYPE_SMALL_INT");
  CHECK(x["short_description"] == "Several faults");
  CHECK(x["description"] == x["reason"][0]["description"].get<std::string>() + " " +
                                x["reason"][1]["description"].get<std::string>() + " " +
                                x["reason"][2]["description"].get<std::string>());
  CHECK(info["y"]["reason"].size() == 1);
  CHECK(json["drift_skew_info"][0]["drift_measurements"][0]["type"] == "JENSEN_SHANNON_DIVERGENCE");
  CHECK(json["baseline"]["feature"].size() == 2);
}

TEST_CASE("anomalies are read back from JSON, but for what has no place there") {
  const Anomalies anomalies = some();
  const Anomalies read = Anomalies::from_json(anomalies.to_json());
  CHECK(types_of(read) == types_of(anomalies));
  CHECK(read.measurements == anomalies.measurements);
  CHECK(read.baseline == anomalies.baseline);
  for (std::size_t i = 0; i < read.size(); ++i) {
    CHECK(read[i].path == anomalies[i].path);
    CHECK(read[i].message == anomalies[i].message);
    CHECK(read[i].fix.empty());
  }
  CHECK(Anomalies::from_json(read.to_json()) == read);
  Anomalies nothing;
  nothing.data_missing = true;
  CHECK(Anomalies::from_json(nothing.to_json()) == nothing);
  CHECK(Anomalies::from_json("{}").empty());
  CHECK_THROWS_AS(Anomalies::from_json("{\"anomaly_info\": 3}"), Error);
  CHECK_THROWS_AS(Anomalies::from_json("["), Error);
}

TEST_CASE("fixes apply one by one, in any order, and say what they do") {
  const Anomalies anomalies = some();
  Schema forwards = anomalies.baseline;
  Schema backwards = anomalies.baseline;
  for (std::size_t i = 0; i < anomalies.size(); ++i) {
    anomalies[i].fix.apply(forwards);
    anomalies[anomalies.size() - 1 - i].fix.apply(backwards);
    CHECK_FALSE(anomalies[i].fix.describe().empty());
  }
  CHECK(forwards == backwards);
  CHECK(forwards.feature("x").domain<IntDomain>()->min == 1);
  CHECK(forwards.feature("x").domain<IntDomain>()->max == 4);
  CHECK(forwards.dataset_constraints->min_examples_count == 2);
  CHECK(forwards.feature("y.z").domain<BoolDomain>() != nullptr);
  Schema lost;
  CHECK_THROWS_AS(anomalies[2].fix.apply(lost), Error);
  CHECK(lost == Schema());
}

TEST_CASE("the registry names every check, what it reports, and says what it demands") {
  std::set<std::string_view> names;
  std::set<AnomalyType> types;
  for (const CheckInfo& check : checks()) {
    names.insert(check.name);
    CHECK_FALSE(check.types.empty());
    CHECK_THAT(std::string(check.documentation), Catch::Matchers::EndsWith("."));
    types.insert(check.types.begin(), check.types.end());
  }
  CHECK(names.size() == checks().size());
  CHECK(types.size() >= 45);
  CHECK_FALSE(types.contains(AnomalyType::multiple_reasons));
}
