// Sparse and weighted features, as other tools count them.
#include <string>

#include "schema/data.hpp"
#include "support/catch.hpp"
#include "zeroskew/schema/feature_statistics.hpp"

using namespace zeroskew;
using zeroskew_test::types_of;
using Types = std::vector<AnomalyType>;
using enum AnomalyType;

namespace {

const Schema schema = Schema::from_text(R"(
  sparse_feature { name: "s" index_feature { name: "i" } value_feature { name: "v" } }
  weighted_feature { name: "w" feature { step: "v" } weight_feature { step: "u" } })");

FeatureStatistics collection(const std::string& name) {
  FeatureStatistics statistics;
  statistics.path = Path({name});
  return statistics;
}

// The types reported, after trying that the fixes make the data acceptable, one by one.
Types found(const FeatureStatistics& statistics, const Schema& declared = schema) {
  const DatasetStatistics data(3.0, {statistics});
  Schema fixed = declared;
  for (const Anomaly& anomaly : validate(data, declared)) anomaly.fix.apply(fixed);
  CHECK(validate(data, fixed).empty());
  CHECK(validate(data, update_schema(declared, data)).empty());
  return types_of(validate(data, declared));
}

Types of_sparse(const SparseStatistics& counts) {
  FeatureStatistics statistics = collection("s");
  statistics.sparse = counts;
  return found(statistics);
}

Types of_weighted(const WeightedStatistics& counts) {
  FeatureStatistics statistics = collection("w");
  statistics.weighted = counts;
  return found(statistics);
}

}  // namespace

TEST_CASE(
    "SPARSE_FEATURE_MISSING_VALUE, SPARSE_FEATURE_MISSING_INDEX, SPARSE_FEATURE_LENGTH_MISMATCH") {
  CHECK(of_sparse({}).empty());
  CHECK(of_sparse({0.0, {{"i", 0.0}}, {{"i", 0.0}}, {{"i", 0.0}}}).empty());
  CHECK(of_sparse({2.0, {}, {}, {}}) == Types{sparse_feature_missing_value});
  CHECK(of_sparse({0.0, {{"i", 2.0}}, {}, {}}) == Types{sparse_feature_missing_index});
  CHECK(of_sparse({0.0, {}, {{"i", -1.0}}, {{"i", 0.0}}}) == Types{sparse_feature_length_mismatch});
  CHECK(of_sparse({1.0, {{"i", 1.0}}, {{"i", -2.0}}, {{"i", 3.0}}}) ==
        Types{sparse_feature_missing_value, sparse_feature_missing_index,
              sparse_feature_length_mismatch, sparse_feature_length_mismatch});
}

TEST_CASE(
    "WEIGHTED_FEATURE_MISSING_VALUE, WEIGHTED_FEATURE_MISSING_WEIGHT, "
    "WEIGHTED_FEATURE_LENGTH_MISMATCH") {
  CHECK(of_weighted({}).empty());
  CHECK(of_weighted({1.0, 0.0, 0.0, 0.0}) == Types{weighted_feature_missing_value});
  CHECK(of_weighted({0.0, 1.0, 0.0, 0.0}) == Types{weighted_feature_missing_weight});
  CHECK(of_weighted({0.0, 0.0, -1.0, 0.0}) == Types{weighted_feature_length_mismatch});
  CHECK(of_weighted({0.0, 0.0, 0.0, 4.0}) == Types{weighted_feature_length_mismatch});
}

TEST_CASE("the message names the index feature, and the fix puts the feature out of use") {
  FeatureStatistics statistics = collection("s");
  statistics.sparse = SparseStatistics{0.0, {{"i", 2.0}}, {}, {}};
  const Anomalies anomalies = validate(DatasetStatistics(3.0, {statistics}), schema);
  REQUIRE(anomalies.size() == 1);
  CHECK(anomalies[0].message ==
        "2 examples have values but nothing in the index feature 'i'. To accept it: sparse_feature"
        " 's': set lifecycle_stage to DEPRECATED.");
  Schema fixed = schema;
  anomalies[0].fix.apply(fixed);
  CHECK(fixed.sparse_features[0].lifecycle_stage == LifecycleStage::deprecated);
}

TEST_CASE("SPARSE_FEATURE_NAME_COLLISION: one name for a feature and a sparse feature") {
  FeatureStatistics statistics = collection("x");
  statistics.type = StatisticsType::integer;
  statistics.levels = {{3.0, 0.0, 1.0, 1.0}};
  const std::string feature = "feature { name: 'x' type: INT }";
  CHECK(found(statistics, Schema::from_text(feature + "sparse_feature { name: 'x' }")) ==
        Types{sparse_feature_name_collision});
  CHECK(found(statistics, Schema::from_text(
                              feature + "sparse_feature { name: 'x' lifecycle_stage: DEBUG_ONLY }"))
            .empty());
  CHECK(found(statistics, Schema::from_text(feature + R"(
      feature { name: "t" type: STRUCT struct_domain {
        feature { name: "y" type: INT } sparse_feature { name: "y" } } })")) ==
        Types{sparse_feature_name_collision});
}

TEST_CASE("WEIGHTED_FEATURE_NAME_COLLISION: one name for a feature and a weighted feature") {
  FeatureStatistics statistics = collection("y");
  const std::string weighted = "weighted_feature { name: 'x' } feature { name: 'y' type: INT }";
  CHECK(found(statistics, Schema::from_text(weighted + "feature { name: 'x' type: INT }")) ==
        Types{weighted_feature_name_collision});
  CHECK(found(statistics, Schema::from_text(weighted + "sparse_feature { name: 'x' }")) ==
        Types{weighted_feature_name_collision});
  CHECK(found(statistics, Schema::from_text(weighted)).empty());
}

TEST_CASE("a sparse feature within a structure") {
  FeatureStatistics inner = collection("s");
  inner.path = Path({"t", "s"});
  inner.sparse = SparseStatistics{1.0, {}, {}, {}};
  FeatureStatistics outer = collection("t");
  outer.type = StatisticsType::structure;
  outer.levels = {{3.0, 0.0, 1.0, 1.0}};
  outer.children = {inner};
  CHECK(found(outer, Schema::from_text(
                         "feature { name: 't' type: STRUCT struct_domain { sparse_feature { name:"
                         " 's' } } }")) == Types{sparse_feature_missing_value});
}
