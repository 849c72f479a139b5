// Which rows are anomalous, and that columns and rows judge alike.
#include "zeroskew/schema/validate_rows.hpp"

#include <chrono>
#include <set>
#include <string>

#include "schema/convert.hpp"
#include "schema/data.hpp"
#include "schema/random_data.hpp"
#include "schema/random_tree.hpp"
#include "support/catch.hpp"
#include "support/generate.hpp"
#include "zeroskew/error.hpp"

using namespace zeroskew;
using zeroskew_test::RandomData;
using enum AnomalyType;
using Rows = std::vector<std::int64_t>;
using Types = std::vector<AnomalyType>;

namespace {

Batch batch_of(const std::string& lines) {
  return read_json_lines(lines, infer_json_lines(lines));
}

Batch batch_of_column(std::initializer_list<std::string_view> values) {
  return batch_of(zeroskew_test::column(values));
}

RowAnomalies found(std::initializer_list<std::string_view> values, const std::string& fields,
                   const std::string& more = "") {
  return validate_rows(batch_of_column(values),
                       Schema::from_text("feature { name: 'x' " + fields + " } " + more));
}

// The one kind of fault that is expected, and its rows.
Rows rows_of(const RowAnomalies& anomalies, AnomalyType type) {
  INFO((anomalies.empty() ? "nothing" : anomalies[0].message));
  REQUIRE(anomalies.size() == 1);
  CHECK(anomalies[0].type == type);
  CHECK(anomalies[0].rows == static_cast<std::int64_t>(anomalies[0].row_numbers().size()));
  CHECK(anomalies.row_numbers() == anomalies[0].row_numbers());
  for (const std::int64_t row : anomalies[0].row_numbers()) CHECK(anomalies[0].has(row));
  return anomalies[0].row_numbers();
}

// Random features for the columns of some data, most of them of the right type.
Schema random_schema(const Batch& batch, std::uint64_t seed) {
  zeroskew_test::RandomTree random(seed);
  Schema schema = detail::schema_from_tree(random.message("tensorflow.metadata.v0.Schema"));
  if (seed % 4 == 0) return schema;
  schema.features.clear();
  for (const Feature& column : infer_schema(profile(batch)).features) {
    Feature feature;
    detail::from_tree(random.message("tensorflow.metadata.v0.Feature"), feature);
    feature.name = column.name;
    feature.type = column.type;
    feature.deprecated.reset();
    feature.lifecycle_stage.reset();
    // Half of the domains are the column's own, with other bounds.
    if (column.domain<BoolDomain>() == nullptr && random.below(2) == 0) {
      const auto bound = static_cast<std::int64_t>(random.below(3));
      if (column.type == FeatureType::integer) feature.domain_info = IntDomain{{}, bound, 1, {}};
      if (column.type == FeatureType::floating) {
        FloatDomain domain;
        domain.max = static_cast<float>(bound);
        domain.disallow_nan = true;
        domain.disallow_inf = true;
        feature.domain_info = domain;
      }
      if (column.type == FeatureType::bytes) {
        feature.domain_info = StringDomain{{}, {"a", "true", "0"}, {}};
      }
    }
    schema.features.push_back(std::move(feature));
  }
  return schema;
}

// Rows and columns with all their types.
RowAnomalies in_pieces(const Batch& batch, const Schema& schema, std::int64_t piece) {
  RowValidator validator(schema);
  for (std::int64_t first = 0; first < batch.rows; first += piece) {
    validator.update(batch.slice(first, std::min(piece, batch.rows - first)));
  }
  return validator.result();
}

}  // namespace

