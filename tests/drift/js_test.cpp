#include "zeroskew/drift/js.hpp"

#include "drift/golden.hpp"

using zeroskew::Cell;
using zeroskew::Distribution;
using zeroskew::MeasureOptions;

namespace {

Distribution counts(const std::vector<double>& masses) {
  std::vector<std::pair<std::string, double>> named;
  for (std::size_t i = 0; i < masses.size(); ++i) {
    named.emplace_back("c" + std::to_string(i), masses[i]);
  }
  return Distribution::of_counts(named);
}

double tfdv(const Distribution& a, const Distribution& b) {
  MeasureOptions options;
  options.definition = "tfdv";
  return zeroskew::js_divergence(a, b, options).statistic;
}

}  // namespace

TEST_CASE("Jensen-Shannon agrees with scipy, base 2 and e", "[drift][js]") {
  MeasureOptions natural;
  natural.base = 0.0;
  for (const auto& entry : drift_golden::load("tables")) {
    const auto a = counts(entry["a"]);
    const auto b = counts(entry["b"]);
    const double expected = entry["js_distance"][0];
    CHECK(drift_golden::close(zeroskew::js_distance(a, b).statistic, expected));
    CHECK(drift_golden::close(zeroskew::js_divergence(a, b).statistic, expected * expected));
    CHECK(drift_golden::close(zeroskew::js_distance(a, b, natural).statistic,
                              entry["js_distance"][1]));
  }
}

TEST_CASE("TFDV's alignment of histograms", "[drift][js][tfdv]") {
  const auto a = Distribution::of_counts(
      std::vector<std::pair<std::string, double>>{{"a", 70}, {"b", 20}, {"c", 10}});
  const auto b = Distribution::of_counts(
      std::vector<std::pair<std::string, double>>{{"a", 100}, {"b", 40}, {"d", 60}});
  CHECK(tfdv(a, b) == Approx(0.212078746).margin(5e-10));
  CHECK(tfdv(Distribution::of_cells({{0, 4, 30}, {4, 8, 10}}),
             Distribution::of_cells({{0, 2, 5}, {2, 8, 15}})) == Approx(0.048794941).margin(5e-10));
  CHECK(tfdv(Distribution::of_cells({{0, 0, 10}, {0, 10, 30}}),
             Distribution::of_cells({{0, 0, 30}, {0, 10, 10}})) ==
        Approx(0.188721876).margin(5e-10));
  auto with_nan = Distribution::of_cells({{0, 1, 90}});
  with_nan.nan = 10;
  CHECK(tfdv(with_nan, with_nan) == Approx(0.1).margin(1e-15));
  // The native measure leaves NaN to a test of its own.
  CHECK(zeroskew::js_divergence(with_nan, Distribution::of_cells({{0, 1, 7}})).comparable());
}

TEST_CASE("Jensen-Shannon is bounded by what interval cells leave open", "[drift][js]") {
  const auto coarse = Distribution::of_cells({{0, 4, 30}, {4, 8, 10}});
  const auto result =
      zeroskew::js_divergence(Distribution::of_cells({{0, 2, 15}, {2, 8, 5}}), coarse);
  CHECK(result.lo <= result.statistic);
  CHECK(result.statistic <= result.hi);
  CHECK(result.lo < result.hi);
}
