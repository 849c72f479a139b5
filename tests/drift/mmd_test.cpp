#include "zeroskew/drift/mmd.hpp"

#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

#include "support/catch.hpp"
#include "support/errors.hpp"
#include "zeroskew/drift/domain_classifier.hpp"
#include "zeroskew/drift/pca_reconstruction.hpp"
#include "zeroskew/drift/sliced_wasserstein.hpp"
#include "zeroskew/random/stream.hpp"

using namespace zeroskew;
using zeroskew::test::error_of;

namespace {

using Measure = MeasureResult (*)(const Points&, const Points&, const PointsOptions&);
struct Named {
  const char* name;
  Measure measure;
};
const std::vector<Named> all{{"mmd", &mmd},
                             {"mmd_linear", &mmd_linear},
                             {"sliced_wasserstein", &sliced_wasserstein},
                             {"pca_reconstruction", &pca_reconstruction},
                             {"domain_classifier", &domain_classifier}};

// Three columns: two that move together, and one of its own.
std::vector<double> draw(std::size_t rows, std::uint64_t seed, double shift = 0.0,
                         double together = 0.9) {
  const Stream stream({.seed = seed});
  std::vector<double> values;
  for (std::uint64_t i = 0; i < rows; ++i) {
    const double x = stream.normal(3 * i);
    const double rest = std::sqrt(1.0 - together * together);
    values.push_back(x + shift);
    values.push_back(together * x + rest * stream.normal(3 * i + 1) + shift);
    values.push_back(stream.normal(3 * i + 2));
  }
  return values;
}

std::vector<double> reversed(const std::vector<double>& values) {
  std::vector<double> rows;
  for (std::size_t i = values.size() / 3; i-- > 0;) {
    rows.insert(rows.end(), values.begin() + static_cast<std::ptrdiff_t>(3 * i),
                values.begin() + static_cast<std::ptrdiff_t>(3 * i + 3));
  }
  return rows;
}

}  // namespace

TEST_CASE("measures of points depend on the rows alone, not on their order", "[drift][points]") {
  const auto x = draw(60, 1);
  const auto y = draw(41, 2, 0.3);
  const auto x_again = reversed(x);
  const auto y_again = reversed(y);
  for (const auto& [name, measure] : all) {
    INFO(name);
    const auto once = measure({x, 3}, {y, 3}, {});
    CHECK(once.comparable());
    CHECK(once == measure({x_again, 3}, {y_again, 3}, {}));
  }
}

TEST_CASE("measures of points find what moved", "[drift][points]") {
  const auto x = draw(600, 3);
  const auto shifted = draw(500, 4, 0.6);
  for (const auto& [name, measure] : all) {
    if (measure == &pca_reconstruction) continue;  // a shift along the components fits them
    INFO(name);
    CHECK(*measure({x, 3}, {shifted, 3}, {}).pvalue < 0.01);
  }
  // The columns no longer move together, and each alone is as it was.
  const auto apart = draw(500, 5, 0.0, 0.0);
  CHECK(*pca_reconstruction({x, 3}, {apart, 3}, {}).pvalue < 0.01);
  CHECK(pca_reconstruction({x, 3}, {apart, 3}, {}).statistic > 1.0);
  CHECK(*mmd({x, 3}, {apart, 3}, {}).pvalue < 0.01);
}

TEST_CASE("measures of points do not cry wolf", "[drift][points][calibration]") {
  constexpr int pairs = 200;
  for (const auto& [name, measure] : all) {
    int alarms = 0;
    for (int pair = 0; pair < pairs; ++pair) {
      const auto seed = static_cast<std::uint64_t>(pair);
      const auto x = draw(60, 1000 + seed);
      const auto y = draw(90, 5000 + seed);
      PointsOptions options;
      options.directions = 8;
      options.permutations = 39;
      options.seed = seed;
      alarms += measure({x, 3}, {y, 3}, options).drifted ? 1 : 0;
    }
    INFO(name);
    CHECK(alarms <= 22);  // 10 expected; more than 22 has a chance below 0.02%
  }
}

