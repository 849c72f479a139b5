// Rules across columns: what they mean, and what they say when they are wrong.
#include "zeroskew/schema/expression.hpp"

#include <string>

#include "schema/data.hpp"
#include "support/catch.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/row_rule.hpp"
#include "zeroskew/schema/validate_rows.hpp"

using namespace zeroskew;
using Rows = std::vector<std::int64_t>;

namespace {

// Three rows with every type; the last one is all null.
const Batch& data() {
  static const Batch batch = [] {
    std::vector<ColumnBuilder> columns;
    const auto add = [&](const char* name, Kind kind, auto first, auto second,
                         TimeUnit unit = TimeUnit::none) {
      ColumnBuilder builder(Field{name, zeroskew_test::type_of(kind, unit), {}});
      builder.append(first);
      builder.append(second);
      builder.append_null();
      columns.push_back(std::move(builder));
    };
    add("a", Kind::integer, std::int64_t{7}, std::int64_t{-3});
    add("big", Kind::integer, std::int64_t{9223372036854775807}, std::int64_t{9007199254740993});
    add("x", Kind::floating, 0.1, 9007199254740992.0);
    add("s", Kind::string, std::string_view("Ab c"), std::string_view(""));
    add("flag", Kind::boolean, true, false);
    add("start", Kind::timestamp, std::int64_t{1'000}, std::int64_t{90'061'000},
        TimeUnit::millisecond);
    add("stop", Kind::timestamp, std::int64_t{61}, std::int64_t{90'061}, TimeUnit::second);
    add("day", Kind::date, std::int64_t{0}, std::int64_t{19'000}, TimeUnit::day);
    return make_batch(std::move(columns));
  }();
  return batch;
}

const Schema& schema() {
  static const Schema inferred = infer_schema(profile(data()));
  return inferred;
}

// Rows where the condition holds, and where it is null.
struct Verdict {
  Rows yes;
  Rows unknown;
  bool operator==(const Verdict&) const = default;
};

Rows broken(const std::string& condition) {
  Schema with = schema();
  add_row_rule(with, {"rule", condition, 1.0, Severity::error, ""});
  for (const RowAnomaly& anomaly : validate_rows(data(), with)) {
    if (anomaly.type == AnomalyType::custom_validation) return anomaly.row_numbers();
  }
  return {};
}

Verdict verdict(const std::string& condition) {
  INFO(condition);
  Verdict result;
  const Rows no = broken(condition);
  const Rows yes = broken("not (" + condition + ")");
  result.yes = yes;
  for (std::int64_t row = 0; row < 3; ++row) {
    const bool known = std::find(no.begin(), no.end(), row) != no.end() ||
                       std::find(yes.begin(), yes.end(), row) != yes.end();
    if (!known) result.unknown.push_back(row);
  }
  return result;
}

Rows yes(const std::string& condition) {
  return verdict(condition).yes;
}

Error error_of(const std::string& text, const Schema& known = schema()) {
  try {
    (void)Expression::parse(text, known);
  } catch (const Error& error) {
    return error;
  }
  FAIL("accepted: " << text);
  return {ErrorKind::value, "", "", ""};
}

}  // namespace

TEST_CASE("comparisons, and nulls that decide nothing") {
  CHECK(verdict("a > 0") == Verdict{{0}, {2}});
  CHECK(verdict("a == -3") == Verdict{{1}, {2}});
  CHECK(verdict("a != 7") == Verdict{{1}, {2}});
  CHECK(verdict("-5 <= a <= 7 < 8") == Verdict{{0, 1}, {2}});
  CHECK(yes("a between -3 and 6") == Rows{1});
  CHECK(yes("s < 'Z'") == Rows{0, 1});
  CHECK(yes("s == 'Ab c'") == Rows{0});
  CHECK(yes("flag") == Rows{0});
  CHECK(yes("flag == false") == Rows{1});
  CHECK(yes("flag == 1") == Rows{0});
  CHECK(verdict("a is null") == Verdict{{2}, {}});
  CHECK(verdict("a is not null") == Verdict{{0, 1}, {}});
  CHECK(verdict("a == null") == Verdict{{}, {0, 1, 2}});
}

TEST_CASE("logic is Kleene's") {
  CHECK(verdict("a > 0 and a is null") == Verdict{{}, {2}});
  CHECK(verdict("a > 0 or a is null") == Verdict{{0, 2}, {}});
  CHECK(verdict("a > 0 => x < 1") == Verdict{{0, 1}, {2}});
  CHECK(verdict("a > 0 => a > 8") == Verdict{{1}, {2}});
  CHECK(yes("not flag or flag") == Rows{0, 1});
  CHECK(yes("false => false => false") == Rows{0, 1, 2});
  CHECK(yes("true or false and false") == Rows{0, 1, 2});
}

TEST_CASE("integers are exact, saturate, and meet floats without rounding") {
  CHECK(yes("big == 9223372036854775807") == Rows{0});
  CHECK(yes("big + 1 == big") == Rows{0});
  CHECK(yes("-big * 2 == -9223372036854775808") == Rows{0});
  CHECK(yes("big * big == big") == Rows{0});
  CHECK(yes("big > x") == Rows{0, 1});  // 2^53 + 1 > 2^53
  CHECK(yes("x < big") == Rows{0, 1});
  CHECK(yes("x == big") == Rows{});
  CHECK(yes("a / 2 == 3.5") == Rows{0});
  CHECK(yes("a % 2 == 1") == Rows{0, 1});
  CHECK(yes("a % -2 == -1") == Rows{0, 1});
  CHECK(verdict("a % 0 == 0") == Verdict{{}, {0, 1, 2}});
  CHECK(yes("a / 0 > 1") == Rows{0});
  CHECK(yes("2 + 3 * 4 - 10 / 5 == 12") == Rows{0, 1, 2});
  CHECK(yes("-a == 0 - a") == Rows{0, 1});
  CHECK(yes("- - a == a") == Rows{0, 1});
}

TEST_CASE("tolerances") {
  CHECK(yes("x + 0.2 == 0.3") == Rows{});
  CHECK(yes("x + 0.2 == 0.3 within 1e-9") == Rows{0});
  CHECK(yes("a == 8 within 1") == Rows{0});
  CHECK(yes("a == 8 within 10%") == Rows{});
  CHECK(yes("a == 8 within 12.5 %") == Rows{0});
  CHECK(yes("start == stop within seconds(60)") == Rows{0, 1});
  CHECK(yes("start == stop within seconds(59)") == Rows{1});
}

TEST_CASE("times and durations, whatever their units") {
  CHECK(yes("start < stop") == Rows{0});
  CHECK(yes("start == stop") == Rows{1});
  CHECK(yes("stop - start == minutes(1)") == Rows{0});
  CHECK(yes("seconds(stop - start) == 60") == Rows{0});
  CHECK(yes("hours(stop - start) < 1") == Rows{0, 1});
  CHECK(yes("day == date('1970-01-01')") == Rows{0});
  CHECK(yes("day == date('2022-01-08')") == Rows{1});
  CHECK(yes("day + days(1) > stop") == Rows{0, 1});
  CHECK(yes("start == timestamp('1970-01-02T01:01:01')") == Rows{1});
  CHECK(yes("(stop - start) / minutes(1) == 1") == Rows{0});
  CHECK(yes("date('2024-02-29') - date('2023-03-01') == days(365)") == Rows{0, 1, 2});
}

TEST_CASE("lists, texts and functions") {
  CHECK(verdict("a in (7, 8)") == Verdict{{0}, {2}});
  CHECK(yes("a not in [7, 8]") == Rows{1});
  CHECK(yes("s in ('', 'x')") == Rows{1});
  CHECK(yes("a in (x, 7)") == Rows{0});
  CHECK(verdict("a in (null, 7)") == Verdict{{0}, {1, 2}});
  CHECK(yes("s matches '[A-Z][a-z] .'") == Rows{0});
  CHECK(yes("s not matches '.*'") == Rows{});
  CHECK(yes("length(s) == 4") == Rows{0});
  CHECK(yes("lower(s) == 'ab c' and upper(s) == 'AB C'") == Rows{0});
  CHECK(yes("starts_with(s, 'Ab') and ends_with(s, ' c') and contains(s, 'b ')") == Rows{0});
  CHECK(yes("trim('  y ') == 'y'") == Rows{0, 1, 2});
  CHECK(yes("abs(a) == 3") == Rows{1});
  CHECK(yes("min(a, 0) == 0 and max(a, 9, 8) == 9") == Rows{0});
  CHECK(yes("max(a, 7.5) == 7.5") == Rows{0, 1});
  CHECK(yes("floor(x) == 0 and ceil(x) == 1") == Rows{0});
  CHECK(yes("sqrt(a * a) == abs(a)") == Rows{0, 1});
  CHECK(verdict("if(flag, a, 0) == 7") == Verdict{{0}, {}});
  CHECK(yes("coalesce(a, 5) == 5") == Rows{2});
  CHECK(yes("`a` == 7") == Rows{0});
  CHECK(yes("'it''s' == \"it's\" and 'a\\'b' == \"a'b\"") == Rows{0, 1, 2});
}

TEST_CASE("structures, odd names, and columns of another type than declared") {
  const std::string lines =
      "{\"t\": {\"a.b\": 1, \"c\": 2}, \"date\": 3}\n{\"t\": null, \"date\": 3}\n";
  const Batch batch = read_json_lines(lines, infer_json_lines(lines));
  Schema known = infer_schema(profile(batch));
  add_row_rule(known, {"inside", "t.`a.b` > t.c and date == 3", 1.0, Severity::warning, "why"});
  const RowAnomalies found = validate_rows(batch, known);
  REQUIRE(found.size() == 1);
  CHECK(found[0].row_numbers() == Rows{0});
  CHECK(found[0].severity == Severity::warning);
  CHECK(found[0].rule == "inside");
  CHECK(found[0].summary == "why");
  CHECK(found[0].samples[0].value == "t.'a.b'=1, t.c=2, date=3");
  // A column that is not there, or is something else, leaves the rule without a say.
  const std::string others = "{\"date\": 3}\n{\"t\": {\"a.b\": \"x\", \"c\": 2}, \"date\": 3}\n";
  for (const RowAnomaly& anomaly :
       validate_rows(read_json_lines(others, infer_json_lines(others)), known)) {
    CHECK(anomaly.type != AnomalyType::custom_validation);
  }
}

TEST_CASE("a rule that most rows must meet") {
  Schema known = schema();
  add_row_rule(known, {"most", "a > 0", 0.5, Severity::error, ""});
  CHECK(validate_rows(data(), known).empty());
  add_row_rule(known, {"most", "a > 0", 0.75, Severity::error, ""});
  CHECK(row_rules(known).size() == 1);
  CHECK(validate_rows(data(), known).size() == 1);
  CHECK((Schema::from_text(known.to_text()) == known));
  CHECK(row_rules(Schema::from_json(known.to_json())) == row_rules(known));
  CHECK(remove_row_rule(known, "most"));
  CHECK_FALSE(remove_row_rule(known, "most"));
  CHECK((known == schema()));
}

TEST_CASE("errors point at the character") {
  const Error unknown = error_of("x + 1 > bgi");
  CHECK(unknown.id() == "schema.expression_name");
  CHECK(unknown.where() == "character 9");
  CHECK_THAT(std::string(unknown.message()),
             Catch::Matchers::Contains("'big'") &&
                 Catch::Matchers::EndsWith("\n  x + 1 > bgi\n          ^^^"));
  CHECK(error_of("a > 's'").id() == "schema.expression_type");
  CHECK(error_of("a > 's'").where() == "character 1");
  CHECK(error_of("a > 0 and s").where() == "character 11");
  CHECK(error_of("a +").where() == "character 4");
  CHECK(error_of("(a").where() == "character 3");
  CHECK(error_of("a = 3").where() == "character 3");
  CHECK(error_of("s == 'x").where() == "character 6");
  CHECK(error_of("a > 0\n  and s > 0").where() == "line 2, character 7");
  CHECK(error_of("a > 99999999999999999999").where() == "character 5");
  for (const char* wrong : {"",
                            " ",
                            "a b",
                            "a >",
                            "> a",
                            "a in ()",
                            "a in 3",
                            "min(a)",
                            "nosuch(a)",
                            "a matches 'x'",
                            "s matches s",
                            "s matches '('",
                            "a ** 2",
                            "x % 2",
                            "s + 1",
                            "flag < true",
                            "start + stop",
                            "start - 1",
                            "day == 3",
                            "a == 8 within 's'",
                            "start == stop within 1",
                            "a.b > 1",
                            "a..b",
                            "``",
                            "1 2",
                            "3x",
                            "if(a, 1, 2)",
                            "not a",
                            "date('2023-02-29')",
                            "date('1.1.2020')",
                            "timestamp('2020-01-01')",
                            "and",
                            "a and",
                            "\x01",
                            "a > 0 within 1",
                            "length(a)"}) {
    INFO(wrong);
    const Error error = error_of(wrong);
    CHECK(error.id().substr(0, 7) == "schema.");
  }
}

TEST_CASE("hostile expressions are refused, or cost little") {
  const std::string deep(5'000, '(');
  CHECK(error_of(deep + "a" + std::string(5'000, ')')).id() == "schema.expression_syntax");
  CHECK(error_of(std::string(5'000, '-') + "a").id() == "schema.expression_syntax");
  std::string nots;
  for (int i = 0; i < 5'000; ++i) nots += "not ";
  CHECK(error_of(nots + "flag").id() == "schema.expression_syntax");
  std::string chain = "a";
  for (int i = 0; i < 60; ++i) chain = "(1 < " + chain + " < 2)";
  CHECK(error_of(chain).id().substr(0, 17) == "schema.expression");
  std::string sum = "a";
  for (int i = 0; i < 30'000; ++i) sum += "+1";
  CHECK(error_of(sum + " > 0").id() == "schema.expression_syntax");
  CHECK(error_of(std::string(1 << 20, 'a')).id() == "schema.expression_syntax");
  std::string ands = "flag";
  for (int i = 0; i < 5'000; ++i) ands += " and flag";
  CHECK(Expression::parse(ands, schema()).type() == ExpressionType::boolean);
}

TEST_CASE("a stored rule that cannot be is an error with its name") {
  const auto with = [](const std::string& rule) {
    return Schema::from_json(
        R"({"feature": [{"name": "a", "type": "INT"}], "annotation": {"extra_metadata": [{
        "@type": "type.googleapis.com/google.protobuf.Struct",
        "value": {"zeroskew": {"row_rules": )" +
        rule + "}}}]}}");
  };
  CHECK(row_rules(with(R"([{"name": "r", "expression": "a > 0"}])")).size() == 1);
  for (const char* wrong :
       {"3", "[3]", R"([{"name": "r"}])", R"([{"expression": "a > 0"}])",
        R"([{"name": "r", "expression": "a > 0", "min_share": 2}])",
        R"([{"name": "r", "expression": "a > 0", "severity": "BAD"}])",
        R"([{"name": "r", "expression": 3}])",
        R"([{"name": "r", "expression": "a > 0"}, {"name": "r", "expression": "a > 1"}])"}) {
    INFO(wrong);
    CHECK_THROWS_AS(row_rules(with(wrong)), Error);
    CHECK_THROWS_AS(RowValidator(with(wrong)), Error);
  }
  try {
    const RowValidator validator(with(R"([{"name": "r", "expression": "a > b"}])"));
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.where() == "row rule 'r', character 5");
  }
  Schema known = schema();
  CHECK_THROWS_AS(add_row_rule(known, {"r", "a + 1", 1.0, Severity::error, ""}), Error);
  CHECK_THROWS_AS(add_row_rule(known, {"", "a > 1", 1.0, Severity::error, ""}), Error);
  CHECK((known == schema()));
}
