// Which data is accepted, and what is said of other data.
#include "zeroskew/schema/validate.hpp"

#include <limits>
#include <string>

#include "schema/data.hpp"
#include "support/catch.hpp"
#include "zeroskew/error.hpp"

using namespace zeroskew;
using zeroskew_test::built;
using zeroskew_test::fixes_hold;
using zeroskew_test::profile_of;
using zeroskew_test::profile_of_builders;
using zeroskew_test::profile_of_column;
using zeroskew_test::types_of;
using Types = std::vector<AnomalyType>;
using enum AnomalyType;

namespace {

// A feature `x` with these fields.
Schema schema_of(const std::string& fields, const std::string& more = "") {
  return Schema::from_text("feature { name: \"x\" " + fields + " }\n" + more);
}

// The types reported, after trying that the fixes make the data acceptable.
Types found(const Profile& profile, const Schema& schema, const ValidateOptions& options = {},
            const Controls<Profile>& controls = {}) {
  CHECK(fixes_hold(profile, schema, options, controls));
  return types_of(validate(profile, schema, options, controls));
}

Types found(std::initializer_list<std::string_view> values, const std::string& fields,
            const std::string& more = "") {
  return found(profile_of_column(values), schema_of(fields, more));
}

}  // namespace

TEST_CASE("SCHEMA_MISSING_COLUMN: a required feature has no column") {
  const Schema schema =
      schema_of("type: INT presence { min_count: 1 }", "feature { name: 'y' type: INT }");
  const Profile profile = profile_of("{\"y\": 1}\n");
  CHECK(found(profile, schema) == Types{schema_missing_column});
  const Anomaly anomaly = validate(profile, schema)[0];
  CHECK(anomaly.path == Path({"x"}));
  CHECK(anomaly.severity == Severity::error);
  CHECK(anomaly.fix.describe() == "'x': set lifecycle_stage to DEPRECATED");
  CHECK_THAT(anomaly.message,
             Catch::Matchers::EndsWith("To accept it: 'x': set lifecycle_stage to DEPRECATED."));
  CHECK(found(profile, schema_of("type: INT presence { min_fraction: 0.1 }",
                                 "feature { name: 'y' type: INT }")) ==
        Types{schema_missing_column});
  CHECK(found(profile, schema_of("type: INT", "feature { name: 'y' type: INT }")).empty());
}

TEST_CASE("a child is missing only where its parent is there") {
  const Schema schema = Schema::from_text(R"(feature { name: "s" type: STRUCT struct_domain {
      feature { name: "a" type: INT presence { min_count: 1 } } feature { name: "b" type: INT } } }
    feature { name: "y" type: INT })");
  CHECK(found(profile_of("{\"y\": 1}\n"), schema).empty());
  CHECK(found(profile_of("{\"y\": 1, \"s\": {\"b\": 2}}\n"), schema) ==
        Types{schema_missing_column});
  CHECK(validate(profile_of("{\"y\": 1, \"s\": {\"b\": 2}}\n"), schema)[0].path ==
        Path({"s", "a"}));
}

TEST_CASE("FEATURE_TYPE_NOT_PRESENT: a required column is empty, and nothing else is checked") {
  CHECK(found({"null", "null"}, "type: INT presence { min_count: 1 } int_domain { min: 7 }") ==
        Types{feature_type_not_present});
  CHECK(found({"null", "null"}, "type: INT value_count { min: 1 }").empty());
}

TEST_CASE("SCHEMA_NEW_COLUMN: a column that the schema does not know, once for a structure") {
  const Schema schema = Schema::from_text("feature { name: 'y' type: INT }");
  const Profile profile = profile_of("{\"y\": 1, \"x\": {\"a\": \"p\", \"b\": {\"c\": 1.5}}}\n");
  CHECK(found(profile, schema) == Types{schema_new_column});
  Schema fixed = schema;
  validate(profile, schema)[0].fix.apply(fixed);
  CHECK(fixed.feature("x.b.c").type == FeatureType::floating);
  CHECK(fixed.string_domain(fixed.feature("x.a"))->value == std::vector<std::string>{"p"});
  CHECK(fixed.feature("x.b.c").value_count() != nullptr);
}

