// Spellings that the two forms allow, and what they say about those that they do not.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/schema.hpp"

using namespace zeroskew;

namespace {

template <class Read>
Error error_of(Read read, const std::string& document) {
  try {
    (void)read(document);
  } catch (const Error& error) {
    return error;
  }
  FAIL("accepted: " << document);
  return {ErrorKind::value, "", "", ""};
}

std::string name_of(const std::string& quoted) {
  return Schema::from_text("feature { name: " + quoted + " }").features.at(0).name.value();
}

double threshold_of(const std::string& number) {
  const Schema schema = Schema::from_text(
      "feature { drift_comparator { infinity_norm { threshold: " + number + "}}}");
  return schema.features.at(0).drift_comparator->infinity_norm->threshold.value();
}

}  // namespace

TEST_CASE("text: braces, colons, separators, lists and comments are free") {
  const Schema plain = Schema::from_text(
      "feature { name: \"a\" type: INT }\nfeature { name: \"b\" }\n"
      "default_environment: \"T\" default_environment: \"S\"");
  const std::vector<std::string> spellings = {
      "feature: { name: 'a', type: INT; }, feature: { name: 'b' }; default_environment: ['T', 'S']",
      "feature < name: \"a\" type: 2 > feature: < name: \"b\" > default_environment: [\"T\",\"S\"]",
      "# head\nfeature: [{ name: \"a\" # name\n type: INT }, { name: \"b\" }]\n"
      "default_environment: 'T' # first\ndefault_environment: 'S'#last",
      "\xEF\xBB\xBF\r\n\tfeature{name:'a'type:INT}feature[{name:'b'}]"
      "default_environment:[]default_environment:['T','S']"};
  for (const std::string& spelling : spellings) {
    INFO(spelling);
    CHECK((Schema::from_text(spelling) == plain));
  }
}

