// Rows of weight k are validated as k rows, and weighted data is compared with weighted data only.
#include <string>
#include <vector>

#include "schema/data.hpp"
#include "schema/random_data.hpp"
#include "support/catch.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/read_statistics.hpp"
#include "zeroskew/schema/validate_slices.hpp"

using namespace zeroskew;
using zeroskew_test::profile_of;
using zeroskew_test::types_of;
using Types = std::vector<AnomalyType>;
using enum AnomalyType;

namespace {

Profile weighted(const std::string& lines) {
  ProfileOptions options;
  options.weight = "w";
  return profile(read_json_lines(lines, infer_json_lines(lines)), options);
}

// Rows {"kind": .., "fare": .., "tip": ..?} with their weights, and each row so often.
struct Both {
  Profile weighted;
  Profile repeated;
};

Both random_rows(std::uint64_t seed, std::size_t shift) {
  zeroskew_test::RandomData random(seed);
  std::string once;
  std::string often;
  for (int row = 0; row < 40; ++row) {
    const std::size_t kind = random.below(4) + (random.below(8) == 0 ? shift : 0);
    std::string cells = "\"kind\": \"k" + std::to_string(kind) +
                        "\", \"fare\": " + std::to_string(random.below(50) + shift) + ".5";
    cells += ", \"zone\": " + std::to_string(random.below(2 + shift));
    if (random.below(5) != 0) cells += ", \"tip\": " + std::to_string(random.below(9));
    const std::size_t weight = 1 + random.below(4);  // what has no weight is seen all the same
    once += "{" + cells + ", \"w\": " + std::to_string(weight) + "}\n";
    for (std::size_t i = 0; i < weight; ++i) often += "{" + cells + "}\n";
  }
  return {weighted(once), profile_of(often)};
}

const char* const kRules = R"(
  feature { name: "kind" type: BYTES presence { min_fraction: 1 min_count: 60 } domain: "kinds"
    distribution_constraints { min_domain_mass: 0.9 }
    drift_comparator { infinity_norm { threshold: 0.05 }
      jensen_shannon_divergence { threshold: 0.01 }
      normalized_abs_difference { threshold: 0.02 } } }
  feature { name: "fare" type: FLOAT presence { min_fraction: 1 } float_domain { min: 0 max: 50 }
    drift_comparator { jensen_shannon_divergence { threshold: 0.01 } } }
  feature { name: "zone" type: INT presence { min_fraction: 1 } int_domain { is_categorical: true }
    skew_comparator { infinity_norm { threshold: 0.02 } } }
  feature { name: "tip" type: INT presence { min_fraction: 0.95 min_count: 1 } }
  string_domain { name: "kinds" value: "k0" value: "k1" value: "k2" value: "k3" }
  dataset_constraints { min_examples_count: 70
    num_examples_drift_comparator { min_fraction_threshold: 0.99 max_fraction_threshold: 1.01 } })";

}  // namespace

TEST_CASE("a row of weight k counts as k rows") {
  const Schema schema = Schema::from_text(kRules);
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    INFO(seed);
    const Both before = random_rows(2 * seed, 0);
    const Both now = random_rows(2 * seed + 1, seed % 3);
    const Anomalies a = validate(now.weighted, schema, {}, {&before.weighted, &before.weighted});
    const Anomalies b = validate(now.repeated, schema, {}, {&before.repeated, &before.repeated});
    REQUIRE(types_of(a) == types_of(b));
    for (std::size_t i = 0; i < a.size(); ++i) {
      CHECK(a[i].path == b[i].path);
      // Distances of histograms are rounded otherwise.
      if (a[i].path != Path({"fare"})) CHECK(a[i].message == b[i].message);
    }
    REQUIRE(a.measurements.size() == b.measurements.size());
    for (std::size_t i = 0; i < a.measurements.size(); ++i) {
      CHECK(a.measurements[i].value == Approx(b.measurements[i].value).margin(1e-9));
    }
    CHECK(
        zeroskew_test::fixes_hold(now.weighted, schema, {}, {&before.weighted, &before.weighted}));
  }
}