TEST_CASE("rows: numbers outside their domain") {
  const RowAnomalies small = found({"3", "7", "null", "5", "1"}, "type: INT int_domain { min: 4 }");
  CHECK(rows_of(small, int_type_small_int) == Rows{0, 4});
  CHECK(small[0].samples == std::vector<RowSample>{{0, "3"}, {4, "1"}});
  CHECK(small[0].message == "Expected at least 4, found '3' in row 0 (2 of 5 rows).");
  CHECK(rows_of(found({"3", "7"}, "type: INT int_domain { max: 6 }"), int_type_big_int) == Rows{1});
  CHECK(rows_of(found({"0.5", "7.5"}, "type: FLOAT float_domain { min: 0.75 }"),
                float_type_small_float) == Rows{0});
  CHECK(rows_of(found({"0.5", "7.5"}, "type: FLOAT float_domain { max: 0.75 }"),
                float_type_big_float) == Rows{1});
  CHECK(found({"4", "6"}, "type: INT int_domain { min: 4 max: 6 }").empty());
}

TEST_CASE("rows: numbers in strings") {
  CHECK(rows_of(found({"\"3\"", "\"x\"", "\"\""}, "type: BYTES int_domain {}"),
                int_type_not_int_string) == Rows{1, 2});
  CHECK(rows_of(found({"\"3\"", "\"-1\""}, "type: BYTES int_domain { min: 0 }"),
                int_type_small_int) == Rows{1});
  CHECK(rows_of(found({"\"3.5\"", "\"x\""}, "type: BYTES float_domain {}"),
                float_type_string_not_float) == Rows{1});
  CHECK(rows_of(found({"\"nan\"", "\"1\""}, "type: BYTES float_domain { disallow_nan: true }"),
                float_type_has_nan) == Rows{0});
  CHECK(rows_of(found({"\"1\"", "\"-inf\""}, "type: BYTES float_domain { disallow_inf: true }"),
                float_type_has_inf) == Rows{1});
}

TEST_CASE("rows: NaN and infinities") {
  const double inf = std::numeric_limits<double>::infinity();
  std::vector<ColumnBuilder> columns;
  columns.push_back(
      zeroskew_test::built("x", Kind::floating, {1.0, std::nan(""), inf, 2.0, -inf, std::nan("")}));
  const Batch batch = make_batch(std::move(columns));
  const auto check = [&](const std::string& domain) {
    return validate_rows(batch,
                         Schema::from_text("feature { name: 'x' type: FLOAT " + domain + "}"));
  };
  CHECK(rows_of(check("float_domain { disallow_nan: true }"), float_type_has_nan) == Rows{1, 5});
  CHECK(rows_of(check("float_domain { disallow_inf: true }"), float_type_has_inf) == Rows{2, 4});
  CHECK(rows_of(check("bool_domain {}"), bool_type_unexpected_float) == Rows{1, 2, 3, 4, 5});
}

TEST_CASE("rows: bools") {
  CHECK(rows_of(found({"0", "1", "-1"}, "type: INT bool_domain {}"), bool_type_small_int) ==
        Rows{2});
  CHECK(rows_of(found({"0", "2", "1"}, "type: INT bool_domain {}"), bool_type_big_int) == Rows{1});
  CHECK(rows_of(found({"\"yes\"", "\"no\"", "\"\""},
                      "type: BYTES bool_domain { true_value: 'yes' false_value: 'no' }"),
                bool_type_unexpected_string) == Rows{2});
  CHECK(found({"true", "false"}, "type: INT bool_domain {}").empty());
}

TEST_CASE("rows: strings outside their domain, as many as the mass allows") {
  const std::string domain = "type: BYTES string_domain { value: 'a' value: 'b' }";
  CHECK(rows_of(found({"\"a\"", "\"c\"", "\"b\"", "\"\""}, domain),
                enum_type_unexpected_string_values) == Rows{1, 3});
  const std::string mass = domain + "distribution_constraints { min_domain_mass: ";
  CHECK(found({"\"a\"", "\"c\"", "\"b\"", "\"b\""}, mass + "0.75 }").empty());
  CHECK(rows_of(found({"\"a\"", "\"c\"", "\"b\"", "\"b\""}, mass + "0.8 }"),
                enum_type_unexpected_string_values) == Rows{1});
  CHECK(rows_of(found({"\"a\"", "\"c\""}, "type: BYTES domain: 'd'",
                      "string_domain { name: 'd' value: 'c' }"),
                enum_type_unexpected_string_values) == Rows{0});
  std::vector<ColumnBuilder> columns;
  columns.push_back(zeroskew_test::built<std::string_view>("x", Kind::string, {"a", "\xff"}));
  const RowAnomalies utf8 = validate_rows(make_batch(std::move(columns)),
                                          Schema::from_text("feature { name: 'x' " + domain + "}"));
  CHECK(utf8.size() == 2);
  CHECK(utf8[0].type == enum_type_invalid_utf8);
  CHECK(utf8[0].row_numbers() == Rows{1});
}

