#include "zeroskew/stats/distinct_sketch.hpp"

#include <cmath>
#include <limits>

namespace zeroskew {
namespace {

// sigma(x) = x + sum over k >= 1 of x^(2^k) 2^(k-1); corrects for registers that are still 0.
double sigma(double x) {
  if (x == 1.0) return std::numeric_limits<double>::infinity();
  double y = 1.0;
  double z = x;
  double previous;
  do {
    x *= x;
    previous = z;
    z += x * y;
    y += y;
  } while (z != previous);
  return z;
}

// tau(x) = (1 - x - sum over k >= 1 of (1 - x^(2^-k))^2 2^-k) / 3; for registers at their end.
double tau(double x) {
  if (x == 0.0 || x == 1.0) return 0.0;
  double y = 1.0;
  double z = 1.0 - x;
  double previous;
  do {
    x = std::sqrt(x);
    previous = z;
    y *= 0.5;
    z -= (1.0 - x) * (1.0 - x) * y;
  } while (z != previous);
  return z / 3.0;
}

}  // namespace

Estimate DistinctSketch::estimate() const {
  std::array<std::uint32_t, highest_rank + 1> histogram{};
  for (const std::uint8_t rank : rank_) ++histogram[rank];
  constexpr double m = registers;
  double z = m * tau(1.0 - histogram[highest_rank] / m);
  for (std::size_t k = highest_rank - 1; k >= 1; --k) z = 0.5 * (z + histogram[k]);
  z += m * sigma(histogram[0] / m);
  // 1 / (2 ln 2), the limit of alpha_m.
  constexpr double alpha = 0.721347520444481703680;
  const double value = std::round(alpha * m * m / z);
  constexpr double margin = 5.0 * 1.04 / 128.0;  // five standard errors
  return {value, std::floor(value / (1.0 + margin)), std::ceil(value / (1.0 - margin)), false};
}

}  // namespace zeroskew