TEST_CASE("a new column's string domain does not take a name that is in use") {
  const Schema schema = Schema::from_text("string_domain { name: 'x' value: 'other' }");
  const Schema updated = update_schema(schema, profile_of("{\"x\": \"p\", \"x2\": \"q\"}\n"));
  CHECK(updated.string_domain(updated.feature("x"))->value == std::vector<std::string>{"p"});
  CHECK(updated.string_domain(updated.feature("x2"))->value == std::vector<std::string>{"q"});
  CHECK(updated.string_domains.size() == 3);
}

TEST_CASE("SCHEMA_NEW_COLUMN: a column outside its environment") {
  const std::string environments = "default_environment: 'TRAINING' default_environment: 'SERVING'";
  const ValidateOptions serving{"SERVING", 100, {}};
  const ValidateOptions training{"TRAINING", 100, {}};
  const Schema schema =
      schema_of("type: INT presence { min_count: 1 } not_in_environment: 'SERVING'", environments);
  const Profile with = profile_of_column({"1", "2"});
  const Profile without = profile_of("{\"y\": 1}\n");
  CHECK(found(with, schema, serving) == Types{schema_new_column});
  CHECK(found(with, schema, training).empty());
  CHECK(found(with, schema).empty());
  CHECK(found(without, schema, serving) == Types{schema_new_column});
  CHECK(found(without, schema, training) == Types{schema_missing_column, schema_new_column});
  CHECK(found(profile_of_column({"null"}), schema, serving).empty());
  CHECK_THROWS_AS(validate(with, schema, {"SERVNG", 100, {}}), Error);
}

TEST_CASE("FEATURE_TYPE_LOW_NUMBER_PRESENT and FEATURE_TYPE_LOW_FRACTION_PRESENT") {
  CHECK(found({"1", "2", "null"}, "type: INT presence { min_count: 3 }") ==
        Types{feature_type_low_number_present});
  CHECK(found({"1", "2", "null", "absent"}, "type: INT presence { min_fraction: 0.6 }") ==
        Types{feature_type_low_fraction_present});
  CHECK(found({"1", "2", "null", "absent"}, "type: INT presence { min_fraction: 0.5 min_count: 2 }")
            .empty());
  const Schema schema = schema_of("type: INT presence { min_fraction: 1 }");
  const Schema updated = update_schema(schema, profile_of_column({"1", "2", "3", "null"}));
  CHECK(updated.feature("x").presence()->min_fraction == 0.75);
}

TEST_CASE("FEATURE_TYPE_LOW_NUMBER_VALUES and FEATURE_TYPE_HIGH_NUMBER_VALUES") {
  CHECK(found({"[1]", "[1, 2, 3]"}, "type: INT value_count { min: 2 max: 2 }") ==
        Types{feature_type_low_number_values, feature_type_high_number_values});
  CHECK(found({"[1, 2]", "[3, 4, 5]", "null"}, "type: INT value_count { min: 2 max: 3 }").empty());
  const Schema empty = update_schema(schema_of("type: INT value_count { min: 2 }"),
                                     profile_of_column({"[]", "[1, 2]"}));
  CHECK_FALSE(empty.feature("x").value_count()->min.has_value());
  CHECK(found({"[[1], [2, 3]]", "[[4]]"},
              "type: INT value_counts { value_count { min: 2 } value_count { max: 1 } }") ==
        Types{feature_type_low_number_values, feature_type_high_number_values});
}

TEST_CASE("VALUE_NESTEDNESS_MISMATCH: other depth of nesting") {
  CHECK(found({"[[1], [2]]"}, "type: INT value_count { min: 7 }") ==
        Types{value_nestedness_mismatch});
  CHECK(
      found({"[1]"}, "type: INT value_counts { value_count { min: 1 } value_count { min: 1 } }") ==
      Types{value_nestedness_mismatch});
  const Schema updated = update_schema(schema_of("type: INT value_count { min: 7 }"),
                                       profile_of_column({"[[1], [2]]"}));
  CHECK(*updated.feature("x").value_counts() ==
        ValueCountList{{ValueCountBounds{2, 2}, ValueCountBounds{1, 1}}});
}

