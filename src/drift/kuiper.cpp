#include "zeroskew/drift/kuiper.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "drift/outcome.hpp"
#include "drift/runs.hpp"
#include "zeroskew/detail/math.hpp"

namespace zeroskew {
namespace {

constexpr const char* kuiper_name = "kuiper";

// 2 sum_j (4 j^2 x^2 - 1) exp(-2 j^2 x^2); below 0.4 it is 1 to 6 digits and the sum cancels.
double kuiper_sf(double x) {
  if (x < 0.4) return 1.0;
  double sum = 0.0;
  for (int j = 1; j <= 100; ++j) {
    const double square = static_cast<double>(j) * j * x * x;
    const double term = (4.0 * square - 1.0) * detail::math::exp(-2.0 * square);
    sum += term;
    if (j > 1 && term < 1e-18) break;  // the first may be negative
  }
  return 2.0 * sum;
}

MeasureResult kuiper_of(const detail::Runs& a, const detail::Runs& b,
                        const MeasureOptions& options) {
  detail::check_options(kuiper_name, options);
  if (auto reason = detail::why_not(a, b); !reason.empty()) {
    return detail::cannot(kuiper_name, options, std::move(reason));
  }
  std::int64_t difference = 0;
  std::int64_t above = 0;
  std::int64_t below = 0;
  detail::walk(a, b, [&](double, std::int64_t in_a, std::int64_t in_b) {
    difference += in_a * b.size - in_b * a.size;
    above = std::max(above, difference);
    below = std::min(below, difference);
  });
  const auto n = static_cast<double>(a.size);
  const auto m = static_cast<double>(b.size);
  const double v = static_cast<double>(above - below) / (n * m);
  const double root = std::sqrt(n * m / (n + m));
  return detail::test_result(kuiper_name, options, v, kuiper_sf((root + 0.155 + 0.24 / root) * v),
                             "two-sample Kuiper, asymptotic p-value with Stephens' correction");
}

}  // namespace

MeasureResult kuiper(std::span<const double> reference, std::span<const double> current,
                     const MeasureOptions& options) {
  return kuiper_of(detail::Runs::of(reference), detail::Runs::of(current), options);
}

MeasureResult kuiper(const Distribution& reference, const Distribution& current,
                     const MeasureOptions& options) {
  return kuiper_of(detail::Runs::of(reference), detail::Runs::of(current), options);
}

}  // namespace zeroskew
