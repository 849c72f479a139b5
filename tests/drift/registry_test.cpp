// The laws that every measure obeys, by walking the registry.
#include "zeroskew/drift/registry.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <set>

#include "support/catch.hpp"
#include "zeroskew/error.hpp"

using zeroskew::Distribution;
using zeroskew::MeasureInfo;
using zeroskew::MeasureOptions;
using zeroskew::MeasureResult;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

// Pairs of samples of many shapes: continuous, tied, binary, shifted, unequal.
std::vector<std::pair<std::vector<double>, std::vector<double>>> number_pairs() {
  std::mt19937_64 random(11);
  std::normal_distribution<double> normal;
  std::vector<std::pair<std::vector<double>, std::vector<double>>> pairs;
  for (const std::size_t n : {6U, 40U, 900U}) {
    for (const std::size_t m : {9U, 300U}) {
      for (const int shape : {0, 1, 2, 3}) {
        const auto draw = [&](std::size_t size, double shift) {
          std::vector<double> values(size);
          for (auto& value : values) {
            const double z = normal(random) + shift;
            value = shape == 0   ? z
                    : shape == 1 ? std::floor(4.0 * z)
                    : shape == 2 ? (z > 0.0 ? 1.0 : 0.0)
                                 : (random() % 2 == 0 ? 0.0 : z);
          }
          return values;
        };
        auto x = draw(n, 0.0);
        auto y = draw(m, shape == 1 ? 0.7 : 0.1);
        pairs.emplace_back(std::move(x), std::move(y));
      }
    }
  }
  return pairs;
}

// The same rows known up to intervals: what a sketch or an imported histogram gives.
Distribution coarse(const std::vector<double>& values) {
  std::vector<zeroskew::Cell> cells;
  for (const auto& cell : Distribution::of_values(values).cells) {
    const double lo = std::floor(cell.lo * 2.0) / 2.0;
    if (cells.empty() || cells.back().lo != lo) cells.push_back({lo, lo + 0.5, 0.0});
    cells.back().mass += cell.mass;
  }
  return Distribution::of_cells(cells);
}

Distribution labels(const std::vector<double>& values) {
  std::vector<std::string> names;
  for (const double value : values) names.push_back(std::to_string(static_cast<int>(value * 2.0)));
  return Distribution::of_names(names);
}

void check_sane(const MeasureInfo& info, const MeasureResult& result) {
  INFO(info.name << ": " << result.reason << result.definition);
  CHECK(result.name == info.name);
  if (!result.comparable()) {
    CHECK(result.reason.rfind("cannot compare, because", 0) == 0);
    CHECK(std::isnan(result.statistic));
    CHECK_FALSE(result.drifted);
    CHECK_FALSE(result.pvalue.has_value());
    return;
  }
  CHECK_FALSE(result.definition.empty());
  CHECK_FALSE(std::isnan(result.statistic));
  CHECK(result.lo <= result.statistic);
  CHECK(result.statistic <= result.hi);
  if (info.kind == MeasureInfo::Kind::test) {
    REQUIRE(result.pvalue.has_value());
    CHECK(*result.pvalue >= 0.0);
    CHECK(*result.pvalue <= 1.0);
  } else {
    CHECK_FALSE(result.pvalue.has_value());
    CHECK(result.statistic >= 0.0);
  }
}

}  // namespace

TEST_CASE("every measure is named once and documented", "[drift][registry]") {
  std::set<std::string> names;
  for (const auto& info : zeroskew::measures()) {
    INFO(info.name);
    CHECK(names.insert(info.name).second);
    CHECK(info.doc.size() > 10);
    CHECK(info.run != nullptr);
    CHECK((info.labels || info.numbers));
    for (const auto& parameter : info.parameters) {
      INFO(parameter.name);
      CHECK_FALSE(parameter.doc.empty());
      CHECK_FALSE(parameter.range.empty());
      MeasureOptions options;
      const zeroskew::Value value = parameter.type == "float" ? zeroskew::Value(0.25)
                                    : parameter.type == "int" ? zeroskew::Value(std::int64_t{7})
                                    : parameter.type == "bool"
                                        ? zeroskew::Value(false)
                                        : zeroskew::Value(std::string("word"));
      zeroskew::set_option(options, parameter.name, value);
      CHECK_FALSE(options == MeasureOptions{});
      CHECK_THROWS_AS(zeroskew::set_option(options, parameter.name, zeroskew::Value{}),
                      zeroskew::Error);
    }
  }
  CHECK_THROWS_AS(zeroskew::measure_info("kss"), zeroskew::Error);
}

