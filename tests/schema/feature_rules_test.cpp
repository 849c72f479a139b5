// The rules that the message cannot say: stored, checked on columns and rows, mended one by one.
#include "zeroskew/schema/feature_rules.hpp"

#include <string>

#include "schema/data.hpp"
#include "support/catch.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/row_rule.hpp"
#include "zeroskew/schema/validate_rows.hpp"

using namespace zeroskew;
using zeroskew_test::fixes_hold;
using Names = std::vector<std::string>;
using Rows = std::vector<std::int64_t>;

namespace {

Batch batch_of(std::initializer_list<std::string_view> values) {
  const std::string lines = zeroskew_test::column(values);
  return read_json_lines(lines, infer_json_lines(lines));
}

Schema with_rules(const Batch& batch, const FeatureRules& rules) {
  Schema schema = infer_schema(profile(batch), {0, false});
  set_feature_rules(schema.feature("x"), rules);
  CHECK(feature_rules(Schema::from_text(schema.to_text()).feature("x")) == rules);
  return schema;
}

// The rules that the column breaks, after trying that their fixes accept it.
Names broken(const Batch& batch, const FeatureRules& rules) {
  const Schema schema = with_rules(batch, rules);
  const Profile data = profile(batch);
  CHECK(fixes_hold(data, schema));
  CHECK(validate(data, update_schema(schema, data)).empty());
  Names names;
  for (const Anomaly& anomaly : validate(data, schema)) {
    CHECK(anomaly.type == AnomalyType::custom_validation);
    names.push_back(anomaly.rule);
  }
  return names;
}

// The rows that break the one rule.
Rows rows(const Batch& batch, const FeatureRules& rules) {
  const RowAnomalies found = validate_rows(batch, with_rules(batch, rules));
  if (found.empty()) return {};
  REQUIRE(found.size() == 1);
  CHECK(found[0].type == AnomalyType::custom_validation);
  return found[0].row_numbers();
}

FeatureRules rule(auto change) {
  FeatureRules rules;
  change(rules);
  return rules;
}

}  // namespace

TEST_CASE("CUSTOM_VALIDATION: patterns, formats and lengths of strings") {
  const Batch batch = batch_of({"\"ab1\"", "\"cd22\"", "null", "\"e\""});
  const auto pattern = rule([](auto& r) { r.pattern = "[a-z]+\\d*"; });
  CHECK(broken(batch, pattern).empty());
  CHECK(rows(batch, pattern).empty());
  const auto narrow = rule([](auto& r) { r.pattern = "[a-z]+\\d"; });
  CHECK(broken(batch, narrow) == Names{"pattern"});
  CHECK(rows(batch, narrow) == Rows{1, 3});
  const auto length = rule([](auto& r) {
    r.min_length = 2;
    r.max_length = 3;
  });
  CHECK(broken(batch, length) == Names{"min_length", "max_length"});
  CHECK(validate_rows(batch, with_rules(batch, length)).row_numbers() == Rows{1, 3});
  const Batch mails = batch_of({"\"a@b.org\"", "\"a b@c\"", "\"x.y+z@q-r.com\""});
  const auto email = rule([](auto& r) { r.format = "email"; });
  CHECK(broken(mails, email) == Names{"format"});
  CHECK(rows(mails, email) == Rows{1});
}

TEST_CASE("every format accepts what it should, and little else") {
  const auto accepts = [](std::string_view format, const std::string& text) {
    const Batch batch = batch_of({"\"" + text + "\""});
    return rows(batch, rule([&](auto& r) { r.format = format; })).empty();
  };
  const std::vector<std::tuple<std::string, std::string, std::string>> cases = {
      {"date", "2024-02-29", "2024-13-01"},
      {"email", "a.b@c.de", "a.b@"},
      {"hostname", "a-b.example", "-a.example"},
      {"integer", "-12", "1.5"},
      {"ipv4", "192.0.2.255", "192.0.2.256"},
      {"number", "-1.5e3", "1,5"},
      {"time", "23:59:59.5", "24:00:00"},
      {"timestamp", "2024-02-29T12:00:00.1+01:00", "2024-02-29T25:00:00Z"},
      {"url", "https://example.org/a?b#c", "example.org"},
      {"uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567e89b12d3a456426614174000"}};
  CHECK(cases.size() == formats().size());
  for (const auto& [format, good, bad] : cases) {
    INFO(format);
    CHECK(accepts(format, good));
    CHECK_FALSE(accepts(format, bad));
    CHECK_FALSE(accepts(format, ""));
  }
}

