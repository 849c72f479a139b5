// The way back: inverse(transform(x)) is x, to rounding.

#include <cmath>

#include "support/catch.hpp"
#include "transform/tables.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/pipeline.hpp"

using namespace transform_test;
using zeroskew::FittedPipeline;
using zeroskew::Pipeline;
using zeroskew::Step;

namespace {

bool near(const Value& a, const Value& b, double tolerance) {
  const auto* x = std::get_if<double>(&a);
  const auto* y = std::get_if<double>(&b);
  if (x == nullptr || y == nullptr) return seen(a) == seen(b);
  if (*x != *x || *y != *y) return *x != *x && *y != *y;
  return std::fabs(*x - *y) <= tolerance * std::max(1.0, std::fabs(*x));
}

}  // namespace

TEST_CASE("every step with a way back comes back", "[transform][inverse]") {
  const auto rows = make_rows(600, 3, false);
  const Batch table = make_table(rows);
  const std::vector<std::vector<Step>> pipelines = {
      {Step("standardize", {"f", "i", "u"})},
      {Step("min_max", {"f", "i"}, {{"low", -2.0}})},
      {Step("robust", {"f", "i"})},
      {Step("max_abs", {"f", "i", "u"})},
      {Step("power", "f", {{"lambda", 0.5}})},
      {Step("power", "f", {{"lambda", 0.0}})},
      {Step("power", {"f", "i"})},
      {Step("quantile_rank", "f", {{"quantiles", std::int64_t{1000}}})},
      {Step("gauss_rank", "f", {{"quantiles", std::int64_t{1000}}})},
      {Step("tukey_gh", "f")},
      {Step("tukey_gh", {"f", "i"}, {{"h", 0.1}, {"g", -0.4}})},
      {Step("one_hot", {"s", "i", "b"}, {{"missing", "column"}})},
      {Step("one_hot", {"s", "d"}, {{"unknown", "other"}, {"max_categories", std::int64_t{999}}})},
      {Step("ordinal", {"s", "i", "b", "d"})},
      {Step("vocabulary", {"s", "u"})},
      {Step("rename", {"s", "f"}, {{"to", std::vector<std::string>{"text", "number"}}})},
      {Step("ordinal", "s"), Step("standardize", "s"),
       Step("rename", "s", {{"to", std::vector<std::string>{"z"}}}),
       Step("gaussian_noise", "z", {{"std", 1.0}})},
  };
  for (const auto& steps : pipelines) {
    INFO(steps[0].to_json());
    const FittedPipeline fitted = Pipeline(steps).fit(table);
    const Batch back = fitted.inverse_transform(fitted.transform(table));
    for (std::size_t c = 0; c < fields().size(); ++c) {
      const auto column = back.find(fields()[c].name);
      REQUIRE(column.has_value());
      CHECK(back.columns[*column].type.kind == fields()[c].type.kind);
      std::size_t wrong = 0;
      for (std::int64_t i = 0; i < back.rows; ++i) {
        wrong += !near(cell(back.columns[*column], i), cell(table.columns[c], i), 1e-9);
      }
      INFO(fields()[c].name);
      CHECK(wrong == 0);
    }
  }
}

TEST_CASE("log1p comes back", "[transform][inverse]") {
  const Batch table = make_table(make_rows(100, 3, false));
  const FittedPipeline fitted = Pipeline({Step("log1p", "u")}).fit(table);
  const Batch back = fitted.inverse_transform(fitted.transform(table));
  const auto column = *table.find("u");
  for (std::int64_t i = 0; i < back.rows; ++i) {
    CHECK(seen(cell(back.columns[column], i)) == seen(cell(table.columns[column], i)));
  }
}

TEST_CASE("a step without a way back says so", "[transform][inverse]") {
  const Batch table = make_table(make_rows(100, 3, false));
  for (const Step& step : {Step("clip", "f", {{"lower", 0.0}}),
                           Step("hash_bucket", "s", {{"buckets", std::int64_t{5}}}),
                           Step("standardize", "f", {{"by", "r"}}),
                           Step("gaussian_noise", "f", {{"std", 1.0}, {"always", true}})}) {
    INFO(step.to_json());
    const FittedPipeline fitted = Pipeline({step}).fit(table);
    try {
      (void)fitted.inverse_transform(fitted.transform(table));
      FAIL("no error");
    } catch (const zeroskew::Error& error) {
      CHECK(error.id() == "transform.no_inverse");
    }
  }
}