TEST_CASE("numbers: sane, symmetric where claimed, and order leaves no trace",
          "[drift][registry]") {
  std::mt19937_64 random(5);
  for (auto [x, y] : number_pairs()) {
    const auto a = Distribution::of_values(x);
    const auto b = Distribution::of_values(y);
    std::shuffle(x.begin(), x.end(), random);
    std::shuffle(y.begin(), y.end(), random);
    const auto shuffled_a = Distribution::of_values(x);
    const auto shuffled_b = Distribution::of_values(y);
    for (const auto& info : zeroskew::measures()) {
      INFO(info.name << ' ' << x.size() << ' ' << y.size());
      const auto result = info.run(a, b, {});
      check_sane(info, result);
      if (!result.comparable()) continue;
      CHECK(info.run(shuffled_a, shuffled_b, {}) == result);
      const bool same_categories = a.cells.size() + b.cells.size() <= 30;
      const bool binned = info.labels && !same_categories;
      if (info.symmetric && !binned) {
        const auto swapped = info.run(b, a, {});
        CHECK(swapped.statistic == result.statistic);
        CHECK(swapped.pvalue == result.pvalue);
      }
    }
  }
}

TEST_CASE("identical sides: distance 0, and no test alarms", "[drift][registry]") {
  for (const auto& [x, unused] : number_pairs()) {
    for (const auto& side : {Distribution::of_values(x), labels(x), coarse(x)}) {
      for (const auto& info : zeroskew::measures()) {
        const auto result = info.run(side, side, {});
        check_sane(info, result);
        if (!result.comparable()) continue;
        INFO(info.name << ' ' << x.size());
        CHECK_FALSE(result.drifted);
        if (info.kind == MeasureInfo::Kind::distance) {
          CHECK(result.lo == 0.0);
          CHECK(result.statistic < 1e-12);
        } else {
          CHECK(*result.pvalue > 0.9);
        }
      }
    }
  }
}

TEST_CASE("bounds from interval cells contain what the rows give", "[drift][registry]") {
  for (const auto& [x, y] : number_pairs()) {
    for (const auto& info : zeroskew::measures()) {
      if (!info.intervals || info.labels) continue;  // bins of coarse cells are other bins
      const auto truth = info.run(Distribution::of_values(x), Distribution::of_values(y), {});
      const auto result = info.run(coarse(x), coarse(y), {});
      check_sane(info, result);
      if (!result.comparable() || !truth.comparable()) continue;
      INFO(info.name);
      CHECK(result.lo <= truth.statistic * (1.0 + 1e-12));
      CHECK(truth.statistic <= result.hi * (1.0 + 1e-12));
    }
  }
}