TEST_CASE("sets of integers") {
  const Batch batch = batch_of({"1", "2", "5", "null", "2"});
  CHECK(broken(batch, rule([](auto& r) { r.values = {1, 2, 5}; })).empty());
  const auto some = rule([](auto& r) { r.values = {1, 5}; });
  CHECK(broken(batch, some) == Names{"values"});
  CHECK(rows(batch, some) == Rows{1, 4});
  const Schema updated = update_schema(with_rules(batch, some), profile(batch));
  CHECK(feature_rules(updated.feature("x")).values == std::vector<std::int64_t>{1, 2, 5});
}

TEST_CASE("limits on mean, standard deviation, quantiles, zeros and nulls, mended one by one") {
  const Batch batch = batch_of({"0", "1", "2", "3", "4", "null"});
  const auto within = rule([](auto& r) {
    r.mean = {2.0, 2.0};
    r.std = {1.4, 1.5};
    r.quantiles = {{0.0, {0.0, 0.0}}, {0.5, {2.0, 2.0}}, {1.0, {4.0, {}}}};
    r.zero_rate = {0.2, 0.2};
    r.missing_rate = {0.1, 0.2};
  });
  CHECK(broken(batch, within).empty());
  const auto outside = rule([](auto& r) {
    r.mean.min = 2.5;
    r.std.max = 1.0;
    r.quantiles = {{0.5, {3.0, {}}}};
    r.zero_rate.max = 0.1;
    r.missing_rate.max = 0.1;
  });
  CHECK(broken(batch, outside) == Names{"missing_rate", "mean", "std", "zero_rate", "quantiles"});
  // Each fix touches its own rule.
  const Schema schema = with_rules(batch, outside);
  const Anomalies anomalies = validate(profile(batch), schema);
  for (std::size_t i = 0; i < anomalies.size(); ++i) {
    Schema fixed = schema;
    anomalies[i].fix.apply(fixed);
    CHECK(validate(profile(batch), fixed).size() == anomalies.size() - 1);
  }
  CHECK(anomalies[1].fix.describe() == "'x': set rules.mean.min to 2");
  CHECK(broken(batch_of({"\"a\""}), rule([](auto& r) { r.missing_rate.max = 0.5; })).empty());
}

TEST_CASE("a rule about statistics that there are none of") {
  const Batch batch = batch_of({"\"a\"", "\"b\""});
  const Schema schema = with_rules(batch, rule([](auto& r) { r.mean.min = 1.0; }));
  const Anomalies anomalies = validate(profile(batch), schema);
  REQUIRE(anomalies.size() == 1);
  CHECK(anomalies[0].type == AnomalyType::stats_not_available);
  CHECK(fixes_hold(profile(batch), schema));
}

TEST_CASE("unique values, and keys of several columns") {
  const Batch batch = batch_of({"3", "1", "null", "3", "null", "3"});
  const auto unique = rule([](auto& r) { r.unique = true; });
  CHECK(broken(batch, unique) == Names{"unique"});
  CHECK(rows(batch, unique) == Rows{3, 5});
  CHECK(broken(batch_of({"3", "1", "null", "null"}), unique).empty());
  CHECK(rows(batch_of({"\"b\"", "\"a\"", "\"b\""}), unique) == Rows{2});
  CHECK(rows(batch_of({"0.5", "-0.0", "0.0"}), unique) == Rows{2});
  const std::string lines =
      "{\"a\": 1, \"b\": \"x\"}\n{\"a\": 1, \"b\": \"y\"}\n{\"a\": 1, \"b\": \"x\"}\n"
      "{\"a\": null, \"b\": \"x\"}\n{\"a\": null, \"b\": \"x\"}\n";
  const Batch pairs = read_json_lines(lines, infer_json_lines(lines));
  Schema schema = infer_schema(profile(pairs));
  set_unique_key(schema, {"a", "b"});
  CHECK(unique_key(Schema::from_json(schema.to_json())) == Names{"a", "b"});
  RowValidator validator(schema);
  for (std::int64_t row = 0; row < pairs.rows; ++row) validator.update(pairs.slice(row, 1));
  const RowAnomalies found = validator.result();
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == "unique_key");
  CHECK(found[0].row_numbers() == Rows{2});
  CHECK(found[0].samples[0].value == "a=1, b=x");
  CHECK((validate_rows(pairs, schema) == found));
  CHECK_THROWS_AS(set_unique_key(schema, {"nosuch"}), Error);
  set_unique_key(schema, {});
  CHECK(unique_key(schema).empty());
}

