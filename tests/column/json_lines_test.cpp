#include "zeroskew/column/json_lines.hpp"

#include "column/cells.hpp"
#include "support/errors.hpp"

using namespace zeroskew;        // NOLINT: a test of one room
using namespace zeroskew::test;  // NOLINT

namespace {

using Cells = std::vector<std::string>;

Batch read(const std::string& text) { return read_json_lines(text, infer_json_lines(text)); }

std::string type_of(const std::string& text) { return to_string(infer_json_lines(text)[0].type); }

}  // namespace

TEST_CASE("types are those that hold every value") {
  CHECK(type_of("{\"a\": 1}") == "int");
  CHECK(type_of("{\"a\": 1}\n{\"a\": 2.5}") == "float");
  CHECK(type_of("{\"a\": 2.5}\n{\"a\": 1}") == "float");
  CHECK(type_of("{\"a\": null}") == "null");
  CHECK(type_of("{\"a\": null}\n{\"a\": true}") == "bool");
  CHECK(type_of("{\"a\": \"x\"}") == "string");
  CHECK(type_of("{\"a\": [1]}") == "list");
  CHECK(type_of("{\"a\": {\"b\": 1}}") == "struct");
  CHECK_FALSE(infer_json_lines("{\"a\": 9223372036854775807}")[0].type.is_unsigned);
  CHECK(infer_json_lines("{\"a\": 1}\n{\"a\": 18446744073709551615}")[0].type.is_unsigned);
}

TEST_CASE("columns come in the order of their first appearance, through pieces too") {
  const auto fields = infer_json_lines("{\"b\": 1}\n{\"a\": 1, \"b\": 2}");
  CHECK(fields[0].name == "b");
  CHECK(fields[1].name == "a");
  const auto more = infer_json_lines("{\"c\": 1, \"a\": 0.5}", fields, 3);
  CHECK(more.size() == 3);
  CHECK(more[1].type.kind == Kind::floating);
  CHECK(more == infer_json_lines("{\"b\": 1}\n{\"a\": 1, \"b\": 2}\n{\"c\": 1, \"a\": 0.5}"));
}

TEST_CASE("rows are read: absent and null cells, blank lines, either line end") {
  const Batch batch = read(
      "{\"n\": 1, \"s\": \"\\u00e9\\u0000\"}\r\n\n  \t\n{\"s\": null, \"n\": -2}\n{}\n"
      "{\"n\": 3, \"l\": [[1], [], null], \"o\": {\"x\": 1}}");
  CHECK(batch.rows == 4);
  CHECK(cells(batch.columns[0]) == Cells{"1", "-2", "-", "3"});
  CHECK(cells(batch.columns[1]) == Cells{std::string("\xc3\xa9\0", 3), "-", "-", "-"});
  CHECK(cells(batch.columns[2]) == Cells{"-", "-", "-", "[[1], [], -]"});
  CHECK(cells(batch.columns[3]) == Cells{"-", "-", "-", "{1}"});
  CHECK(read("").rows == 0);
  CHECK(read("{}\n{}").rows == 2);
}

TEST_CASE("numbers keep every bit") {
  const Batch batch = read("{\"f\": 0.1, \"u\": 18446744073709551615}\n{\"f\": 7, \"u\": 0}\n"
                           "{\"f\": 5e-324, \"u\": 1}");
  CHECK(cells(batch.columns[0]) == Cells{"0.1", "7", "5e-324"});
  CHECK(cells(batch.columns[1]) == Cells{"18446744073709551615", "0", "1"});
}

TEST_CASE("a key that is no column is left out") {
  const auto fields = infer_json_lines("{\"a\": 1}");
  const Batch batch = read_json_lines("{\"z\": \"?\", \"a\": 2}", fields);
  CHECK(batch.names == Cells{"a"});
  CHECK(cells(batch.columns[0]) == Cells{"2"});
}

TEST_CASE("lines that are no objects are refused with their place") {
  std::string deep(1000, '[');
  for (const std::string& line :
       {std::string("{"), std::string("[1]"), std::string("1"), std::string("{\"a\": 1} x"),
        std::string("{\"a\": 01}"), std::string("{\"a\": NaN}"), std::string("{\"a\": \"\xff\"}"),
        std::string("{\"a\": \"\\ud800\"}"), std::string("{'a': 1}"), std::string("{\"a\": 1,}"),
        std::string("{\"a\": 1e999}"), "{\"a\": " + deep, "{\"a\": " + deep + std::string(1000, ']')
        + "}"}) {
    CAPTURE(line.substr(0, 30));
    check_error([&] { (void)infer_json_lines("{}\n\n" + line); }, "json.malformed", "line 3",
                ErrorKind::value);
    check_error([&] { (void)read_json_lines(line, {}, 41); }, "json.malformed", "line 41");
  }
}

TEST_CASE("a change of type names line and key") {
  check_error([] { (void)infer_json_lines("{\"a\": 1}\n{\"a\": \"x\"}"); }, "json.type_conflict",
              "line 2, 'a'", ErrorKind::type);
  check_error([] { (void)infer_json_lines("{\"a\": {\"b\": [1, true]}}"); },
              "json.type_conflict", "line 1, 'a.b[]'");
  const auto fields = infer_json_lines("{\"a\": 1, \"l\": [1]}");
  check_error([&] { (void)read_json_lines("{\"a\": 1}\n{\"a\": 1.5}", fields); },
              "json.type_conflict", "line 2, 'a'");
  check_error([&] { (void)read_json_lines("{\"a\": 9223372036854775808}", fields); },
              "json.type_conflict", "line 1, 'a'");
  check_error([&] { (void)read_json_lines("{\"l\": [1, \"x\"]}", fields); },
              "json.type_conflict", "line 1, 'l[]'");
}
