#include "zeroskew/drift/ks.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>

#include "drift/distance_functions.hpp"
#include "drift/kolmogorov.hpp"
#include "drift/outcome.hpp"
#include "drift/runs.hpp"

namespace zeroskew {
namespace {

constexpr const char* name = "ks";
constexpr double beyond = std::numeric_limits<double>::quiet_NaN();  // equals no value

// The largest |n m (F - G)|, a whole number.
std::int64_t largest_gap(const detail::Runs& a, const detail::Runs& b) {
  std::int64_t gap = 0;
  std::int64_t difference = 0;
  if (!a.counts.empty() || !b.counts.empty()) {
    detail::walk(a, b, [&](double, std::int64_t in_a, std::int64_t in_b) {
      difference += in_a * b.size - in_b * a.size;
      gap = std::max(gap, std::abs(difference));
    });
    return gap;
  }
  // Which side the next value comes from is a coin's toss, so nothing branches on it: both advance
  // by 0 or 1, and the gap counts where neither goes on with the same value.
  const double* x = a.values.data();
  const double* y = b.values.data();
  const double* const x_end = x + a.values.size();
  const double* const y_end = y + b.values.size();
  double next_x = *x;
  double next_y = *y;
  while (x != x_end && y != y_end) {
    const double value = next_x < next_y ? next_x : next_y;
    const std::int64_t in_x = next_x == value ? 1 : 0;
    const std::int64_t in_y = next_y == value ? 1 : 0;
    difference += (in_x * b.size) - (in_y * a.size);
    x += in_x;
    y += in_y;
    next_x = *(x == x_end ? &beyond : x);
    next_y = *(y == y_end ? &beyond : y);
    const std::int64_t settled = (next_x == value ? 0 : 1) & (next_y == value ? 0 : 1);
    gap = std::max(gap, settled * (difference < 0 ? -difference : difference));
  }
  const double last = x == x_end ? x_end[-1] : y_end[-1];
  for (; x != x_end && *x == last; ++x) difference += b.size;
  for (; y != y_end && *y == last; ++y) difference -= a.size;
  gap = std::max(gap, difference < 0 ? -difference : difference);
  return gap;  // past the end of one side the gap only shrinks
}

double asymptotic(double n, double m, double d) {
  const double effective = std::nearbyint(n * m / (n + m));
  return detail::kolmogorov_one_sample_sf(static_cast<std::int64_t>(std::max(effective, 1.0)), d);
}

MeasureResult ks_of_runs(const detail::Runs& a, const detail::Runs& b,
                         const MeasureOptions& options) {
  constexpr std::int64_t most_exact = 10000;
  const auto gap = largest_gap(a, b);
  const auto n = static_cast<double>(a.size);
  const auto m = static_cast<double>(b.size);
  const double d = static_cast<double>(gap) / (n * m);
  const auto divisor = std::gcd(a.size, b.size);
  bool exact = options.method == "exact" ||
               (options.method == "auto" && std::max(a.size, b.size) <= most_exact);
  if (options.method == "exact" && (a.size / divisor) >= INT32_MAX / (b.size / divisor)) {
    exact = false;
  }
  // Far out in the tail (p below 1e-17) the path count is not worth its n m steps.
  if (options.method == "auto" && n * m > 2e6 && d * d * (n * m / (n + m)) > 20.0) exact = false;
  const double pvalue =
      exact ? detail::kolmogorov_two_sample_sf(a.size, b.size, gap) : asymptotic(n, m, d);
  auto result = detail::test_result(name, options, d, pvalue,
                                    std::string("two-sample Kolmogorov-Smirnov, two-sided, ") +
                                        (exact ? "exact p-value" : "asymptotic p-value"));
  result.threshold =
      options.threshold ? *options.threshold
                        : detail::kolmogorov_quantile(options.alpha) * std::sqrt((n + m) / (n * m));
  if (options.threshold) result.drifted = d > *options.threshold;
  return result;
}

void check(const MeasureOptions& options) {
  detail::check_options(name, options);
  if (options.method != "auto" && options.method != "exact" && options.method != "asymptotic") {
    detail::fail_option(name, "method", options.method, "auto, exact or asymptotic");
  }
}

}  // namespace

MeasureResult ks_2samp(std::span<const double> reference, std::span<const double> current,
                       const MeasureOptions& options) {
  check(options);
  const auto a = detail::Runs::of(reference);
  const auto b = detail::Runs::of(current);
  return detail::ks_of(a, b, options);
}

namespace detail {

double largest_share_gap(const Runs& a, const Runs& b) {
  return static_cast<double>(largest_gap(a, b)) /
         (static_cast<double>(a.size) * static_cast<double>(b.size));
}

MeasureResult ks_of(const Runs& a, const Runs& b, const MeasureOptions& options) {
  if (auto reason = why_not(a, b); !reason.empty()) {
    return cannot(name, options, std::move(reason));
  }
  return ks_of_runs(a, b, options);
}

}  // namespace detail

MeasureResult ks_2samp(const Distribution& reference, const Distribution& current,
                       const MeasureOptions& options) {
  check(options);
  const auto a = detail::Runs::of(reference);
  const auto b = detail::Runs::of(current);
  if (a.reason.empty() && b.reason.empty() && detail::why_not(a, b).empty()) {
    return ks_of_runs(a, b, options);
  }
  if (auto reason = detail::why_not_numbers(reference, current); !reason.empty()) {
    return detail::cannot(name, options, std::move(reason));
  }
  const auto gap = detail::function_gap(reference, current);
  const double n = reference.total();
  const double m = current.total();
  auto result =
      detail::test_result(name, options, gap.value, asymptotic(n, m, gap.lo),
                          "two-sample Kolmogorov-Smirnov over certified cells, two-sided, "
                          "asymptotic p-value of the certified gap");
  result.lo = gap.lo;
  result.hi = gap.hi;
  result.threshold =
      options.threshold ? *options.threshold
                        : detail::kolmogorov_quantile(options.alpha) * std::sqrt((n + m) / (n * m));
  if (options.threshold) result.drifted = gap.value > *options.threshold;
  return result;
}

}  // namespace zeroskew