TEST_CASE("INVALID_FEATURE_SHAPE") {
  CHECK(found({"[1, 2]", "[1]"}, "type: INT shape { dim { size: 2 } }") ==
        Types{invalid_feature_shape});
  CHECK(found({"[1, 2]", "null"}, "type: INT shape { dim { size: 2 } }") ==
        Types{invalid_feature_shape});
  CHECK(found({"[]", "[]"}, "type: INT shape { dim { size: 2 } }") == Types{invalid_feature_shape});
  CHECK(found({"[1, 2]"}, "type: INT shape { dim { size: 3 } }") == Types{invalid_feature_shape});
  CHECK(found({"[1, 2]"}, "type: INT shape { }") == Types{invalid_feature_shape});
  CHECK(found({"1"}, "type: INT shape { }").empty());
  CHECK(found({"[1, 2, 3, 4]"}, "type: INT shape { dim { size: 2 } dim { size: 2 } }").empty());
}

TEST_CASE("UNEXPECTED_DATA_TYPE") {
  CHECK(found({"1.5"}, "type: INT") == Types{unexpected_data_type});
  CHECK(found({"\"a\""}, "type: FLOAT") == Types{unexpected_data_type});
  CHECK(found({"{\"a\": 1}"}, "type: INT") == Types{unexpected_data_type});
  CHECK(found({"true"}, "type: INT").empty());
  CHECK(found({"null", "null"}, "type: INT").empty());
}

TEST_CASE("deprecated features are not looked at, nor what is in them") {
  for (const char* field :
       {"deprecated: true", "lifecycle_stage: PLANNED", "lifecycle_stage: DEBUG_ONLY"}) {
    CHECK(found({"1.5"}, std::string("type: INT presence { min_count: 9 } ") + field).empty());
    CHECK(found({"{\"a\": 1}"}, std::string("type: STRUCT ") + field).empty());
  }
}

TEST_CASE("ENUM_TYPE_UNEXPECTED_STRING_VALUES: strings outside the domain") {
  const std::string domain = "string_domain { name: 'd' value: 'a' value: 'b' }";
  CHECK(found({"\"a\"", "\"c\"", "\"c\"", "\"b\""}, "type: BYTES domain: 'd'", domain) ==
        Types{enum_type_unexpected_string_values});
  CHECK(found({"\"a\"", "\"b\"", "null"}, "type: BYTES domain: 'd'", domain).empty());
  CHECK(found({"[\"a\", \"d\"]", "[]"}, "type: BYTES string_domain { value: 'a' }") ==
        Types{enum_type_unexpected_string_values});
  const Profile profile = profile_of_column({"\"a\"", "\"d\"", "\"c\"", "\"c\""});
  const Schema schema = schema_of("type: BYTES domain: 'd'", domain);
  const Anomaly anomaly = validate(profile, schema)[0];
  CHECK(anomaly.fix.describe() == "string_domain 'd': add \"c\", \"d\" to value");
  CHECK_THAT(anomaly.message, Catch::Matchers::Contains("'c' (50%), 'd' (25%)"));
  CHECK(update_schema(schema, profile).string_domain("d")->value ==
        std::vector<std::string>{"a", "b", "c", "d"});
}

TEST_CASE("min_domain_mass allows a share outside the domain") {
  const auto with_mass = [](const std::string& mass) {
    return "type: BYTES string_domain { value: 'a' } distribution_constraints { min_domain_mass: " +
           mass + " }";
  };
  const auto values = {std::string_view("\"a\""), std::string_view("\"a\""),
                       std::string_view("\"a\""), std::string_view("\"b\"")};
  CHECK(found(values, with_mass("0.75")).empty());
  CHECK(found(values, with_mass("0.8")) == Types{enum_type_unexpected_string_values});
  CHECK(found(values, with_mass("1.0")) == Types{enum_type_unexpected_string_values});
}

TEST_CASE("off-domain values are found without their names, and beyond exact counting") {
  Profile profile = profile_of_column({"\"a\"", "\"c\""});
  profile.redact();
  const Schema schema = schema_of("type: BYTES string_domain { value: 'a' value: 'b' }");
  CHECK(found(profile, schema) == Types{enum_type_unexpected_string_values});
  CHECK(validate(profile, schema)[0].fix.describe() == "'x': clear string_domain");
  std::string lines;
  for (int i = 0; i < 70000; ++i) lines += "{\"x\": \"v" + std::to_string(i) + "\"}\n";
  const Profile many = profile_of(lines);
  CHECK(found(many, schema) == Types{enum_type_unexpected_string_values});
}

