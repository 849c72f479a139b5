#include "zeroskew/drift/ks.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>

#include "drift/distance_functions.hpp"
#include "drift/kolmogorov.hpp"
#include "drift/largest_gap.hpp"
#include "drift/outcome.hpp"
#include "drift/runs.hpp"

namespace zeroskew {
namespace {

constexpr const char* ks_name = "ks";
// The largest |n m (F - G)|, a whole number.
std::int64_t largest_gap(const detail::Runs& a, const detail::Runs& b) {
  if (a.counts.empty() && b.counts.empty()) {
    return detail::largest_gap_of_sorted(a.values, b.values, a.size, b.size);
  }
  std::int64_t gap = 0;
  std::int64_t difference = 0;
  detail::walk(a, b, [&](double, std::int64_t in_a, std::int64_t in_b) {
    difference += in_a * b.size - in_b * a.size;
    gap = std::max(gap, std::abs(difference));
  });
  return gap;
}

double asymptotic(double n, double m, double d) {
  const double effective = std::nearbyint(n * m / (n + m));
  return detail::kolmogorov_one_sample_sf(static_cast<std::int64_t>(std::max(effective, 1.0)), d);
}

MeasureResult ks_of_gap(const detail::LargestGap& found, const MeasureOptions& options) {
  constexpr std::int64_t most_exact = 10000;
  const auto gap = found.gap;
  const auto n = static_cast<double>(found.n);
  const auto m = static_cast<double>(found.m);
  const double d = static_cast<double>(gap) / (n * m);
  const auto divisor = std::gcd(found.n, found.m);
  bool exact = options.method == "exact" ||
               (options.method == "auto" && std::max(found.n, found.m) <= most_exact);
  if (options.method == "exact" && (found.n / divisor) >= INT32_MAX / (found.m / divisor)) {
    exact = false;
  }
  // Far out in the tail (p below 1e-17) the path count is not worth its n m steps.
  if (options.method == "auto" && n * m > 2e6 && d * d * (n * m / (n + m)) > 20.0) exact = false;
  const double pvalue =
      exact ? detail::kolmogorov_two_sample_sf(found.n, found.m, gap) : asymptotic(n, m, d);
  auto result = detail::test_result(ks_name, options, d, pvalue,
                                    std::string("two-sample Kolmogorov-Smirnov, two-sided, ") +
                                        (exact ? "exact p-value" : "asymptotic p-value"));
  result.threshold =
      options.threshold ? *options.threshold
                        : detail::kolmogorov_quantile(options.alpha) * std::sqrt((n + m) / (n * m));
  if (options.threshold) result.drifted = d > *options.threshold;
  return result;
}

void check(const MeasureOptions& options) {
  detail::check_options(ks_name, options);
  if (options.method != "auto" && options.method != "exact" && options.method != "asymptotic") {
    detail::fail_option(ks_name, "method", options.method, "auto, exact or asymptotic");
  }
}

}  // namespace

MeasureResult ks_2samp(std::span<const double> reference, std::span<const double> current,
                       const MeasureOptions& options) {
  check(options);
  // Rows that are too many, or none, are what sorting says that they are.
  if (std::max(reference.size(), current.size()) > (std::size_t{1} << 29)) {
    return detail::ks_of(detail::Runs::of(reference), detail::Runs::of(current), options);
  }
  const auto found = detail::largest_gap_of_values(reference, current);
  if (auto reason = detail::why_not_sizes(found.n, found.m); !reason.empty()) {
    return detail::cannot(ks_name, options, std::move(reason));
  }
  return ks_of_gap(found, options);
}

namespace detail {

double largest_share_gap(const Runs& a, const Runs& b) {
  return static_cast<double>(largest_gap(a, b)) /
         (static_cast<double>(a.size) * static_cast<double>(b.size));
}

MeasureResult ks_of(const Runs& a, const Runs& b, const MeasureOptions& options) {
  if (auto reason = why_not(a, b); !reason.empty()) {
    return cannot(ks_name, options, std::move(reason));
  }
  return ks_of_gap({a.size, b.size, largest_gap(a, b)}, options);
}

}  // namespace detail

MeasureResult ks_2samp(const Distribution& reference, const Distribution& current,
                       const MeasureOptions& options) {
  check(options);
  const auto a = detail::Runs::of(reference);
  const auto b = detail::Runs::of(current);
  if (a.reason.empty() && b.reason.empty() && detail::why_not(a, b).empty()) {
    return ks_of_gap({a.size, b.size, largest_gap(a, b)}, options);
  }
  if (auto reason = detail::why_not_numbers(reference, current); !reason.empty()) {
    return detail::cannot(ks_name, options, std::move(reason));
  }
  const auto gap = detail::function_gap(reference, current);
  const double n = reference.total();
  const double m = current.total();
  auto result =
      detail::test_result(ks_name, options, gap.value, asymptotic(n, m, gap.lo),
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
