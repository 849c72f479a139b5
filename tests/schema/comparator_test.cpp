// How far data may move from other data.
#include "zeroskew/schema/comparator.hpp"

#include <string>

#include "schema/data.hpp"
#include "support/catch.hpp"

using namespace zeroskew;
using zeroskew_test::fixes_hold;
using zeroskew_test::profile_of;
using zeroskew_test::profile_of_column;
using zeroskew_test::types_of;
using Types = std::vector<AnomalyType>;
using enum AnomalyType;

namespace {

Profile strings(std::initializer_list<std::pair<std::string, int>> counts) {
  std::string lines;
  for (const auto& [name, count] : counts) {
    for (int i = 0; i < count; ++i) lines += "{\"x\": \"" + name + "\"}\n";
  }
  return profile_of(lines);
}

Profile numbers(int first, int count, int step = 1) {
  std::string lines;
  for (int i = 0; i < count; ++i) {
    lines += "{\"x\": " + std::to_string(first + i * step) + ".5}\n";
  }
  return profile_of(lines);
}

Schema schema_of(const std::string& fields) {
  return Schema::from_text("feature { name: 'x' " + fields + " }");
}

const Profile& before() {
  static const Profile profile = strings({{"a", 70}, {"b", 20}, {"c", 10}});
  return profile;
}
const Profile& now() {
  static const Profile profile = strings({{"a", 100}, {"b", 40}, {"d", 60}});
  return profile;
}

}  // namespace

TEST_CASE("every distance that has a threshold is measured, over it or not") {
  const Schema schema = schema_of(R"(type: BYTES drift_comparator {
      infinity_norm { threshold: 0.5 } jensen_shannon_divergence { threshold: 0.5 }
      normalized_abs_difference { threshold: 0.5 } } skew_comparator {
      infinity_norm { threshold: 0.1 } })");
  const Anomalies anomalies = validate(now(), schema, {}, {&before(), &before()});
  CHECK(types_of(anomalies) == Types{comparator_l_infty_high});
  REQUIRE(anomalies.measurements.size() == 4);
  using Measure = Measurement::Measure;
  const auto& m = anomalies.measurements;
  CHECK(m[0].measure == Measure::infinity_norm);
  CHECK(m[0].value == Approx(0.3).epsilon(1e-12));
  CHECK(m[1].measure == Measure::normalized_abs_difference);
  CHECK(m[1].value == Approx(0.2).epsilon(1e-12));
  CHECK(m[2].measure == Measure::jensen_shannon_divergence);
  CHECK(m[2].value == Approx(0.212078746).epsilon(1e-8));
  CHECK(m[3].comparison == Measurement::Comparison::skew);
  CHECK(m[3].exceeded());
  CHECK_FALSE(m[0].exceeded());
  CHECK(m[3].path == Path({"x"}));
}

TEST_CASE(
    "COMPARATOR_L_INFTY_HIGH, COMPARATOR_NORMALIZED_ABSOLUTE_DIFFERENCE_HIGH and "
    "COMPARATOR_JENSEN_SHANNON_DIVERGENCE_HIGH, in this order") {
  const Schema schema = schema_of(R"(type: BYTES drift_comparator {
      infinity_norm { threshold: 0.1 } jensen_shannon_divergence { threshold: 0.1 }
      normalized_abs_difference { threshold: 0.1 } })");
  const Controls<Profile> controls{&before()};
  const Anomalies anomalies = validate(now(), schema, {}, controls);
  CHECK(types_of(anomalies) == Types{comparator_l_infty_high,
                                     comparator_normalized_absolute_difference_high,
                                     comparator_jensen_shannon_divergence_high});
  CHECK_THAT(anomalies[0].message,
             Catch::Matchers::Contains("'d' makes up 30% here and 0% before"));
  CHECK(fixes_hold(now(), schema, {}, controls));
  // Nothing to compare with: silent. Exactly at the threshold: accepted.
  CHECK(validate(now(), schema).empty());
  CHECK(validate(now(), schema, {}, {nullptr, &before()}).empty());
}

TEST_CASE("COMPARATOR_CONTROL_DATA_MISSING") {
  const Profile other = profile_of("{\"y\": 1}\n");
  const Schema schema = schema_of(
      "type: BYTES skew_comparator { infinity_norm { threshold: 0.1 } "
      "normalized_abs_difference { threshold: 0.1 } }");
  const Controls<Profile> controls{nullptr, &other};
  CHECK(types_of(validate(now(), schema, {}, controls)) == Types{comparator_control_data_missing});
  CHECK(fixes_hold(now(), schema, {}, controls));
  CHECK(validate(now(), schema_of("type: BYTES skew_comparator {}"), {}, controls).empty());
}

TEST_CASE("numbers are compared by histogram") {
  const Schema schema =
      schema_of("type: FLOAT drift_comparator { jensen_shannon_divergence { threshold: 0.01 } }");
  const Profile same = numbers(0, 100);
  const Profile moved = numbers(50, 100);
  CHECK(validate(same, schema, {}, {&same}).empty());
  const Controls<Profile> controls{&same};
  const Anomalies anomalies = validate(moved, schema, {}, controls);
  CHECK(types_of(anomalies) == Types{comparator_jensen_shannon_divergence_high});
  CHECK(anomalies.measurements[0].value > 0.3);
  CHECK(anomalies.measurements[0].value <= 1.0);
  CHECK(fixes_hold(moved, schema, {}, controls));
  const Schema quantiles = schema_of(
      "type: FLOAT drift_comparator { jensen_shannon_divergence { threshold: 0.01 "
      "source { type: QUANTILES } } }");
  CHECK(types_of(validate(moved, quantiles, {}, controls)) ==
        Types{comparator_jensen_shannon_divergence_high});
}

TEST_CASE("a threshold that numbers cannot exceed is a fault of the schema") {
  const Schema schema =
      schema_of("type: FLOAT drift_comparator { infinity_norm { threshold: 0.01 } }");
  const Profile data = numbers(0, 10);
  CHECK(types_of(validate(data, schema, {}, {&data})) == Types{invalid_schema_specification});
  CHECK(fixes_hold(data, schema, {}, {&data}));
}

TEST_CASE("bools and categorical integers are compared by name") {
  const Profile zeros = profile_of_column({"0", "0", "0", "1"});
  const Profile ones = profile_of_column({"0", "1", "1", "1"});
  const Profile truths = profile_of_column({"false", "true", "true", "true"});
  for (const char* domain : {"bool_domain {}", "int_domain { is_categorical: true }"}) {
    const Schema schema = schema_of(std::string("type: INT ") + domain +
                                    " drift_comparator { infinity_norm { threshold: 0.1 } }");
    CHECK(validate(ones, schema, {}, {&zeros}).measurements[0].value == 0.5);
    CHECK(validate(truths, schema, {}, {&zeros}).measurements[0].value == 0.5);
  }
}

TEST_CASE("a distance that cannot be measured is reported, not skipped") {
  const Schema schema = schema_of(
      "type: STRUCT drift_comparator { jensen_shannon_divergence { threshold: 0.01 } } "
      "struct_domain { feature { name: 'a' type: INT } }");
  const Profile data = profile_of_column({"{\"a\": 1}"});
  CHECK(types_of(validate(data, schema, {}, {&data})) == Types{stats_not_available});
  const Schema words =
      schema_of("type: BYTES drift_comparator { jensen_shannon_divergence { threshold: 0.01 } }");
  const Profile other = numbers(0, 10);
  CHECK(types_of(validate(now(), words, {}, {&other})) == Types{stats_not_available});
  CHECK(fixes_hold(now(), words, {}, {&other}));
}