TEST_CASE("ENUM_TYPE_INVALID_UTF8: a shared domain leaves all its features") {
  const Profile data = profile_of_builders(built<const char*>("x", Kind::string, {"a\xff"}),
                                           built<const char*>("y", Kind::string, {"a"}));
  const Schema schema = schema_of("type: BYTES domain: 'd'",
                                  "feature { name: 'y' type: BYTES domain: 'd' }"
                                  "string_domain { name: 'd' value: 'a' }");
  CHECK(found(data, schema) == Types{enum_type_invalid_utf8});
  const Schema updated = update_schema(schema, data);
  CHECK(updated.string_domains.empty());
  CHECK(updated.feature("y").domain_info.index() == 0);
  CHECK(infer_schema(data).feature("x").domain_info.index() == 0);
}

TEST_CASE("BOOL_TYPE_SMALL_INT, BOOL_TYPE_BIG_INT, BOOL_TYPE_UNEXPECTED_FLOAT") {
  CHECK(found({"-1", "1"}, "type: INT bool_domain {}") == Types{bool_type_small_int});
  CHECK(found({"0", "2"}, "type: INT bool_domain {}") == Types{bool_type_big_int});
  CHECK(found({"0", "1"}, "type: INT bool_domain {}").empty());
  CHECK(found({"18446744073709551615"}, "type: INT bool_domain {}") == Types{bool_type_big_int});
  CHECK(found({"0.0", "1.0"}, "type: FLOAT bool_domain {}").empty());
  CHECK(found({"0.0", "0.5", "1.0"}, "type: FLOAT bool_domain {}") ==
        Types{bool_type_unexpected_float});
  CHECK(found({"0.0", "1.5"}, "type: FLOAT bool_domain {}") == Types{bool_type_unexpected_float});
  CHECK(*update_schema(schema_of("type: INT bool_domain {}"), profile_of_column({"-1", "5"}))
             .feature("x")
             .domain<IntDomain>() == IntDomain{{}, -1, 5, {}});
}

TEST_CASE("BOOL_TYPE_UNEXPECTED_STRING") {
  CHECK(found({"\"yes\"", "\"maybe\""},
              "type: BYTES bool_domain { true_value: 'yes' false_value: 'no' }") ==
        Types{bool_type_unexpected_string});
  CHECK(found({"\"yes\"", "\"no\""},
              "type: BYTES bool_domain { true_value: 'yes' false_value: 'no' }")
            .empty());
}

TEST_CASE("INT_TYPE_SMALL_INT, INT_TYPE_BIG_INT, INT_TYPE_NOT_INT_STRING") {
  CHECK(found({"1", "9"}, "type: INT int_domain { min: 2 max: 8 }") ==
        Types{int_type_small_int, int_type_big_int});
  CHECK(found({"2", "8"}, "type: INT int_domain { min: 2 max: 8 }").empty());
  CHECK(found({"9007199254740993"}, "type: INT int_domain { max: 9007199254740992 }") ==
        Types{int_type_big_int});
  CHECK(found({"\"1\"", "\"9\""}, "type: BYTES int_domain { min: 2 max: 8 }") ==
        Types{int_type_small_int, int_type_big_int});
  CHECK(found({"\"1\"", "\"b\"", "\"a\""}, "type: BYTES int_domain { min: 2 }") ==
        Types{int_type_not_int_string});
}

TEST_CASE("FLOAT_TYPE_SMALL_FLOAT, FLOAT_TYPE_BIG_FLOAT, FLOAT_TYPE_STRING_NOT_FLOAT") {
  CHECK(found({"0.1", "0.9"}, "type: FLOAT float_domain { min: 0.2 max: 0.8 }") ==
        Types{float_type_small_float, float_type_big_float});
  // 0.1 is no float: as a bound it is a little larger.
  CHECK(found({"0.1"}, "type: FLOAT float_domain { min: 0.1 max: 0.1 }").empty());
  CHECK(found({"1e300"}, "type: FLOAT float_domain { max: 5 }") == Types{float_type_big_float});
  CHECK(found({"\"0.1\"", "\"7\""}, "type: BYTES float_domain { min: 0.2 max: 5 }") ==
        Types{float_type_small_float, float_type_big_float});
  CHECK(found({"\"0.1\"", "\"x\""}, "type: BYTES float_domain { min: 0.2 max: 5 }") ==
        Types{float_type_string_not_float});
}

