#include "zeroskew/drift/wasserstein.hpp"

#include "drift/golden.hpp"
#include "zeroskew/drift/energy.hpp"
#include "zeroskew/drift/ks.hpp"

using zeroskew::Distribution;

TEST_CASE("Wasserstein and energy agree with scipy", "[drift][wasserstein]") {
  for (const auto& entry : drift_golden::load("two_samples")) {
    const auto a = Distribution::of_values(drift_golden::reference(entry));
    const auto b = Distribution::of_values(drift_golden::current(entry));
    INFO(entry.dump());
    CHECK(drift_golden::close(zeroskew::wasserstein(a, b).statistic, entry["wasserstein"]));
    CHECK(drift_golden::close(zeroskew::energy(a, b).statistic, entry["energy"], 1e-8));
  }
}

TEST_CASE("cells certify what their values would have given", "[drift][wasserstein][ks]") {
  // The same rows, once exact and once known up to intervals of ten.
  const auto x = drift_golden::sample(3000, 17, 20, 0);
  const auto y = drift_golden::sample(2000, 99, 20, 30);
  const auto coarse = [](const std::vector<double>& values) {
    std::vector<zeroskew::Cell> cells;
    auto exact = Distribution::of_values(values);
    for (const auto& cell : exact.cells) {
      const double lo = std::floor(cell.lo / 10.0) * 10.0;
      if (cells.empty() || cells.back().lo != lo) cells.push_back({lo, lo + 10.0, 0.0});
      cells.back().mass += cell.mass;
    }
    return Distribution::of_cells(cells);
  };
  const auto a = Distribution::of_values(x);
  const auto b = Distribution::of_values(y);
  for (const auto measure : {&zeroskew::wasserstein, &zeroskew::energy}) {
    const auto truth = measure(a, b, {}).statistic;
    const auto result = measure(coarse(x), coarse(y), {});
    CHECK(result.lo <= truth);
    CHECK(truth <= result.hi);
  }
  const auto gap = zeroskew::ks_2samp(a, b).statistic;
  const auto result = zeroskew::ks_2samp(coarse(x), coarse(y));
  CHECK(result.lo <= gap);
  CHECK(gap <= result.hi);
  CHECK(*result.pvalue >= *zeroskew::ks_2samp(x, y).pvalue * 0.99);
}

TEST_CASE("a shift is its own Wasserstein distance, in every unit", "[drift][wasserstein]") {
  const auto x = drift_golden::sample(1000, 17, 1, 0);
  auto y = x;
  for (auto& value : y) value += 64.0;
  const auto a = Distribution::of_values(x);
  const auto b = Distribution::of_values(y);
  CHECK(zeroskew::wasserstein(a, b).statistic == Approx(64.0).epsilon(1e-12));
  zeroskew::MeasureOptions by_std;
  by_std.scale = "std";
  zeroskew::MeasureOptions by_iqr;
  by_iqr.scale = "iqr";
  CHECK(zeroskew::wasserstein(a, b, by_std).statistic < 64.0);
  CHECK(zeroskew::wasserstein(a, b, by_iqr).statistic < 64.0);
}