TEST_CASE("values that must go up or down") {
  const auto order = [](Monotonic wanted) { return rule([&](auto& r) { r.monotonic = wanted; }); };
  const Batch batch = batch_of({"1", "2", "null", "2", "5", "4"});
  CHECK(rows(batch, order(Monotonic::increasing)) == Rows{5});
  CHECK(rows(batch, order(Monotonic::strictly_increasing)) == Rows{3, 5});
  CHECK(rows(batch, order(Monotonic::decreasing)) == Rows{1, 4});
  CHECK(rows(batch_of({"\"b\"", "\"a\""}), order(Monotonic::strictly_decreasing)).empty());
  CHECK(rows(batch_of({"1.5", "1.25"}), order(Monotonic::increasing)) == Rows{1});
}

TEST_CASE("the age of data") {
  ColumnBuilder times(
      Field{"x", zeroskew_test::type_of(Kind::timestamp, TimeUnit::millisecond), {}});
  times.append(std::int64_t{1'000'000});
  times.append(std::int64_t{5'000'000});
  std::vector<ColumnBuilder> columns;
  columns.push_back(std::move(times));
  const Profile data = profile(make_batch(std::move(columns)));
  Schema schema = infer_schema(data);
  set_feature_rules(schema.feature("x"), rule([](auto& r) { r.max_age = 60.0; }));
  ValidateOptions options;
  CHECK(validate(data, schema, options).empty());
  options.now = 5'060.0;
  CHECK(validate(data, schema, options).empty());
  options.now = 5'061.0;
  const Anomalies old = validate(data, schema, options);
  REQUIRE(old.size() == 1);
  CHECK(old[0].rule == "max_age");
  CHECK(fixes_hold(data, schema, options));
}

TEST_CASE("rules that make no sense are reported, never lost") {
  const auto with = [](const std::string& rules) {
    return Schema::from_json(R"({"feature": [{"name": "x", "type": "INT", "annotation": {
        "extra_metadata": [{"@type": "type.googleapis.com/google.protobuf.Struct",
        "value": {"zeroskew": {"rules": )" +
                             rules + "}}}]}}]}");
  };
  const Profile data = profile(batch_of({"1"}));
  for (const char* wrong :
       {"3", R"({"patern": "x"})", R"({"pattern": "("})", R"({"format": "mail"})",
        R"({"min_length": -1})", R"({"min_length": 2, "max_length": 1})", R"({"values": [1.5]})",
        R"({"mean": 3})", R"({"mean": {"min": 2, "max": 1}})", R"({"mean": {"least": 2}})",
        R"({"quantiles": [{"min": 2}]})", R"({"quantiles": [{"q": 2}]})", R"({"unique": 1})",
        R"({"monotonic": "up"})", R"({"max_age": -1})"}) {
    INFO(wrong);
    const Schema schema = with(wrong);
    CHECK_THROWS_AS(feature_rules(schema.feature("x")), Error);
    const Anomalies anomalies = validate(data, schema);
    REQUIRE(anomalies.size() == 1);
    CHECK(anomalies[0].type == AnomalyType::invalid_schema_specification);
    CHECK(fixes_hold(data, schema));
    CHECK_THROWS_AS(RowValidator(schema), Error);
  }
  CHECK(validate(data, with(R"({"values": [1]})")).empty());
}