TEST_CASE("rows: presence, as much as the fraction allows") {
  const std::string presence = "type: INT presence { min_fraction: ";
  CHECK(rows_of(found({"1", "null", "absent", "2"}, presence + "1 }"),
                feature_type_low_fraction_present) == Rows{1, 2});
  CHECK(rows_of(found({"1", "null", "absent", "2"}, presence + "0.6 }"),
                feature_type_low_fraction_present) == Rows{1, 2});
  CHECK(found({"1", "null", "absent", "2"}, presence + "0.5 }").empty());
}

TEST_CASE("rows: columns that are missing, new, of another type or in another environment") {
  CHECK(rows_of(found({"1", "2"}, "type: INT",
                      "feature { name: 'y' type: INT presence { min_count: 1 } }"),
                schema_missing_column) == Rows{0, 1});
  CHECK(rows_of(validate_rows(batch_of_column({"1", "null"}), Schema()), schema_new_column) ==
        Rows{0});
  CHECK(rows_of(found({"1", "null", "2"}, "type: BYTES"), unexpected_data_type) == Rows{0, 2});
  const Schema schema = Schema::from_text(
      "feature { name: 'x' type: INT not_in_environment: 'S' } default_environment: 'S'");
  RowOptions options;
  options.environment = "S";
  CHECK(rows_of(validate_rows(batch_of_column({"null", "2"}), schema, options),
                schema_new_column) == Rows{1});
  options.environment = "T";
  CHECK_THROWS_AS(validate_rows(batch_of_column({"1"}), schema, options), Error);
  CHECK(found({"1"}, "type: BYTES lifecycle_stage: DEPRECATED").empty());
}

TEST_CASE("rows: numbers of values, level by level, and shapes") {
  CHECK(rows_of(found({"[1]", "[1, 2]", "null", "[]"}, "type: INT value_count { min: 2 }"),
                feature_type_low_number_values) == Rows{0, 3});
  CHECK(rows_of(found({"[1]", "[1, 2]", "null"}, "type: INT value_count { max: 1 }"),
                feature_type_high_number_values) == Rows{1});
  CHECK(rows_of(found({"[[1], [2, 3]]", "[[4]]"},
                      "type: INT value_counts { value_count {} value_count { max: 1 } }"),
                feature_type_high_number_values) == Rows{0});
  CHECK(rows_of(found({"[[1]]", "null"}, "type: INT value_count { min: 9 }"),
                value_nestedness_mismatch) == Rows{0});
  CHECK(rows_of(found({"[1, 2]", "[3]"}, "type: INT shape { dim { size: 2 } }"),
                invalid_feature_shape) == Rows{1});
  CHECK(rows_of(found({"[1, 2]", "null"}, "type: INT shape { dim { size: 2 } }"),
                invalid_feature_shape) == Rows{1});
  CHECK(rows_of(found({"1", "2"}, "type: INT value_count { min: 2 }"),
                feature_type_low_number_values) == Rows{0, 1});
  CHECK(rows_of(found({"[\"a\"]", "[\"a\", \"b\"]"},
                      "type: BYTES natural_language_domain { sequence_length_constraints { "
                      "min_sequence_length: 2 } }"),
                feature_type_low_number_values) == Rows{0});
}

