#include "zeroskew/drift/kuiper.hpp"

#include <cmath>

#include "support/catch.hpp"

namespace {

// Samples 0..n-1 and as many, of which `moved` lie beyond all others: V = moved / n.
double p_of(int n, int moved) {
  std::vector<double> x;
  std::vector<double> y;
  for (int i = 0; i < n; ++i) {
    x.push_back(i);
    y.push_back(i < moved ? n + i : i);
  }
  const auto result = zeroskew::kuiper(x, y);
  REQUIRE(result.statistic == Approx(static_cast<double>(moved) / n).margin(1e-15));
  return *result.pvalue;
}

// The law's other form (Jacobi's identity), which converges where the usual one does not.
double dual_p(double x) {
  const double pi = std::acos(-1.0);
  double sum = 0.0;
  for (int j = 1; j <= 100; ++j) sum += j * j * std::exp(-pi * pi * j * j / (2.0 * x * x));
  return 1.0 - std::sqrt(2.0 * pi) * pi * pi / (x * x * x) * sum;
}

}  // namespace

TEST_CASE("Kuiper's p-value falls from 1 to 0 as the gap grows", "[drift][kuiper]") {
  double last = 1.0;
  for (int moved = 0; moved <= 400; ++moved) {
    const double p = p_of(400, moved);
    CHECK(p <= last + 1e-6);
    last = p;
    const double root = std::sqrt(200.0);
    const double x = (root + 0.155 + 0.24 / root) * moved / 400.0;
    if (moved > 0) CHECK(p == Approx(dual_p(x)).margin(1e-9));
  }
  CHECK(p_of(400, 0) == 1.0);
  CHECK(last < 1e-100);
}