TEST_CASE("FLOAT_TYPE_HAS_NAN and FLOAT_TYPE_HAS_INF") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const Profile data =
      profile_of_builders(built<double>("x", Kind::floating, {nan, -infinity, 1.0}));
  CHECK(found(data,
              schema_of("type: FLOAT float_domain { disallow_nan: true disallow_inf: true }")) ==
        Types{float_type_has_nan, float_type_has_inf});
  CHECK(found(data, schema_of("type: FLOAT float_domain { min: -3 }")) ==
        Types{float_type_small_float});
  CHECK(found({"\"nan\"", "\"inf\""},
              "type: BYTES float_domain { disallow_nan: true disallow_inf: true }") ==
        Types{float_type_has_nan, float_type_has_inf});
}

TEST_CASE("FEATURE_TYPE_LOW_UNIQUE, FEATURE_TYPE_HIGH_UNIQUE, FEATURE_TYPE_NO_UNIQUE") {
  CHECK(found({"\"a\"", "\"b\""}, "type: BYTES unique_constraints { min: 3 }") ==
        Types{feature_type_low_unique});
  CHECK(found({"\"a\"", "\"b\""}, "type: BYTES unique_constraints { max: 1 }") ==
        Types{feature_type_high_unique});
  CHECK(found({"\"a\"", "\"b\""}, "type: BYTES unique_constraints { min: 1 }").empty());
  CHECK(found({"{\"a\": 1}"},
              "type: STRUCT unique_constraints { max: 1 } struct_domain "
              "{ feature { name: 'a' type: INT } }") == Types{feature_type_no_unique});
}

TEST_CASE("FEATURE_MISSING_NAME and FEATURE_MISSING_TYPE") {
  CHECK(found(profile_of("{\"\": 1}\n"), Schema::from_text("feature { type: INT }")) ==
        Types{feature_missing_name});
  CHECK(found(profile_of("{\"\": 1}\n"), Schema::from_text("feature { name: '' type: INT }"))
            .empty());
  CHECK(found({"\"a\""}, "string_domain { value: 'a' }") == Types{feature_missing_type});
  CHECK(found({"1"}, "int_domain { min: 7 }") == Types{feature_missing_type});
}

TEST_CASE("INVALID_SCHEMA_SPECIFICATION") {
  for (const char* fields :
       {"presence { min_fraction: -0.5 }", "presence { min_fraction: 1.5 }",
        "value_count { min: -1 }", "value_count { min: 1 max: -1 }",
        "value_counts { value_count { min: -2 } }", "shape { dim { size: 0 } }",
        "distribution_constraints { min_domain_mass: 0.5 }",
        "int_domain { max: 3 } distribution_constraints { min_domain_mass: 0.5 }"}) {
    INFO(fields);
    CHECK(found({"1"}, std::string("type: INT ") + fields) == Types{invalid_schema_specification});
  }
}

TEST_CASE("DOMAIN_INVALID_FOR_TYPE") {
  CHECK(found({"1"}, "type: INT string_domain { value: 'a' }") == Types{domain_invalid_for_type});
  CHECK(found({"1.5"}, "type: FLOAT int_domain { min: 1 }") == Types{domain_invalid_for_type});
  CHECK(found({"1.5"}, "type: FLOAT time_domain {}") == Types{domain_invalid_for_type});
  CHECK(found({"1"}, "type: INT struct_domain {}") == Types{domain_invalid_for_type});
  CHECK(found(profile_of_column({"18446744073709551615"}), schema_of("type: INT int_domain {}")) ==
        Types{domain_invalid_for_type});
  const Profile data = profile_of_builders(built<const char*>("x", Kind::bytes, {"a"}));
  CHECK(found(data, schema_of("type: BYTES string_domain { value: 'a' }")) ==
        Types{domain_invalid_for_type});
  CHECK(found(data, schema_of("type: BYTES image_domain {}")).empty());
  CHECK(infer_schema(data).feature("x").domain_info.index() == 0);
}

TEST_CASE("INVALID_DOMAIN_SPECIFICATION") {
  CHECK(found({"\"a\""}, "type: BYTES domain: 'none'") == Types{invalid_domain_specification});
  CHECK(found({"\"a\""}, "type: BYTES bool_domain { true_value: 'a' false_value: 'a' }") ==
        Types{invalid_domain_specification});
  CHECK(found({"\"a\""}, "type: BYTES string_domain { value: 'a' value: 'b' value: 'a' }") ==
        Types{invalid_domain_specification});
}