TEST_CASE("rows: values within lists and structures") {
  CHECK(rows_of(
            found({"[1, 9]", "[]", "[2, 3]", "null", "[9, 9]"}, "type: INT int_domain { max: 5 }"),
            int_type_big_int) == Rows{0, 4});
  const Schema schema = Schema::from_text(R"(feature { name: "t" type: STRUCT struct_domain {
      feature { name: "a" type: INT int_domain { max: 5 } presence { min_fraction: 1 } }
      feature { name: "c" type: INT presence { min_count: 1 } } } })");
  const RowAnomalies anomalies = validate_rows(
      batch_of(
          "{\"t\": {\"a\": 9, \"b\": 1}}\n{\"t\": null}\n{\"t\": {\"a\": null, \"b\": null}}\n"),
      schema);
  REQUIRE(anomalies.size() == 4);
  CHECK(anomalies[0].path == Path({"t", "a"}));
  CHECK(anomalies[0].type == feature_type_low_fraction_present);
  CHECK(anomalies[0].row_numbers() == Rows{2});
  CHECK(anomalies[1].type == int_type_big_int);
  CHECK(anomalies[1].row_numbers() == Rows{0});
  CHECK(anomalies[2].path == Path({"t", "b"}));
  CHECK(anomalies[2].type == schema_new_column);
  CHECK(anomalies[2].row_numbers() == Rows{0});
  CHECK(anomalies[3].type == schema_missing_column);
  CHECK(anomalies[3].row_numbers() == Rows{0, 2});
}

TEST_CASE("rows: sparse and weighted features") {
  const Batch batch = batch_of(
      "{\"v\": [1, 2], \"i\": [3, 4]}\n{\"v\": [1], \"i\": [3, 4]}\n{\"v\": null, \"i\": [3]}\n"
      "{\"v\": [1], \"i\": null}\n{\"v\": null, \"i\": null}\n");
  const std::string columns = "feature { name: 'v' type: INT } feature { name: 'i' type: INT }";
  const RowAnomalies sparse = validate_rows(
      batch, Schema::from_text(columns + "sparse_feature { name: 's' value_feature { name: 'v' } "
                                         "index_feature { name: 'i' } }"));
  REQUIRE(sparse.size() == 3);
  CHECK(sparse[0].type == sparse_feature_missing_value);
  CHECK(sparse[0].row_numbers() == Rows{2});
  CHECK(sparse[1].type == sparse_feature_missing_index);
  CHECK(sparse[1].row_numbers() == Rows{3});
  CHECK(sparse[2].type == sparse_feature_length_mismatch);
  CHECK(sparse[2].row_numbers() == Rows{1});
  const RowAnomalies weighted = validate_rows(
      batch, Schema::from_text(columns + "weighted_feature { name: 's' feature { step: 'v' } "
                                         "weight_feature { step: 'i' } }"));
  REQUIRE(weighted.size() == 3);
  CHECK(weighted[0].type == weighted_feature_missing_value);
  CHECK(weighted[1].type == weighted_feature_missing_weight);
  CHECK(weighted[2].type == weighted_feature_length_mismatch);
}

TEST_CASE("rows: severities, samples, and how rows are cut leave the verdict alone") {
  zeroskew::test::Generator random(7);
  ColumnBuilder numbers(Field{"n", zeroskew_test::type_of(Kind::integer), {}});
  ColumnBuilder words(Field{"w", zeroskew_test::type_of(Kind::string), {}});
  Rows expected;
  for (std::int64_t row = 0; row < 200'000; ++row) {
    const auto value = static_cast<std::int64_t>(random.below(1000));
    if (random.below(50) == 0) {
      numbers.append_null();
    } else {
      numbers.append(value);
      if (value < 8) expected.push_back(row);
    }
    words.append(random.below(5000) == 0 ? "odd" : "even");
  }
  std::vector<ColumnBuilder> columns;
  columns.push_back(std::move(numbers));
  columns.push_back(std::move(words));
  const Batch batch = make_batch(std::move(columns));
  const Schema schema = Schema::from_text(R"(
      feature { name: "n" type: INT int_domain { min: 8 } presence { min_fraction: 0.97 } }
      feature { name: "w" type: BYTES string_domain { value: "even" } })");
  RowOptions options;
  options.threads = 1;
  const RowAnomalies all = validate_rows(batch, schema, options);
  REQUIRE(all.size() == 2);
  CHECK(all[0].samples.size() == 5);
  CHECK(all[1].samples[0].value == "odd");
  CHECK((all[0].row_numbers() == expected));
  options.threads = 3;
  CHECK((validate_rows(batch, schema, options) == all));
  for (const std::int64_t piece : {1'000, 65'536, 70'001, 199'999}) {
    CHECK((in_pieces(batch, schema, piece) == all));
  }
  options.severities = {{int_type_small_int, Severity::unknown},
                        {enum_type_unexpected_string_values, Severity::warning}};
  const RowAnomalies mild = validate_rows(batch, schema, options);
  REQUIRE(mild.size() == 1);
  CHECK(mild[0].severity == Severity::warning);
}

