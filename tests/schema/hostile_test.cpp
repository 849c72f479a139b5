// Schemas and statistics that nobody should write: a clear error, or behaviour that is defined.
#include <chrono>
#include <cmath>
#include <limits>
#include <string>

#include "schema/data.hpp"
#include "support/catch.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/diff.hpp"
#include "zeroskew/schema/validate_rows.hpp"

using namespace zeroskew;
using zeroskew_test::fixes_hold;
using zeroskew_test::profile_of;
using zeroskew_test::profile_of_column;
using zeroskew_test::types_of;
using Types = std::vector<AnomalyType>;
using enum AnomalyType;

TEST_CASE("constraints that contradict one another are named") {
  const auto found = [](const std::string& fields) {
    const Schema schema = Schema::from_text("feature { name: 'x' " + fields + " }");
    const Profile data = profile_of_column({"3", "4"});
    CHECK(fixes_hold(data, schema));
    return types_of(validate(data, schema));
  };
  CHECK(found("type: INT int_domain { min: 9 max: 1 }") == Types{invalid_domain_specification});
  CHECK(found("type: INT unique_constraints { min: 3 max: 1 }") ==
        Types{invalid_schema_specification, feature_type_low_unique});
  CHECK(found("type: INT value_count { min: 3 max: 1 }") ==
        Types{invalid_schema_specification, feature_type_low_number_values});
  CHECK(found("type: INT presence { min_fraction: 7 }") == Types{invalid_schema_specification});
  const Schema reals = Schema::from_text(
      "feature { name: 'x' type: FLOAT float_domain { min: 2 max: 1 disallow_nan: true } }");
  const Profile halves = profile_of_column({"0.5"});
  CHECK(types_of(validate(halves, reals)) == Types{invalid_domain_specification});
  CHECK(update_schema(reals, halves).feature("x").domain<FloatDomain>()->disallow_nan == true);
}

TEST_CASE("enumeration numbers that nobody knows") {
  CHECK_THROWS_AS(Schema::from_text("feature { name: 'x' type: 99 }"), Error);
  CHECK_THROWS_AS(Schema::from_json(R"({"feature": [{"name": "x", "type": 99}]})"), Error);
  CHECK_THROWS_AS(Schema::from_json(R"({"feature": [{"name": "x", "type": "INTEGER"}]})"), Error);
  CHECK_THROWS_AS(Schema::from_text("feature { name: 'x' lifecycle_stage: 8 }"), Error);
}

TEST_CASE("structures nested without end are an error") {
  std::string text;
  std::string json;
  for (int i = 0; i < 5'000; ++i) {
    text += "feature { name: 'x' type: STRUCT struct_domain { ";
    json += R"({"feature": [{"name": "x", "type": "STRUCT", "struct_domain": )";
  }
  for (const auto& read : {std::pair(&Schema::from_text, text), {&Schema::from_json, json}}) {
    try {
      (void)read.first(read.second);
      FAIL("accepted");
    } catch (const Error& error) {
      CHECK(error.id().substr(0, 7) == "schema.");
      CHECK(std::string(error.what()).find("nested too deeply") != std::string::npos);
    }
  }
}

TEST_CASE("a domain of a million strings") {
  Schema schema = Schema::from_text("feature { name: 'x' type: BYTES domain: 'd' }");
  StringDomain domain;
  domain.name = "d";
  for (int i = 0; i < 1'000'000; ++i) domain.value.push_back("value " + std::to_string(i));
  schema.string_domains.push_back(std::move(domain));
  const auto start = std::chrono::steady_clock::now();
  const std::string lines = zeroskew_test::column({"\"value 999999\"", "\"value 1000000\""});
  const Batch batch = read_json_lines(lines, infer_json_lines(lines));
  CHECK(types_of(validate(profile(batch), schema)) == Types{enum_type_unexpected_string_values});
  CHECK(validate_rows(batch, schema).row_numbers() == std::vector<std::int64_t>{1});
  Schema updated = update_schema(schema, profile(batch));
  CHECK(updated.string_domains[0].value.size() == 1'000'001);
  CHECK(schema_diff(schema, updated).size() == 1);
  CHECK((Schema::from_text(updated.to_text()) == updated));
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  CHECK(taken.count() < 60.0);
}

