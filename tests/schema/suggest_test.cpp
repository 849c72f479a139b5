// Suggestions: each has a reason, and the data that made them bears them.
#include "zeroskew/schema/suggest.hpp"

#include <map>
#include <string>

#include "schema/data.hpp"
#include "support/catch.hpp"
#include "support/generate.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/feature_rules.hpp"
#include "zeroskew/schema/freeze.hpp"
#include "zeroskew/schema/row_rule.hpp"

using namespace zeroskew;

namespace {

Profile table() {
  zeroskew::test::Generator random(3);
  const auto column = [](const char* name, Kind kind) {
    return ColumnBuilder(Field{name, zeroskew_test::type_of(kind), {}});
  };
  ColumnBuilder fare = column("fare", Kind::floating);
  ColumnBuilder code = column("code", Kind::integer);
  ColumnBuilder miles = column("miles", Kind::integer);
  ColumnBuilder plate = column("plate", Kind::string);
  ColumnBuilder mail = column("mail", Kind::string);
  for (int i = 0; i < 2'000; ++i) {
    if (random.below(10) == 0) {
      fare.append_null();
    } else {
      fare.append(10.0 + 2.0 * random.normal());
    }
    code.append(static_cast<std::int64_t>(random.below(4) * 10));
    miles.append(static_cast<std::int64_t>(random.below(5'000)));
    plate.append("AB-" + std::to_string(1'000 + i));
    mail.append(random.word(5) + "x@example.org");
  }
  std::vector<ColumnBuilder> columns;
  for (auto* one : {&fare, &code, &miles, &plate, &mail}) columns.push_back(std::move(*one));
  return profile(make_batch(std::move(columns)));
}

}  // namespace

TEST_CASE("what the data bears is suggested, with reasons, and then accepted") {
  const Profile data = table();
  Schema schema = infer_schema(data);
  const std::vector<Suggestion> suggestions = suggest_rules(data, schema);
  std::map<std::string, std::string> rules;
  for (const Suggestion& one : suggestions) {
    CHECK_FALSE(one.reason.empty());
    CHECK_FALSE(one.fix.empty());
    rules[to_string(one.path)] += one.rule + " ";
    one.fix.apply(schema);
  }
  CHECK(rules["fare"] == "presence range ");
  CHECK(rules["code"] == "values ");
  CHECK(rules["miles"] == "range ");
  CHECK(rules["plate"] == "lengths pattern unique ");
  CHECK(rules["mail"] == "lengths format ");
  CHECK(validate(data, schema).empty());
  CHECK(feature_rules(schema.feature("plate")).pattern == "[A-Z]{2}-\\d{4}");
  CHECK(feature_rules(schema.feature("mail")).format == "email");
  CHECK(feature_rules(schema.feature("code")).values == std::vector<std::int64_t>{0, 10, 20, 30});
  CHECK(*schema.feature("fare").presence()->min_fraction > 0.87);
  CHECK(*schema.feature("fare").presence()->min_fraction < 0.92);
  CHECK(*schema.feature("fare").domain<FloatDomain>()->max > 15.0F);
  CHECK(schema.feature("miles").domain<IntDomain>()->min == 0);
  CHECK(suggest_rules(data, schema).empty());
}

TEST_CASE("a lower bound of a share is Wilson's") {
  // 90 of 100 at 95%: (0.9 + z^2/200 - z sqrt(0.09/100 + z^2/40000)) / (1 + z^2/100), z = 1.644854.
  std::string lines;
  for (int i = 0; i < 100; ++i) lines += i < 90 ? "{\"x\": 1.5}\n" : "{\"x\": null}\n";
  const Profile data = zeroskew_test::profile_of(lines);
  Schema schema = infer_schema(data);
  const auto suggestions = suggest_rules(data, schema);
  REQUIRE_FALSE(suggestions.empty());
  suggestions[0].fix.apply(schema);
  CHECK(schema.feature("x").presence()->min_fraction == 0.8396);
}

TEST_CASE("options that make no sense are errors") {
  const Profile data = table();
  const Schema schema = infer_schema(data);
  for (const SuggestOptions& wrong :
       {SuggestOptions{-1.0}, SuggestOptions{1.0}, SuggestOptions{0.1, -1.0},
        SuggestOptions{0.1, 1.0, 20, 1.0}, SuggestOptions{0.1, 1.0, 20, 0.9, -1.0}}) {
    CHECK_THROWS_AS(suggest_rules(data, schema, wrong), Error);
  }
}

TEST_CASE("a frozen schema is hashed and refuses edits") {
  const Profile data = table();
  Schema schema = infer_schema(data);
  const std::string digest = schema_digest(schema);
  CHECK(digest.size() == 64);
  freeze(schema);
  CHECK(is_frozen(schema));
  CHECK(schema_digest(schema) == digest);
  CHECK(validate(data, schema).empty());
  CHECK_THROWS_AS(update_schema(schema, data), Error);
  CHECK_THROWS_AS(add_row_rule(schema, {"r", "fare > 0", 1.0, Severity::error, ""}), Error);
  const Profile other = zeroskew_test::profile_of("{\"fare\": 1.5}\n");
  const Anomalies anomalies = validate(other, schema);
  REQUIRE_FALSE(anomalies.empty());
  Schema target = schema;
  CHECK_THROWS_AS(anomalies[0].fix.apply(target), Error);
  CHECK((target == schema));
  // It survives both forms, but no change of them.
  CHECK((Schema::from_json(schema.to_json()) == schema));
  std::string text = schema.to_text();
  CHECK((Schema::from_text(text) == schema));
  text.replace(text.find("\"fare\""), 6, "\"fere\"");
  CHECK_THROWS_AS(Schema::from_text(text), Error);
  Schema changed = schema;
  changed.features.pop_back();
  CHECK_THROWS_AS(Schema::from_json(changed.to_json()), Error);
  thaw(schema);
  CHECK_FALSE(is_frozen(schema));
  CHECK((update_schema(schema, data) == schema));
  CHECK((infer_schema(data) == schema));
}
