// Under no drift, 5% means 5%: false alarms of every measure on pairs of samples of one
// distribution.
#include <cmath>
#include <map>
#include <random>
#include <string>

#include "support/catch.hpp"
#include "zeroskew/drift/registry.hpp"

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
  constexpr int pairs = 500;
  for (const auto& [n, m] : {std::pair{200, 200}, std::pair{400, 150}, std::pair{60, 2000}}) {
    // Three standard errors above 5%, and what the limit laws may add at these sizes.
    const double most = 0.05 + 3.0 * 0.0097 + (n < 100 ? 0.03 : 0.01);
    for (const auto shape :
         {Shape::normal, Shape::five_values, Shape::zero_inflated, Shape::two_names,
          Shape::five_names, Shape::fifty_names, Shape::rare_names}) {
      std::map<std::string, int> alarms;
      for (int pair = 0; pair < pairs; ++pair) {
        const auto a = source.draw(shape, n);
        const auto b = source.draw(shape, m);
        for (const auto& info : zeroskew::measures()) {
          MeasureOptions options;
          const bool tied = shape == Shape::five_values || shape == Shape::zero_inflated;
          if (tied && (info.name == "cvm" || info.name == "anderson")) options.definition = "ties";
          if (info.name == "epps_singleton") options.definition = "pooled";
          alarms[info.name] += info.run(a, b, options).drifted ? 1 : 0;
        }
      }
      for (const auto& [name, count] : alarms) {
        INFO(name << " at " << n << " v " << m << ", shape " << static_cast<int>(shape));
        CHECK(count <= most * pairs);
      }
    }
  }
}