TEST_CASE("text: strings have escapes and join when they touch") {
  CHECK(name_of(R"("a" 'b' "c")") == "abc");
  CHECK(name_of(R"('it\'s "x"')") == "it's \"x\"");
  CHECK(name_of(R"("\a\b\f\n\r\t\v\\\?\'\"")") == "\a\b\f\n\r\t\v\\?'\"");
  CHECK(name_of(R"("\101\x42\x43\7")") == "ABC\a");
  CHECK(name_of(R"("\303\251" "\u00e9" "\U0001F695" "\ud83d\ude95")") ==
        "\xc3\xa9\xc3\xa9\xf0\x9f\x9a\x95\xf0\x9f\x9a\x95");
  for (const std::string bad : {R"("\xff")", R"("\ud83d")", R"("\ud83dx")", R"("\400")", R"("\q")",
                                R"("\u12")", R"("\U00110000")", "\"a\nb\"", "\"a", "a", "5"}) {
    INFO(bad);
    CHECK_THROWS_AS(name_of(bad), Error);
  }
}

TEST_CASE("text: numbers") {
  const auto count = [](const std::string& number) {
    return Schema::from_text("feature { presence { min_count: " + number + " } }")
        .features.at(0)
        .presence()
        ->min_count.value();
  };
  CHECK(count("0x1F") == 31);
  CHECK(count("-0x1f") == -31);
  CHECK(count("017") == 15);
  CHECK(count("- 7") == -7);
  CHECK(count("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
  CHECK(count("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
  for (const std::string bad : {"9223372036854775808", "-9223372036854775809", "1.0", "08", "0x",
                                "1e3", "99999999999999999999999", "1a", "--1", "'1'", "true"}) {
    INFO(bad);
    CHECK_THROWS_AS(count(bad), Error);
  }
  CHECK(threshold_of("1.5f") == 1.5);
  CHECK(threshold_of(".5") == 0.5);
  CHECK(threshold_of("5.") == 5.0);
  CHECK(threshold_of("-1E-3") == -0.001);
  CHECK(threshold_of("123456789012345678901234567890") == 123456789012345678901234567890.0);
  CHECK(std::isnan(threshold_of("nan")));
  CHECK(threshold_of("-Infinity") == -std::numeric_limits<double>::infinity());
  CHECK(threshold_of("1e999") == std::numeric_limits<double>::infinity());
  CHECK(threshold_of("0." + std::string(400, '0') + "1") == 0.0);
  for (const std::string bad : {"0x10", "1e", "1..2", "infinit", "'1'", "1 2"}) {
    INFO(bad);
    CHECK_THROWS_AS(threshold_of(bad), Error);
  }
}

TEST_CASE("text: an Any may be unpacked, packed, or of a type that nobody knows") {
  const Schema unpacked = Schema::from_text(
      "annotation { extra_metadata { [type.googleapis.com/google.protobuf.Struct]: {"
      " fields { key: 'zeroskew' value { string_value: 'x' } } } } }");
  CHECK(unpacked.annotation->extension.text() == "x");
  const Schema packed = Schema::from_text(
      "annotation { extra_metadata { type_url: 'type.googleapis.com/google.protobuf.Struct' "
      R"(value: "\n\017\n\010zeroskew\022\003\032\001x" } })");
  CHECK((packed == unpacked));
  const Schema unknown = Schema::from_text(
      R"(annotation { extra_metadata { type_url: "example.com/x.Y" value: "\010\226\001" } })");
  CHECK((Schema::from_json(unknown.to_json()) == unknown));
  CHECK((Schema::from_text(unknown.to_text()) == unknown));
  CHECK(error_of(Schema::from_text,
                 "annotation { extra_metadata { type_url: 'x/google.protobuf.Struct' "
                 R"(value: "\n\377" } })")
            .id() == "schema.bad_bytes");
  CHECK(error_of(Schema::from_text, "annotation { extra_metadata { [x/x.Y] { } } }").id() ==
        "schema.unknown_type");
}

TEST_CASE("text: errors name line, column and what would be right") {
  const Error field = error_of(Schema::from_text, "feature {\n  name: 'a'\n  tipe: INT\n}");
  CHECK(field.id() == "schema.unknown_field");
  CHECK(field.where() == "line 3, column 3");
  CHECK_THAT(field.what(), Catch::Matchers::Contains("did you mean 'type'"));
  const Error value = error_of(Schema::from_text, "feature { name: '\xc3\xa9' type: INTEGER }");
  CHECK(value.id() == "schema.unknown_enum");
  CHECK(value.where() == "line 1, column 27");
  CHECK(error_of(Schema::from_text, "feature { type: 9 }").id() == "schema.unknown_enum");
  CHECK(error_of(Schema::from_text, "feature { name: 'a' name: 'b' }").id() ==
        "schema.duplicate_field");
  CHECK(error_of(Schema::from_text, "feature { domain: 'a' int_domain { } }").id() ==
        "schema.exclusive_fields");
  CHECK(error_of(Schema::from_text, "feature { name 'a' }").id() == "schema.text_syntax");
  CHECK(error_of(Schema::from_text, "feature { name: 'a' ").id() == "schema.text_syntax");
  CHECK(error_of(Schema::from_text, "feature { name: ['a'] }").id() == "schema.text_syntax");
  CHECK(error_of(Schema::from_text, "}").id() == "schema.text_syntax");
}

TEST_CASE("JSON: both spellings of names, numbers as text, enumerations as numbers, null") {
  const Schema schema = Schema::from_json(
      R"({"feature": [{"name": "a", "type": "INT", "presence": {"min_count": "1"}}],
          "default_environment": ["T"]})");
  CHECK((Schema::from_json(
             R"({"feature": [{"name": "a", "type": 2, "presence": {"minCount": 1.0},
                 "domain": null, "annotation": null}], "defaultEnvironment": ["T"],
                 "string_domain": null})") == schema));
  const auto threshold = [](const std::string& number) {
    return Schema::from_json(
               R"({"feature": [{"drift_comparator": {"infinity_norm": {"threshold": )" + number +
               "}}}]}")
        .features[0]
        .drift_comparator->infinity_norm->threshold.value();
  };
  CHECK(threshold("\"0.25\"") == 0.25);
  CHECK(threshold("\"-Infinity\"") == -std::numeric_limits<double>::infinity());
  CHECK(std::isnan(threshold("\"NaN\"")));
  for (const std::string bad : {"\"\"", "\"x\"", "\"inf\"", "true", "[1]", "{}"}) {
    INFO(bad);
    CHECK_THROWS_AS(threshold(bad), Error);
  }
}

TEST_CASE("JSON: errors name the place and what would be right") {
  const auto error = [](const std::string& document) {
    return error_of(Schema::from_json, document);
  };
  const Error field = error(R"({"feature": [{"name": "a"}, {"tipe": "INT"}]})");
  CHECK(field.id() == "schema.unknown_field");
  CHECK(field.where() == "feature[1].tipe (line 1, column 30)");
  CHECK_THAT(field.what(), Catch::Matchers::Contains("did you mean 'type'"));
  const Error value = error(R"({"feature": [{"int_domain": {"min": "x"}}]})");
  CHECK(value.id() == "schema.bad_value");
  CHECK(value.where() == "feature[0].int_domain.min (line 1, column 37)");
  const Error syntax = error("{\n  \"feature\": [}\n}");
  CHECK(syntax.id() == "schema.json_syntax");
  CHECK(syntax.where() == "line 2, column 15");
  CHECK(error(R"({"feature": [{"name": "a", "name": "b"}]})").id() == "schema.duplicate_field");
  CHECK(error(R"({"feature": [{"int_domain": {}, "domain": "a"}]})").id() ==
        "schema.exclusive_fields");
  CHECK(error(R"({"feature": [{"minCount": 1, "type": "INTEGER"}]})").id() ==
        "schema.unknown_field");
  CHECK(error(R"({"feature": [{"type": "INTEGER"}]})").where() ==
        "feature[0].type (line 1, column 23)");
  CHECK(error(R"({"feature": [{"type": 12}]})").id() == "schema.unknown_enum");
  CHECK(error(R"({"feature": {"name": "a"}})").id() == "schema.bad_value");
  CHECK(error(R"({"feature": [null]})").id() == "schema.bad_value");
  CHECK(error(R"({"@type": "x"})").id() == "schema.unknown_field");
  CHECK(error(R"([])").id() == "schema.bad_value");
  CHECK(error("").id() == "schema.json_syntax");
  CHECK(error(R"({"float_domain": [{"min": 1e300}]})").id() == "schema.bad_value");
  CHECK(error(R"({"annotation": {"extra_metadata": [{"@type": "x/x.Y", "a": 1}]}})").id() ==
        "schema.unknown_type");
}

TEST_CASE("JSON: every error says line and column, in characters") {
  const auto where = [](const std::string& document) {
    return error_of(Schema::from_json, document).where();
  };
  CHECK(where("") == "line 1, column 1");
  CHECK(where("{\n  \"feature\": tru\n}") == "line 2, column 17");
  CHECK(where("{\"feature\": []") == "line 1, column 15");
  CHECK(where("\n\n  []") == "line 3, column 3");
  CHECK(where("{\"feature\": [\n {\"name\": \"\xc3\xa9,]}{[\\\"\", \"type\": 99}]}") ==
        "feature[0].type (line 2, column 31)");
  CHECK(where("{\"feature\": [{},\n {\"name\": \"a\",\n  \"na\\u006de\": \"b\"}]}") ==
        "name (line 3, column 3)");
  CHECK(where("{\"feature\": [{}, {\n\"int_domain\": {}, \"domain\": \"a\"}]}").find("line 2, ") !=
        std::string::npos);
  CHECK(where("{\"annotation\": {\"extra_metadata\": [\n{\"@type\": \"x/x.Y\", \"a\": 1}]}}") ==
        "annotation.extra_metadata[0] (line 2, column 1)");
  CHECK(where("{\"feature\":\n [null]}") == "feature[0] (line 2, column 3)");
  std::string deep;
  for (int i = 0; i < 700; ++i) deep += "{\"feature\":\n[";
  CHECK(where(deep).find("line ") == 0);
  std::string nested = "{\"feature\": ";
  std::string end;
  for (int i = 0; i < 180; ++i) {
    nested += "[{\"struct_domain\": {\"feature\":\n";
    end += "}}]";
  }
  CHECK(where(nested + "[]" + end + "}").find("(line ") != std::string::npos);
}

TEST_CASE("text: every error says line and column") {
  for (const std::string bad :
       {"feature {\n", "feature {\n  type: 99 }", "feature {\n  type: INT type: INT }",
        "feature {\n  domain: 'a' int_domain {} }", "feature\n: 5", "x\ny: 1", "\n\"",
        "feature { presence { min_count:\n 99999999999999999999 } }", "feature {\n name: '\xff' }",
        "annotation {\n extra_metadata { [x/x.Y] { } } }"}) {
    INFO(bad);
    const Error error = error_of(Schema::from_text, bad);
    CHECK(error.where().find("line ") != std::string::npos);
    CHECK(error.where().find("column ") != std::string::npos);
  }
  std::string deep;
  for (int i = 0; i < 400; ++i) deep += "feature { struct_domain {\n";
  CHECK(error_of(Schema::from_text, deep).where().find("line ") == 0);
}
