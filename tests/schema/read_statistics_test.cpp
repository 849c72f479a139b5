#include "zeroskew/schema/read_statistics.hpp"

#include <string>

#include "support/catch.hpp"
#include "support/errors.hpp"
#include "zeroskew/detail/file.hpp"
#include "zeroskew/schema/infer.hpp"
#include "zeroskew/schema/validate.hpp"

namespace zeroskew {
namespace {

using test::check_error;

std::vector<NamedStatistics> read(const std::string& text) {
  return read_statistics(text, StatisticsForm::text);
}

DatasetStatistics one_feature(const std::string& feature) {
  return read("datasets { num_examples: 4 features { " + feature + " } }").front().statistics;
}

// `total` values, one an example.
std::string common(int total) {
  return "common_stats { num_non_missing: " + std::to_string(total) +
         " min_num_values: 1 max_num_values: 1 avg_num_values: 1 tot_num_values: " +
         std::to_string(total) + " } ";
}

TEST_CASE("labels of statistics carry their counts, and what is not listed has no name") {
  const auto data = one_feature("name: 'x' type: STRING string_stats { " + common(10) +
                                "unique: 4 rank_histogram { buckets { label: 'b' sample_count: 5 }"
                                " buckets { label: 'a' sample_count: 3 } } }");
  const FeatureStatistics& feature = *data.find(Path({"x"}));
  const Distribution labels = feature.values->labels().value();
  REQUIRE(labels.labels.size() == 2);
  CHECK(labels.labels[0] == Label{"a", 3, 3, 3});
  CHECK(labels.unnamed == 2.0);
  CHECK_FALSE(labels.exact);
  const std::string names[] = {"a", "nowhere"};
  const Estimate mass = feature.values->mass_of(names);
  CHECK(mass.lo == 3.0);
  CHECK(mass.hi == 5.0);
  CHECK(feature.unique->value == 4.0);
}

TEST_CASE("numbers of statistics: whole ones are exact, and zero may stand for none") {
  const auto range = [](const std::string& type, const std::string& stats) {
    const auto data = one_feature("name: 'x' type: " + type + " num_stats { " + stats + " }");
    return data.find(Path({"x"}))->numbers;
  };
  CHECK(range("INT", common(4) + "min: -3 max: 9")->min == Value(std::int64_t{-3}));
  CHECK(range("INT", common(4) + "max: 1e19")->max == Value(std::uint64_t{10000000000000000000U}));
  CHECK(range("FLOAT", common(4) + "max: 9")->max == Value(9.0));
  const auto only_nan = range("FLOAT", common(4) + "histograms { num_nan: 4 }");
  CHECK(only_nan->min == Value());
  CHECK(only_nan->nan == 4.0);
  CHECK_FALSE(range("FLOAT", common(0)).has_value());
}

TEST_CASE("integers that doubles would round may stand beside them") {
  const auto data =
      one_feature("name: 'x' type: INT num_stats { " + common(4) +
                  "min: -3 max: 9007199254740992 } custom_stats { name: 'zeroskew_extremes'"
                  " str: '-3 9007199254740993' }");
  CHECK(data.find(Path({"x"}))->numbers->max == Value(std::int64_t{9007199254740993}));
  const auto damaged = one_feature("name: 'x' type: INT num_stats { " + common(4) +
                                   "max: 9 } custom_stats { name: 'zeroskew_extremes' str: '1' }");
  CHECK(damaged.find(Path({"x"}))->numbers->max == Value(std::int64_t{9}));
}

TEST_CASE("zeros and ones are counted one by one") {
  const auto data = one_feature("name: 'x' type: INT num_stats { " + common(4) +
                                "num_zeros: 1 max: 1 histograms { type: QUANTILES"
                                " buckets { high_value: 1 sample_count: 4 } } }");
  const Distribution found = distribution_of(*data.find(Path({"x"})));
  CHECK(found.cells == std::vector<Cell>{{0, 0, 1}, {1, 1, 3}});
  CHECK(found.exact);
}

TEST_CASE("structures hold the features below them, by path and by name") {
  const std::string leaf = "num_stats { " + common(2) + " }";
  for (const std::string names : {"path { step: 's' } ", "name: 's' "}) {
    const bool path = names.starts_with("path");
    const auto list =
        read("datasets { num_examples: 4 features { " + names + "type: STRUCT struct_stats { " +
             common(3) + " } } features { " +
             (path ? "path { step: 's' step: 'a' } " : "name: 's.a' ") + leaf + " } }");
    const DatasetStatistics& data = list.front().statistics;
    REQUIRE(data.features().size() == 1);
    REQUIRE(data.find(Path({"s", "a"})) != nullptr);
    CHECK(data.find(Path({"s", "a"}))->present() == 2.0);
  }
}

TEST_CASE("weights count where every feature has them") {
  const std::string weighted =
      "weighted_common_stats { num_non_missing: 2.5 num_missing: 1.5"
      " avg_num_values: 1 tot_num_values: 2.5 }";
  const auto document = [&](const std::string& second) {
    return "datasets { num_examples: 4 weighted_num_examples: 4.5 features { name: 'x' num_stats {"
           " common_stats { num_non_missing: 3 num_missing: 1 " +
           weighted + " } } } features { name: 'y' num_stats { common_stats { " + second +
           " } } } }";
  };
  const DatasetStatistics all = read(document(weighted)).front().statistics;
  CHECK(all.num_examples() == 4.5);
  CHECK(all.find(Path({"x"}))->present() == 2.5);
  const DatasetStatistics some = read(document("")).front().statistics;
  CHECK(some.num_examples() == 4.0);
  CHECK(some.find(Path({"x"}))->present() == 3.0);
}

TEST_CASE("of several datasets the whole one is the default") {
  const auto list = read("datasets { name: 'a_1' } datasets { name: 'All Examples' }");
  CHECK(whole_dataset(list).name == "All Examples");
  CHECK(whole_dataset(read("datasets { name: 'a_1' }")).name == "a_1");
  check_error([] { (void)whole_dataset(read("")); }, "statistics.no_dataset", "");
  check_error([] { (void)whole_dataset(read("datasets { } datasets { }")); },
              "statistics.no_dataset", "");
}

TEST_CASE("impossible statistics are errors with a place") {
  const auto refused = [](const std::string& features, const std::string& id,
                          const std::string& where) {
    check_error([&] { (void)read("datasets { " + features + " }"); }, id, where);
  };
  const std::string empty = " num_stats { } ";
  refused("features { num_stats { } }", "statistics.no_name", "");
  refused("features { name: 'x'" + empty + "} features { name: 'x'" + empty + "}",
          "statistics.duplicate_feature", "x");
  refused("features { name: 'x'" + empty + "} features { path { step: 'y' }" + empty + "}",
          "statistics.mixed_names", "");
  refused("features { path { step: 'a' step: 'b' }" + empty + "}", "statistics.no_parent", "a.b");
  refused("features { name: 'x' num_stats { histograms { buckets { low_value: nan } } } }",
          "statistics.bad_histogram", "x");
  refused("features { name: 'x' num_stats { histograms { buckets { sample_count: inf } } } }",
          "statistics.bad_count", "x");
}

TEST_CASE("bytes may have fields that are not known, but must not end early") {
  // A dataset named "a", and field 99 of the list.
  const std::string known = {'\x0A', 3, '\x0A', 1, 'a'};
  const std::string unknown = {'\x9A', '\x06', 2, 'z', 'z'};
  const auto read_bytes = [](const std::string& bytes) {
    return read_statistics(bytes, StatisticsForm::binary);
  };
  CHECK(read_bytes(known + unknown).front().name == "a");
  CHECK(read_bytes(unknown + known).front().name == "a");
  for (std::size_t size = 1; size < known.size(); ++size) {
    check_error([&] { (void)read_bytes(known.substr(0, size)); }, "schema.bad_bytes", "statistics");
  }
  check_error([&] { (void)read_bytes(unknown.substr(0, 4)); }, "schema.bad_bytes", "statistics");
}

TEST_CASE("what another tool wrote about flights infers and validates without protobuf") {
  const std::string folder = "golden/tfx/flights/";
  const auto split = [&](const std::string& name) {
    const auto list = read_statistics(
        detail::read_file(folder + "Split-" + name + "/FeatureStats.pb"), StatisticsForm::binary);
    return whole_dataset(list).statistics;
  };
  const DatasetStatistics train = split("train");
  CHECK(train.num_examples() == 166158.0);
  CHECK(validate(train, infer_schema(train)).empty());
  const Schema schema = Schema::load(folder + "schema.pbtxt");
  const Anomalies found = validate(split("eval"), schema, {}, {&train, nullptr, nullptr});
  CHECK_FALSE(found.empty());
  CHECK_FALSE(found.measurements.empty());
}

}  // namespace
}  // namespace zeroskew
