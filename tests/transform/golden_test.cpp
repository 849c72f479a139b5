// Agreement with scikit-learn to 1e-12, where the definitions coincide (make_golden.py).

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "support/catch.hpp"
#include "transform/tables.hpp"
#include "zeroskew/transform/pipeline.hpp"

using namespace transform_test;
using Json = nlohmann::json;

namespace {

Json golden() {
  std::ifstream file("golden/transform/sklearn.json");
  return Json::parse(file);
}

template <class T>
Batch one_column(const Json& values, Kind kind, std::size_t hole = 0) {
  zeroskew::RowBuilder builder({{"c", type_of(kind), {}}});
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool missing = hole != 0 && i % hole == 0;
    const Value value = missing ? Value() : Value(values[i].get<T>());
    builder.append(std::span(&value, 1));
  }
  return builder.finish();
}

double number(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  return std::get<double>(value);
}

bool near(double a, double b) {
  return std::fabs(a - b) <= 1e-12 * std::max({1.0, std::fabs(a), std::fabs(b)});
}

}  // namespace

TEST_CASE("numeric steps agree with scikit-learn", "[transform][golden]") {
  const Json file = golden();
  for (const Json& entry : file["cases"]) {
    Json step = entry["settings"];
    step["step"] = entry["step"];
    step["column"] = "c";
    INFO(step.dump());
    const auto fitted = zeroskew::Pipeline({zeroskew::Step::from_json(step.dump())})
                            .fit(one_column<double>(entry["fit"], Kind::floating));
    const Batch made = fitted.transform(
        one_column<double>(file["in"], Kind::floating, entry.value("holes", std::size_t{0})));
    REQUIRE(static_cast<std::size_t>(made.rows) == entry["out"].size());
    for (std::int64_t i = 0; i < made.rows; ++i) {
      const auto expected = entry["out"][static_cast<std::size_t>(i)].get<double>();
      const double got = number(cell(made.columns[0], i));
      INFO("row " << i << " in " << file["in"][static_cast<std::size_t>(i)] << " expected "
                  << expected << " got " << got);
      REQUIRE(near(got, expected));
    }
  }
}

TEST_CASE("category steps agree with scikit-learn", "[transform][golden]") {
  const Json texts = golden()["texts"];
  const Batch fit = one_column<std::string>(texts["fit"], Kind::string);
  const Batch in = one_column<std::string>(texts["in"], Kind::string);
  const Batch hot = zeroskew::Pipeline({zeroskew::Step("one_hot", "c")}).fit(fit).transform(in);
  CHECK(hot.names == texts["names"].get<std::vector<std::string>>());
  const Batch order = zeroskew::Pipeline({zeroskew::Step("ordinal", "c")}).fit(fit).transform(in);
  for (std::size_t i = 0; i < texts["in"].size(); ++i) {
    const auto row = static_cast<std::int64_t>(i);
    CHECK(number(cell(order.columns[0], row)) == texts["ordinal"][i].get<double>());
    for (std::size_t c = 0; c < hot.columns.size(); ++c) {
      CHECK(number(cell(hot.columns[c], row)) == texts["one_hot"][i][c].get<double>());
    }
  }
}