TEST_CASE("rows: a schema that was inferred finds no fault in its data") {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    INFO("seed " << seed);
    RandomData random(seed);
    const Batch batch = random.batch();
    for (const bool infer_shape : {false, true}) {
      const RowAnomalies rows =
          validate_rows(batch, infer_schema(profile(batch), {100, infer_shape}));
      INFO((rows.empty() ? "" : to_string(rows[0].path) + ": " + rows[0].message));
      CHECK(rows.empty());
    }
  }
}

TEST_CASE("rows and columns judge alike: any schema, any data") {
  // What both can see; the rest of the columns' types is about the schema or about all rows.
  const std::set<AnomalyType> shared = {schema_missing_column,
                                        unexpected_data_type,
                                        int_type_small_int,
                                        int_type_big_int,
                                        int_type_not_int_string,
                                        float_type_small_float,
                                        float_type_big_float,
                                        float_type_string_not_float,
                                        float_type_has_nan,
                                        float_type_has_inf,
                                        bool_type_small_int,
                                        bool_type_big_int,
                                        bool_type_unexpected_string,
                                        bool_type_unexpected_float,
                                        enum_type_unexpected_string_values,
                                        enum_type_invalid_utf8,
                                        feature_type_low_fraction_present,
                                        feature_type_low_number_values,
                                        feature_type_high_number_values,
                                        invalid_feature_shape,
                                        value_nestedness_mismatch,
                                        max_image_byte_size_exceeded};
  const std::set<AnomalyType> sparse = {
      sparse_feature_missing_value,    sparse_feature_missing_index,
      sparse_feature_length_mismatch,  weighted_feature_missing_value,
      weighted_feature_missing_weight, weighted_feature_length_mismatch};
  std::size_t both = 0;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    INFO("seed " << seed);
    RandomData random(seed);
    const Batch batch = random.batch();
    if (batch.rows == 0) continue;
    const Schema schema = random_schema(batch, seed);
    const Anomalies columns = validate(profile(batch), schema);
    const RowAnomalies rows = validate_rows(batch, schema);
    std::set<Path> faulty;
    std::set<std::pair<Path, AnomalyType>> kinds;
    std::set<Path> broken;  // where the schema itself was at fault, and was mended before the look
    for (const Anomaly& anomaly : columns) {
      faulty.insert(anomaly.path);
      const bool declared =
          anomaly.type == invalid_schema_specification ||
          anomaly.type == invalid_domain_specification || anomaly.type == domain_invalid_for_type ||
          anomaly.type == bool_type_invalid_config || anomaly.type == feature_missing_type;
      if (declared) broken.insert(anomaly.path);
    }
    for (const RowAnomaly& anomaly : rows) {
      INFO(to_string(anomaly.path) << ": " << anomaly.message);
      kinds.insert({anomaly.path, anomaly.type});
      // Whether parts fit together is seen in rows only.
      const bool parts = sparse.contains(anomaly.type) || anomaly.type == schema_new_column;
      if (!parts) CHECK(faulty.contains(anomaly.path));
    }
    for (const Anomaly& anomaly : columns) {
      if (!shared.contains(anomaly.type) || broken.contains(anomaly.path)) continue;
      INFO(to_string(anomaly.path) << ": " << anomaly.message);
      ++both;
      CHECK(kinds.contains({anomaly.path, anomaly.type}));
    }
  }
  CHECK(both > 300);
}
