// Under no drift, 5% means 5%: false alarms of every measure on pairs of samples of one
// distribution.
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "zeroskew/drift/anderson.hpp"
#include "zeroskew/drift/cvm.hpp"
#include "zeroskew/drift/epps_singleton.hpp"
#include "zeroskew/drift/registry.hpp"
#include "zeroskew/drift/welch_t.hpp"

using zeroskew::Distribution;
using zeroskew::MeasureOptions;

namespace {

enum class Shape {
  normal,
  five_values,
  zero_inflated,
  two_names,
  five_names,
  fifty_names,
  rare_names
};

class Source {
 public:
  Distribution draw(Shape shape, int size) {
    std::vector<double> values(static_cast<std::size_t>(size));
    for (auto& value : values) value = one(shape);
    if (shape <= Shape::zero_inflated) return Distribution::of_values(values);
    std::vector<std::string> names;
    for (const double value : values) names.push_back(std::to_string(static_cast<int>(value)));
    return Distribution::of_names(names);
  }

 private:
  double one(Shape shape) {
    const double z = normal_(random_);
    const double u = static_cast<double>(random_() >> 11) * 0x1p-53;
    switch (shape) {
      case Shape::normal:
        return z;
      case Shape::five_values:
        return std::fmin(4.0, std::fmax(0.0, std::floor(2.0 * z + 2.5)));
      case Shape::zero_inflated:
        return u < 0.6 ? 0.0 : std::fabs(z);
      case Shape::two_names:
        return u < 0.3 ? 1.0 : 0.0;
      case Shape::five_names:
        return std::floor(5.0 * u * u);
      case Shape::fifty_names:
        return std::floor(50.0 * u);
      case Shape::rare_names:
        return std::floor(50.0 * u * u * u);
    }
    return z;
  }

  std::mt19937_64 random_{20240229};
  std::normal_distribution<double> normal_;
};

}  // namespace

TEST_CASE("no measure cries wolf", "[drift][calibration]") {
  Source source;
  constexpr int pairs = 400;
  // Four standard errors above 5%. benchmarks/calibration.py looks 25 times as closely.
  const double most = 0.05 + 4.0 * 0.0109;
  for (const auto& [n, m] : {std::pair{200, 200}, std::pair{60, 2000}}) {
    for (const auto shape :
         {Shape::normal, Shape::five_values, Shape::zero_inflated, Shape::two_names,
          Shape::five_names, Shape::fifty_names, Shape::rare_names}) {
      std::map<std::string, int> alarms;
      for (int pair = 0; pair < pairs; ++pair) {
        const auto a = source.draw(shape, n);
        const auto b = source.draw(shape, m);
        for (const auto& info : zeroskew::measures()) {
          alarms[info.name] += info.run(a, b, {}).drifted ? 1 : 0;
        }
      }
      for (const auto& [name, count] : alarms) {
        INFO(name << " at " << n << " v " << m << ", shape " << static_cast<int>(shape));
        CHECK(count <= most * pairs);
      }
    }
  }
}

TEST_CASE("a test whose law does not hold keeps its p-value and judges by one that does",
          "[drift][calibration]") {
  // Every value many times, sizes far apart: the law without ties would always call this drift.
  std::vector<double> a;
  std::vector<double> b;
  for (int i = 0; i < 60; ++i) a.push_back(i % 5);
  for (int i = 0; i < 2000; ++i) b.push_back(i % 5);
  const auto result = zeroskew::cvm_2samp(a, b);
  CHECK(*result.pvalue < 1e-6);
  CHECK_FALSE(result.drifted);
  CHECK(result.definition.find("given the ties") != std::string::npos);
  MeasureOptions options;
  options.definition = "ties";
  CHECK(*zeroskew::cvm_2samp(a, b, options).pvalue > 0.9);
  // Drift that is there is called so.
  for (double& value : b) value += 1.0;
  CHECK(zeroskew::cvm_2samp(a, b).drifted);
  CHECK(zeroskew::anderson_2samp(a, b).drifted);
  CHECK(zeroskew::epps_singleton(a, b).drifted);
  CHECK(zeroskew::welch_t(a, b).drifted);
}

TEST_CASE("a threshold by dealing rows is a function of the counts", "[drift][calibration]") {
  using Counts = std::vector<std::pair<std::string, double>>;
  const auto a = Distribution::of_counts(Counts{{"a", 40}, {"b", 9}, {"c", 1}});
  const auto b = Distribution::of_counts(Counts{{"a", 70}, {"b", 5}, {"d", 2}});
  for (const char* name : {"linf", "total_variation", "hellinger", "js_divergence", "psi"}) {
    INFO(name);
    const auto once = zeroskew::measure(name, a, b);
    CHECK(once == zeroskew::measure(name, a, b));
    CHECK(once.threshold == zeroskew::measure(name, b, a).threshold);
    CHECK(*once.threshold > 0.0);
  }
}