TEST_CASE("sketches of parts add up to that of the whole", "[drift][points][mmd]") {
  const auto x = draw(100, 6);
  const std::vector<double> head(x.begin(), x.begin() + 90);
  const std::vector<double> tail(x.begin() + 90, x.end());
  MmdSketch whole(3, 1.5, 32, 9);
  MmdSketch first = whole;
  MmdSketch second = whole;
  whole.update({x, 3});
  first.update({tail, 3});
  second.update({head, 3});
  first += second;
  CHECK(first == whole);
  CHECK(first.rows() == 100);
  CHECK(whole.compare(whole).statistic == 0.0);
  CHECK(*whole.compare(whole).pvalue > 0.99);
  MmdSketch other(3, 2.0, 32, 9);
  CHECK(error_of([&] { whole += other; }).id() == "drift.incompatible");
  CHECK(error_of([&] { (void)whole.compare(other); }).id() == "drift.incompatible");
}

TEST_CASE("random features come near the kernel's own discrepancy", "[drift][points][mmd]") {
  const auto x = draw(80, 7);
  const auto y = draw(70, 8, 0.5);
  const double width = 2.0;
  const auto kernel = [&](const Points& a, const Points& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.rows(); ++i) {
      for (std::size_t j = 0; j < b.rows(); ++j) {
        double square = 0.0;
        for (std::size_t k = 0; k < 3; ++k) {
          square += (a.row(i)[k] - b.row(j)[k]) * (a.row(i)[k] - b.row(j)[k]);
        }
        sum += std::exp(-square / (2.0 * width * width));
      }
    }
    return sum / static_cast<double>(a.rows() * b.rows());
  };
  const Points a{x, 3};
  const Points b{y, 3};
  const double exact = kernel(a, a) + kernel(b, b) - 2.0 * kernel(a, b);
  PointsOptions options;
  options.bandwidth = width;
  options.features = 1024;
  CHECK(mmd(a, b, options).statistic == Approx(exact).epsilon(0.15));
}

TEST_CASE("points that cannot be compared say why", "[drift][points]") {
  const auto x = draw(60, 9);
  std::vector<double> bad = x;
  bad[4] = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> none;
  const std::vector<double> equal(180, 1.0);
  for (const auto& [name, measure] : all) {
    INFO(name);
    for (const auto& wrong : {bad, none}) {
      const auto result = measure({x, 3}, {wrong, 3}, {});
      CHECK(result.reason.rfind("cannot compare, because", 0) == 0);
      CHECK_FALSE(result.drifted);
      CHECK(std::isnan(result.statistic));
    }
    const auto constant = measure({equal, 3}, {equal, 3}, {});
    CHECK_FALSE(constant.drifted);
    CHECK(error_of([&] { (void)measure({x, 3}, {x, 2}, {}); }).id() == "drift.dimensions");
    PointsOptions options;
    options.alpha = 1.5;
    CHECK(error_of([&] { (void)measure({x, 3}, {x, 3}, options); }).id() == "drift.alpha");
  }
  CHECK(error_of([] { MmdSketch sketch(3, 0.0); }).id() == "drift.bandwidth");
  CHECK(error_of([] { MmdSketch sketch(3, 1.0, 7); }).id() == "drift.features");
  MmdSketch sketch(3, 1.0);
  CHECK(error_of([&] { sketch.update({bad, 3}); }).id() == "drift.not_finite");
}

TEST_CASE("A sketch of points is its bytes", "[drift][mmd]") {
  std::vector<double> values;
  for (int i = 0; i < 300; ++i) values.push_back(std::sqrt(i) - (i % 7));
  const std::span<const double> all(values);
  MmdSketch whole(3, 1.5, 16, 9);
  const MmdSketch empty = whole;
  whole.update(Points{all, 3});
  for (const auto& sketch : {whole, empty, MmdSketch()}) {
    const auto bytes = sketch.to_bytes();
    CHECK(MmdSketch::from_bytes(bytes) == sketch);
    for (std::size_t cut = 0; cut < bytes.size(); cut += 5) {
      CHECK(error_of([&] { (void)MmdSketch::from_bytes(std::span(bytes).first(cut)); }).id() ==
            "drift.malformed");
    }
    for (std::size_t at = 0; at < bytes.size(); ++at) {  // another sketch, or an error
      auto other = bytes;
      other[at] ^= 0x55;
      bool same = true;
      (void)error_of([&] { same = MmdSketch::from_bytes(other).to_bytes() == other; });
      CHECK(same);
    }
  }
  // Parts that were written and read add up to the whole, in any order.
  MmdSketch left = empty;
  MmdSketch right = empty;
  left.update(Points{all.first(150), 3});
  right.update(Points{all.subspan(150), 3});
  right += MmdSketch::from_bytes(left.to_bytes());
  CHECK((right.to_bytes() == whole.to_bytes()));
}
