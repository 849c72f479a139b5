// What validation reads of a column, and statistics that no profile makes.
#include "zeroskew/schema/feature_statistics.hpp"

#include <string>

#include "schema/data.hpp"
#include "support/catch.hpp"

using namespace zeroskew;
using zeroskew_test::profile_of;
using zeroskew_test::types_of;
using Types = std::vector<AnomalyType>;

namespace {

// An imported column `x` of integers, three examples.
FeatureStatistics imported() {
  FeatureStatistics statistics;
  statistics.path = Path({"x"});
  statistics.type = StatisticsType::integer;
  statistics.levels = {{3.0, 0.0, 1.0, 1.0}};
  statistics.numbers = NumberRange{std::int64_t{0}, std::int64_t{7}, 0.0};
  return statistics;
}

// Validates one imported column, and tries the fixes.
Types found(const FeatureStatistics& statistics, const std::string& fields) {
  const DatasetStatistics data(3.0, {statistics});
  const Schema schema = Schema::from_text("feature { name: 'x' type: INT " + fields + " }");
  CHECK(validate(data, update_schema(schema, data)).empty());
  CHECK(validate(data, infer_schema(data)).empty());
  return types_of(validate(data, schema));
}

}  // namespace

TEST_CASE("a profile as statistics") {
  const Profile profile = profile_of(
      "{\"i\": 3, \"s\": \"abc\", \"l\": [[1], []], \"t\": {\"a\": 1.5}, \"n\": null}\n"
      "{\"i\": -1, \"s\": null, \"l\": [], \"t\": null, \"n\": null}\n");
  const DatasetStatistics data = DatasetStatistics::of_profile(profile);
  CHECK(data.num_examples() == 2.0);
  const FeatureStatistics& i = *data.find(Path({"i"}));
  CHECK(i.type == StatisticsType::integer);
  CHECK(i.numbers->min == Value(std::int64_t{-1}));
  CHECK(i.levels == std::vector<Valency>{{2.0, 0.0, 1.0, 1.0}});
  const FeatureStatistics& s = *data.find(Path({"s"}));
  CHECK(s.fraction() == 0.5);
  CHECK(s.max_bytes == 3.0);
  CHECK(s.values->labels()->labels.size() == 1);
  CHECK(s.values->mass_of(std::vector<std::string>{"abc", "abc", "d"}).value == 1.0);
  const FeatureStatistics& l = *data.find(Path({"l"}));
  CHECK(l.levels == std::vector<Valency>{{2.0, 0.0, 0.0, 2.0}, {2.0, 0.0, 0.0, 1.0}});
  CHECK(data.find(Path({"t", "a"}))->type == StatisticsType::floating);
  CHECK(data.find(Path({"t", "a"}))->missing() == 0.0);
  CHECK(data.find(Path({"n"}))->type == StatisticsType::none);
  CHECK(data.find(Path({"t", "b"})) == nullptr);
  CHECK(data.find(Path()) == nullptr);
}

TEST_CASE("SEMANTIC_DOMAIN_UPDATE: a detected domain is declared") {
  FeatureStatistics statistics = imported();
  statistics.detected_domain = TimeDomain{TimeDomain::IntegerFormat::unix_days};
  CHECK(found(statistics, "") == Types{AnomalyType::semantic_domain_update});
  CHECK(found(statistics, "int_domain {}").empty());
}

TEST_CASE("DERIVED_FEATURE_INVALID_SOURCE: derived statistics need a source") {
  FeatureStatistics statistics = imported();
  statistics.derived_source = DerivedFeatureSource{"deriver", "", {}, false, {}};
  CHECK(found(statistics, "") == Types{AnomalyType::derived_feature_invalid_source});
  CHECK(found(statistics,
              "lifecycle_stage: VALIDATION_DERIVED "
              "validation_derived_source { deriver_name: 'deriver' }")
            .empty());
}

TEST_CASE("statistics without values: what was not counted is not checked") {
  CHECK(found(imported(), "unique_constraints { max: 1 }") ==
        Types{AnomalyType::feature_type_no_unique});
  CHECK(found(imported(), "bool_domain {}") == Types{AnomalyType::bool_type_big_int});
}

TEST_CASE("counts beyond rounding: a presence of 1 with a few missing") {
  FeatureStatistics statistics = imported();
  statistics.levels = {{1e17, 1.0, 1.0, 1.0}};
  CHECK(statistics.fraction() == 1.0);
  CHECK(found(statistics, "presence { min_fraction: 1 }") ==
        Types{AnomalyType::feature_type_low_fraction_present});
}