TEST_CASE("BOOL_TYPE_INVALID_CONFIG") {
  CHECK(found({"1"}, "type: INT bool_domain { true_value: '1' }") ==
        Types{bool_type_invalid_config});
  CHECK(found({"\"a\""}, "type: BYTES bool_domain {}") == Types{bool_type_invalid_config});
}

TEST_CASE("DERIVED_FEATURE_BAD_LIFECYCLE") {
  CHECK(found({"1"}, "type: INT validation_derived_source { deriver_name: 'd' }") ==
        Types{derived_feature_bad_lifecycle});
  CHECK(found({"1"},
              "type: INT lifecycle_stage: VALIDATION_DERIVED "
              "validation_derived_source { deriver_name: 'd' }")
            .empty());
}

TEST_CASE("STATS_NOT_AVAILABLE and MAX_IMAGE_BYTE_SIZE_EXCEEDED") {
  CHECK(found({"\"a b\""},
              "type: BYTES natural_language_domain { coverage { min_coverage: 0.5 } }") ==
        Types{stats_not_available});
  CHECK(found({"\"abcdef\""}, "type: BYTES image_domain { max_image_byte_size: 5 }") ==
        Types{max_image_byte_size_exceeded});
}

TEST_CASE("DATASET_LOW_NUM_EXAMPLES and DATASET_HIGH_NUM_EXAMPLES") {
  CHECK(found({"1", "2"}, "type: INT", "dataset_constraints { min_examples_count: 3 }") ==
        Types{dataset_low_num_examples});
  CHECK(found({"1", "2"}, "type: INT", "dataset_constraints { max_examples_count: 1 }") ==
        Types{dataset_high_num_examples});
  const Anomalies anomalies =
      validate(profile_of_column({"1"}), schema_of("type: INT",
                                                   "dataset_constraints "
                                                   "{ min_examples_count: 3 }"));
  CHECK(anomalies[0].path.empty());
}

TEST_CASE("COMPARATOR_LOW_NUM_EXAMPLES and COMPARATOR_HIGH_NUM_EXAMPLES") {
  const Profile two = profile_of_column({"1", "2"});
  const Profile one = profile_of_column({"1"});
  const Profile none;
  const Schema drift = schema_of("type: INT",
                                 "dataset_constraints { num_examples_drift_comparator "
                                 "{ min_fraction_threshold: 0.9 "
                                 "max_fraction_threshold: 1.5 } }");
  CHECK(found(two, drift, {}, {&one}) == Types{comparator_high_num_examples});
  CHECK(found(one, drift, {}, {&two}) == Types{comparator_low_num_examples});
  CHECK(found(two, drift, {}, {&none}) == Types{comparator_high_num_examples});
  CHECK(found(two, drift, {}, {&two}).empty());
  CHECK(found(two, drift).empty());
  const Schema version = schema_of("type: INT",
                                   "dataset_constraints { num_examples_version_comparator "
                                   "{ max_fraction_threshold: 1.5 } }");
  CHECK(found(two, version, {}, {nullptr, nullptr, &one}) == Types{comparator_high_num_examples});
  CHECK(found(two, version, {}, {&one}).empty());
}

TEST_CASE("without examples nothing is checked") {
  const Anomalies anomalies = validate(Profile(), schema_of("type: INT presence { min_count: 1 }"));
  CHECK(anomalies.data_missing);
  CHECK(anomalies.empty());
}

TEST_CASE("severities are overridden by type; UNKNOWN hides all but new columns") {
  const Profile profile = profile_of("{\"y\": 1}\n");
  const Schema schema = schema_of("type: INT presence { min_count: 1 }");
  ValidateOptions options;
  options.severities = {{schema_missing_column, Severity::warning},
                        {schema_new_column, Severity::unknown}};
  const Anomalies anomalies = validate(profile, schema, options);
  REQUIRE(anomalies.size() == 2);
  CHECK(anomalies[0].severity == Severity::warning);
  CHECK(anomalies[1].severity == Severity::unknown);
  CHECK(anomalies.severity() == Severity::warning);
  options.severities = {{schema_missing_column, Severity::unknown}};
  CHECK(types_of(validate(profile, schema, options)) == Types{schema_new_column});
}
