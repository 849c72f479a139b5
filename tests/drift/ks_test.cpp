#include "zeroskew/drift/ks.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "drift/golden.hpp"
#include "zeroskew/random/stream.hpp"

TEST_CASE("Kolmogorov-Smirnov agrees with scipy over sizes, ties and methods", "[drift][ks]") {
  zeroskew::MeasureOptions exact;
  exact.method = "exact";
  zeroskew::MeasureOptions asymptotic;
  asymptotic.method = "asymptotic";
  for (const auto& entry : drift_golden::load("two_samples")) {
    const auto x = drift_golden::reference(entry);
    const auto y = drift_golden::current(entry);
    drift_golden::check_test(entry, "ks", zeroskew::ks_2samp(x, y));
    drift_golden::check_test(entry, "ks_exact", zeroskew::ks_2samp(x, y, exact));
    drift_golden::check_test(entry, "ks_asymptotic", zeroskew::ks_2samp(x, y, asymptotic));
  }
}

namespace {

double normal(std::uint64_t row, std::uint64_t side) {
  return zeroskew::Stream({.seed = 11, .step = static_cast<std::uint32_t>(side)}).normal(row);
}

// By the definition: at each value the share of either side up to it.
double gap_by_counting(std::vector<double> x, std::vector<double> y) {
  const auto no_number = [](double value) { return std::isnan(value); };
  std::erase_if(x, no_number);
  std::erase_if(y, no_number);
  std::sort(x.begin(), x.end());
  std::sort(y.begin(), y.end());
  double gap = 0.0;
  for (const auto* side : {&x, &y}) {
    for (const double value : *side) {
      const auto up_to = [value](const std::vector<double>& values) {
        const auto end = std::upper_bound(values.begin(), values.end(), value);
        return static_cast<double>(end - values.begin()) / static_cast<double>(values.size());
      };
      gap = std::max(gap, std::fabs(up_to(x) - up_to(y)));
    }
  }
  return gap;
}

}  // namespace

TEST_CASE("The gap of large samples is exact, whatever their shape", "[drift][ks]") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const std::vector<std::function<double(double)>> shapes = {
      [](double z) { return z; },
      [](double z) { return z * 1e300; },
      [](double z) { return std::exp(4.0 * z); },
      [](double z) { return z < 0.5 ? 0.0 : std::exp(z); },
      [](double z) { return std::round(10.0 * z) / 10.0; },
      [](double z) { return z > 2.0   ? std::nan("")
                            : z > 1.5 ? infinity
                                      : z; },
      [](double z) { return z < 0.0   ? -infinity
                            : z > 3.0 ? 1e300
                                      : 1e-300 * z; },
      [](double z) { return z < 2.4 ? 1e9 : 1e9 + z; },
      [](double z) { return z < 0.0 ? -0.0 : 0.0; },
      [](double) { return std::nan(""); },
  };
  for (std::size_t shape = 0; shape < shapes.size(); ++shape) {
    for (const double shift : {0.0, 0.02}) {
      INFO("shape " << shape << " shift " << shift);
      std::vector<double> x;
      std::vector<double> y;
      for (std::uint64_t i = 0; i < 90'000; ++i) x.push_back(shapes[shape](normal(i, 0)));
      for (std::uint64_t i = 0; i < 60'001; ++i) y.push_back(shapes[shape](normal(i, 1) + shift));
      const auto found = zeroskew::ks_2samp(x, y);
      if (std::isnan(x[0]) && std::isnan(x[1])) {
        CHECK(found.reason.find("cannot compare, because") == 0);
        continue;
      }
      CHECK(found.statistic == Approx(gap_by_counting(x, y)).epsilon(1e-12));
      std::reverse(x.begin(), x.end());
      CHECK(zeroskew::ks_2samp(x, y) == found);
      CHECK(zeroskew::ks_2samp(y, x).statistic == found.statistic);
    }
  }
}