TEST_CASE("presence and domains count by weight") {
  const Schema schema = Schema::from_text(
      R"(feature { name: "x" type: BYTES presence { min_fraction: 0.5 min_count: 1 }
         string_domain { value: "a" } distribution_constraints { min_domain_mass: 0.8 } })");
  // A half of the rows is a tenth of the weight.
  const Profile light = weighted(
      "{\"x\": \"a\", \"w\": 9}\n{\"x\": \"b\", \"w\": 0.5}\n{\"w\": 0.25}\n{\"w\": 0.25}\n");
  CHECK(validate(light, schema).empty());
  const Profile heavy =
      weighted("{\"x\": \"a\", \"w\": 1}\n{\"x\": \"b\", \"w\": 0.5}\n{\"w\": 4}\n{\"w\": 4.5}\n");
  CHECK(types_of(validate(heavy, schema)) ==
        Types{feature_type_low_fraction_present, enum_type_unexpected_string_values});
  CHECK(zeroskew_test::fixes_hold(heavy, schema));
  // Weights that no double holds exactly add up all the same.
  std::string tenths;
  for (int i = 0; i < 1000; ++i) {
    tenths += "{\"x\": \"" + std::string(1, static_cast<char>('a' + i % 7)) + "\", \"w\": 0.1}\n";
  }
  CHECK(validate(weighted(tenths), infer_schema(weighted(tenths))).empty());
  // Weights that are all 0 are none: rows count.
  const Profile nothing = weighted("{\"x\": \"a\", \"w\": 0}\n{\"x\": \"a\", \"w\": 0}\n");
  CHECK(validate(nothing, schema).empty());
  CHECK(infer_schema(light).feature("x").presence()->min_count == 1);
}

TEST_CASE("weighted on one side only is an error that says which") {
  const Profile plain = profile_of("{\"x\": \"a\"}\n");
  const Profile heavy = weighted("{\"x\": \"a\", \"w\": 2}\n");
  const Profile empty;
  const Schema schema = infer_schema(plain);
  const auto refused = [&](const Profile& data, const Controls<Profile>& controls) -> std::string {
    try {
      (void)validate(data, schema, {}, controls);
    } catch (const Error& error) {
      CHECK(error.id() == "schema.mixed_weights");
      CHECK_THAT(error.what(), Catch::Matchers::Contains("count both by weight, or neither"));
      return error.where();
    }
    return "";
  };
  CHECK(refused(plain, {&heavy, nullptr, nullptr}) == "previous");
  CHECK(refused(heavy, {nullptr, &plain, nullptr}) == "serving");
  CHECK(refused(heavy, {&heavy, &heavy, &plain}) == "previous_version");
  CHECK(refused(heavy, {&heavy, &heavy, &heavy}).empty());
  CHECK(refused(heavy, {&empty, &empty, &empty}).empty());  // nothing is neither
}

TEST_CASE("statistics of other tools are weighted where all their features are") {
  const auto statistics = [](const std::string& weights, const std::string& dataset) {
    return read_statistics(
               "datasets { num_examples: 4 " + dataset +
                   " features { name: 'x' type: STRING string_stats { common_stats { "
                   "num_non_missing: 4 min_num_values: 1 max_num_values: 1 avg_num_values: 1 "
                   "tot_num_values: 4 " +
                   weights +
                   " } unique: 1 rank_histogram { buckets { label: 'a' sample_count: 4 } } } } }",
               StatisticsForm::text)
        .front()
        .statistics;
  };
  const DatasetStatistics plain = statistics("", "");
  const DatasetStatistics heavy =
      statistics("weighted_common_stats { num_non_missing: 8 tot_num_values: 8 avg_num_values: 1 }",
                 "weighted_num_examples: 8");
  CHECK_FALSE(plain.weighted());
  CHECK(heavy.weighted());
  CHECK(heavy.num_examples() == 8.0);
  CHECK_FALSE(statistics("", "weighted_num_examples: 8").weighted());
  const Schema schema = infer_schema(plain);
  CHECK_THROWS_AS(validate(plain, schema, {}, {&heavy}), Error);
  CHECK(validate(plain, schema, {}, {&plain}).empty());
}