TEST_CASE("names with dots, quotes, controls and nothing at all") {
  for (const char* name : {"a.b", "a'b", "'", "\"", "(", "(x)", ".", "..", " ", "\\", "\n", "\x01",
                           "\xF0\x9F\x9A\x95", "rules", "zeroskew"}) {
    INFO(name);
    std::vector<ColumnBuilder> columns;
    columns.push_back(zeroskew_test::built<std::int64_t>(name, Kind::integer, {1, 5}));
    const Batch batch = make_batch(std::move(columns));
    Schema schema = infer_schema(profile(batch));
    CHECK(validate(profile(batch), schema).empty());
    schema.features[0].domain_info = IntDomain{{}, {}, 3, {}};
    const Anomalies anomalies = validate(profile(batch), schema);
    REQUIRE(anomalies.size() == 1);
    CHECK(anomalies[0].path == Path({name}));
    CHECK(Path::parse(to_string(anomalies[0].path)) == anomalies[0].path);
    CHECK(validate_rows(batch, schema).row_numbers() == std::vector<std::int64_t>{1});
    CHECK(fixes_hold(profile(batch), schema));
    CHECK((Schema::from_json(schema.to_json()) == schema));
    CHECK((Schema::from_text(schema.to_text()) == schema));
    CHECK(Anomalies::from_json(anomalies.to_json()).items[0].path == Path({name}));
  }
}

TEST_CASE("statistics that make no sense end in a verdict, never in an abort") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double inf = std::numeric_limits<double>::infinity();
  const Schema schema = Schema::from_text(R"(
    feature { name: "x" type: INT presence { min_fraction: 1 min_count: 1 }
      value_count { min: 1 max: 2 } int_domain { min: 0 max: 9 }
      unique_constraints { min: 1 max: 3 } }
    feature { name: "l" type: BYTES natural_language_domain { coverage { min_coverage: 0.5 }
      token_constraints { string_value: "t" min_per_sequence: 1 max_fraction_of_sequences: 0.5 } } }
    sparse_feature { name: "s" })");
  for (const double odd : {nan, inf, -inf, -1.0, 1e300}) {
    for (const StatisticsType type : {StatisticsType::none, StatisticsType::integer,
                                      StatisticsType::string, StatisticsType::structure}) {
      FeatureStatistics x;
      x.path = Path({"x"});
      x.type = type;
      x.levels = {{odd, odd, odd, odd}};
      x.numbers = NumberRange{odd, odd, odd};
      x.unique = Estimate{odd, odd, odd, true};
      x.max_bytes = odd;
      FeatureStatistics l;
      l.path = Path({"l"});
      l.type = StatisticsType::string;
      l.levels = {{2.0, 0.0, 1.0, 1.0}};
      l.language = LanguageStatistics{odd, odd, {{std::string("t"), odd, odd, odd, odd}}, odd, odd};
      FeatureStatistics s;
      s.path = Path({"s"});
      s.sparse = SparseStatistics{odd, {{"i", odd}}, {{"i", odd}}, {}};
      const DatasetStatistics data(odd, {x, l, s});
      const Anomalies anomalies = validate(data, schema);
      CHECK_FALSE(anomalies.to_json().empty());
      (void)update_schema(schema, data);
      (void)infer_schema(data);
    }
  }
  // Levels that are not there at all.
  FeatureStatistics bare;
  bare.path = Path({"x"});
  bare.type = StatisticsType::integer;
  CHECK(types_of(validate(DatasetStatistics(3.0, {bare}), schema)) ==
        Types{feature_type_not_present});
}
