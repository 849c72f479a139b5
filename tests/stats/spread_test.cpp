#include "zeroskew/stats/spread.hpp"

#include <algorithm>

#include "support/catch.hpp"
#include "support/generate.hpp"
#include "support/golden.hpp"
#include "zeroskew/stats/number_stats.hpp"

using namespace zeroskew;
using test::Generator;

namespace {

double exact_quantile(const std::vector<double>& sorted, double q) {
  std::vector<Spread::Cell> cells;
  for (const double value : sorted) {
    if (!cells.empty() && cells.back().hi == value) {
      ++cells.back().count;
    } else {
      cells.push_back({.lo = value, .hi = value, .count = 1});
    }
  }
  return Spread(std::move(cells)).quantile(q);
}

}  // namespace

TEST_CASE("quantiles of exact values are NumPy's to the bit") {
  for (const auto& example : test::golden("stats/quantiles.json")) {
    NumberStats stats;
    for (const double value : example["values"]) stats.add(value);
    const Spread spread = stats.spread();
    for (std::size_t i = 0; i < example["q"].size(); ++i) {
      const double q = example["q"][i];
      const double expected = test::hex_double(example["quantiles"][i]);
      CHECK(spread.quantile(q) == expected);
      CHECK(spread.quantile_bounds(q) == Bounds{expected, expected});
    }
  }
}

TEST_CASE("the bounds of a sketch contain the exact answers") {
  Generator generate(1);
  for (const int kind : {0, 1, 2, 3, 4}) {
    std::vector<double> values;
    NumberStats stats;
    for (int i = 0; i < 120000; ++i) {
      const double u = generate.uniform();
      const double value = kind == 0   ? generate.normal()
                           : kind == 1 ? 1.0 / (u * u + 1e-9)
                           : kind == 2 ? (u < 0.4 ? 0.0 : generate.uniform())
                           : kind == 3 ? 1e15 + 1e-1 * double(i)
                                       : std::bit_cast<double>(generate.bits() >> 2);
      values.push_back(value);
      stats.add(value);
    }
    REQUIRE(stats.sketch() != nullptr);
    std::sort(values.begin(), values.end());
    const Spread spread = stats.spread();
    CHECK(spread.total() == values.size());
    for (double q = 0.0; q <= 1.0; q += 0.01) {
      const double exact = exact_quantile(values, q);
      const Bounds bounds = spread.quantile_bounds(q);
      INFO(kind << " " << q);
      CHECK(bounds.lo <= exact);
      CHECK(exact <= bounds.hi);
      CHECK(bounds.lo <= spread.quantile(q));
      CHECK(spread.quantile(q) <= bounds.hi);
      const auto below = std::upper_bound(values.begin(), values.end(), exact) - values.begin();
      const Bounds cdf = spread.cdf_bounds(exact);
      const double share = double(below) / double(values.size());
      CHECK(cdf.lo <= share);
      CHECK(share <= cdf.hi);
      // Half a per cent of the rank for ordinary data.
      CHECK(cdf.hi - cdf.lo <= 0.005);
    }
    CHECK(spread.quantile(0.0) == values.front());
    CHECK(spread.quantile(1.0) == values.back());
  }
}

TEST_CASE("zeros are counted apart from what is near them") {
  for (const bool negative : {false, true}) {
    Generator generate(4);
    NumberStats stats;
    std::uint64_t below = 0;
    for (int i = 0; i < 300000; ++i) {
      const double u = generate.uniform();
      const double value = u < 0.6 ? 0.0 : (negative && u < 0.75 ? -u : u * 1e-3);
      below += value < 0.0 ? 1 : 0;
      stats.add(value);
    }
    REQUIRE(stats.sketch() != nullptr);
    const Spread spread = stats.spread();
    CHECK(spread.total() == 300000);
    const double all = double(below + stats.zeros()) / 300000.0;
    CHECK((spread.cdf_bounds(0.0) == Bounds{all, all}));
    CHECK((spread.quantile_bounds(0.5) == Bounds{0.0, 0.0}));
    // The mass at zero is in the bins that zero is in, and nowhere else.
    for (const Spread::Bin& bin : spread.equal_width(10)) {
      CHECK(bin.count.hi - bin.count.lo <= 0.005 * 300000);
    }
  }
}

TEST_CASE("histograms keep every value, with bounds") {
  Generator generate(2);
  NumberStats stats;
  for (int i = 0; i < 100000; ++i) stats.add(generate.normal());
  const Spread spread = stats.spread();
  for (const auto& bins : {spread.equal_width(10), spread.equal_mass(10)}) {
    REQUIRE(bins.size() == 10);
    double sum = 0.0;
    for (const Spread::Bin& bin : bins) {
      CHECK(bin.count.lo <= bin.count.value);
      CHECK(bin.count.value <= bin.count.hi);
      sum += bin.count.value;
    }
    CHECK(sum == Approx(100000.0));
  }
  for (const Spread::Bin& bin : spread.equal_mass(10)) {
    CHECK(bin.count.value == Approx(10000.0).epsilon(0.03));
  }
  CHECK(Spread().equal_width(10).empty());
  CHECK(Spread({{.lo = 3.0, .hi = 3.0, .count = 5}}).equal_width(10).size() == 1);
  CHECK(std::isnan(Spread().quantile(0.5)));
}

TEST_CASE("a frequent value among very many is its own quantile") {
  Generator generate(3);
  std::vector<double> values;
  for (int i = 0; i < 200000; ++i) {
    const double u = generate.uniform();
    values.push_back(u < 0.3 ? 2.5 : u < 0.5 ? 100.0 : 200.0 * generate.uniform());
  }
  for (int round = 0; round < 3; ++round) {
    generate.shuffle(values);
    std::vector<NumberStats> parts(3);
    for (const double value : values) parts[generate.below(3)].add(value);
    NumberStats stats;
    for (const NumberStats& part : parts) stats += part;
    REQUIRE(stats.sketch() != nullptr);
    const Spread spread = stats.spread();
    CHECK(spread.quantile(0.1) == 2.5);
    CHECK(spread.quantile(0.3) == 2.5);
    CHECK(spread.quantile(0.65) == 100.0);
    CHECK(spread.quantile_bounds(0.65).lo <= 100.0);
    CHECK(spread.quantile_bounds(0.65).hi >= 100.0);
  }
}