TEST_CASE("labels with unnamed mass certify the distance of all of it", "[drift][registry]") {
  std::mt19937_64 random(8);
  for (int round = 0; round < 60; ++round) {
    std::vector<std::pair<std::string, double>> a;
    std::vector<std::pair<std::string, double>> b;
    for (int i = 0; i < 8; ++i) {
      a.emplace_back("v" + std::to_string(i), static_cast<double>(random() % 50));
      b.emplace_back("v" + std::to_string(i), static_cast<double>(random() % 50));
    }
    a[0].second = b[1].second = 60.0;
    const auto whole_a = Distribution::of_counts(a);
    const auto whole_b = Distribution::of_counts(b);
    // A sketch that has forgotten the rarest three names of each side.
    const auto forget = [](Distribution side) {
      std::sort(side.labels.begin(), side.labels.end(),
                [](const auto& p, const auto& q) { return p.mass > q.mass; });
      while (side.labels.size() > 5) {
        side.unnamed += side.labels.back().mass;
        side.labels.pop_back();
      }
      std::sort(side.labels.begin(), side.labels.end(),
                [](const auto& p, const auto& q) { return p.name < q.name; });
      side.exact = side.unnamed == 0.0;
      return side;
    };
    for (const auto* name :
         {"linf", "total_variation", "hellinger", "js_divergence", "js_distance"}) {
      const auto truth = zeroskew::measure(name, whole_a, whole_b).statistic;
      const auto result = zeroskew::measure(name, forget(whole_a), forget(whole_b));
      INFO(name << ' ' << truth << ' ' << result.lo << ' ' << result.hi);
      CHECK(result.lo <= truth * (1.0 + 1e-12));
      CHECK(truth <= result.hi * (1.0 + 1e-12));
    }
  }
}

TEST_CASE("input that cannot be compared says why", "[drift][registry]") {
  const std::vector<std::vector<double>> samples{{},
                                                 {not_a_number},
                                                 {not_a_number, not_a_number},
                                                 {1.0},
                                                 {1.0, 1.0, 1.0, 1.0, 1.0, 1.0},
                                                 {infinity},
                                                 {-infinity, infinity},
                                                 {1.0, infinity, 2.0, 3.0, 4.0, 5.0},
                                                 {1e308, -1e308, 1e308, -1e308, 3.0, 1.0},
                                                 {5e-324, 0.0},
                                                 {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0}};
  std::vector<Distribution> sides{labels({1.0, 2.0}),
                                  labels({1.0}),
                                  Distribution{},
                                  Distribution::of_cells({{0, 1, 0}}),
                                  Distribution::of_cells({{-1e308, 1e308, 7}}),
                                  Distribution::of_cells({{0, 1, 0.25}, {1, 1, 0.5}})};
  for (const auto& sample : samples) sides.push_back(Distribution::of_values(sample, 2));
  for (const auto& a : sides) {
    for (const auto& b : sides) {
      for (const auto& info : zeroskew::measures()) {
        const auto result = info.run(a, b, {});
        check_sane(info, result);
        if (!(a.total() > 0.0) || !(b.total() > 0.0)) CHECK_FALSE(result.comparable());
        const bool kinds_differ = a.total() > 0.0 && b.total() > 0.0 && a.kind != b.kind;
        if (kinds_differ) CHECK_FALSE(result.comparable());
      }
    }
  }
}

TEST_CASE("options that make no sense are errors, whatever the data", "[drift][registry]") {
  const auto side = Distribution::of_values(std::vector<double>{1, 2, 3, 4, 5, 6, 7});
  for (const auto& info : zeroskew::measures()) {
    INFO(info.name);
    for (const double alpha : {0.0, 1.0, -0.1, not_a_number}) {
      MeasureOptions options;
      options.alpha = alpha;
      CHECK_THROWS_AS(info.run(side, side, options), zeroskew::Error);
    }
    for (const auto& parameter : info.parameters) {
      if (parameter.type != "word") continue;
      MeasureOptions options;
      zeroskew::set_option(options, parameter.name, zeroskew::Value(std::string("no such word")));
      CHECK_THROWS_AS(info.run(side, side, options), zeroskew::Error);
    }
  }
}

TEST_CASE("a threshold that is given is the one that decides", "[drift][registry]") {
  const auto a = Distribution::of_values(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8});
  const auto b = Distribution::of_values(std::vector<double>{2, 2, 3, 4, 5, 6, 7, 9});
  for (const auto& info : zeroskew::measures()) {
    if (info.kind == MeasureInfo::Kind::test) continue;
    const auto plain = info.run(a, b, {});
    REQUIRE(plain.comparable());
    MeasureOptions options;
    options.threshold = plain.statistic;
    CHECK_FALSE(info.run(a, b, options).drifted);  // strictly greater
    options.threshold = plain.statistic * 0.99;
    CHECK(info.run(a, b, options).drifted);
  }
}
