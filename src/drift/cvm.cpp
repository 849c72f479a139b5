#include "zeroskew/drift/cvm.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "drift/outcome.hpp"
#include "drift/runs.hpp"
#include "drift/sum.hpp"
#include "drift/tied_law.hpp"
#include "zeroskew/detail/math.hpp"

namespace zeroskew {
namespace {

using detail::int128;

constexpr const char* cvm_name = "cvm";
constexpr double pi = std::numbers::pi;

// exp(q) K_{1/4}(q) times exp(-2q): the integral of exp(-q (1 + cosh t)) cosh(t/4) over t > 0, by
// the trapezoidal rule, whose error here is below 1e-17.
double scaled_bessel_quarter(double q) {
  constexpr double step = 0.2;
  double sum = 0.0;
  for (int i = 0;; ++i) {
    const double t = step * i;
    const double exponent = q * (1.0 + detail::math::cosh(t));
    const double term = detail::math::exp(-exponent) * detail::math::cosh(0.25 * t);
    sum += i == 0 ? 0.5 * term : term;
    if (exponent > 2.0 * q + 45.0) break;
  }
  return step * sum;
}

// The limit law (Csorgo and Faraway 1996, 1.2). A term below 1e-7 is the last; what is left out is
// positive, so the p-value errs on the safe side.
double limit_sf(double x) {
  if (x < 0.003) return 1.0;
  double cdf = 0.0;
  double gamma_ratio = std::sqrt(pi);  // Gamma(k + 1/2) / Gamma(k + 1)
  for (int k = 0;; ++k) {
    if (k > 0) gamma_ratio *= (k - 0.5) / k;
    const double y = 4.0 * k + 1.0;
    const double term = gamma_ratio / (pi * std::sqrt(pi) * std::sqrt(x)) * std::sqrt(y) *
                        scaled_bessel_quarter(y * y / (16.0 * x));
    cdf += term;
    if (term < 1e-7) break;
  }
  return std::max(0.0, 1.0 - cdf);
}

using Frequencies = std::vector<std::pair<std::int64_t, double>>;  // by value, ascending

Frequencies merged(const Frequencies& a, const Frequencies& b, std::int64_t shift) {
  Frequencies result;
  result.reserve(a.size() + b.size());
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (j == b.size() || (i < a.size() && a[i].first < b[j].first)) {
      result.push_back(a[i++]);
    } else if (i == a.size() || b[j].first < a[i].first) {
      result.push_back(b[j++]);
    } else {
      result.emplace_back(a[i].first, a[i].second + b[j].second);
      ++i;
      ++j;
    }
    result.back().first += shift;
  }
  return result;
}

// The share of arrangements whose statistic reaches zeta (Xiao, Gordon and Yakovlev 2006).
double exact_sf(std::int64_t n, std::int64_t m, std::int64_t zeta) {
  const auto multiple = std::lcm(n, m);
  const auto a = multiple / n;
  const auto b = multiple / m;
  std::vector<Frequencies> row(static_cast<std::size_t>(n) + 1);
  row[0] = {{0, 1.0}};
  for (std::int64_t u = 0; u <= m; ++u) {
    Frequencies left;
    for (std::int64_t v = 0; v <= n; ++v) {
      const auto gap = a * v - b * u;
      left = merged(left, row[static_cast<std::size_t>(v)], gap * gap);
      row[static_cast<std::size_t>(v)] = left;
    }
  }
  double reached = 0.0;
  double all = 0.0;
  for (const auto& [value, count] : row.back()) {
    all += count;
    if (value >= zeta) reached += count;
  }
  return reached / all;
}

int128 floor_division(int128 a, int128 b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

// n m / N^2 times the sum over pooled rows of (F - G)^2, judged given the ties.
MeasureResult with_ties(const detail::Runs& a, const detail::Runs& b,
                        const MeasureOptions& options) {
  const auto n = static_cast<double>(a.size);
  const auto m = static_cast<double>(b.size);
  const double total = n + m;
  std::int64_t before = 0;
  std::int64_t difference = 0;
  detail::Sum sum;
  std::vector<detail::TiedStep> steps;
  detail::walk(a, b, [&](double, std::int64_t in_a, std::int64_t in_b) {
    const auto ties = in_a + in_b;
    difference += in_a * b.size - in_b * a.size;
    const double gap = static_cast<double>(difference) / (n * m);
    const double weight = n * m / (total * total) * static_cast<double>(ties);
    sum.add(weight * gap * gap);
    steps.push_back({weight, static_cast<double>(before), static_cast<double>(before + ties)});
    before += ties;
  });
  return detail::test_result(cvm_name, options, sum.value(),
                             detail::tied_sf(sum.value(), steps, n, m, false),
                             "two-sample Cramer-von Mises over distinct values, p-value given the "
                             "ties");
}

MeasureResult cvm_of(const detail::Runs& a, const detail::Runs& b, const MeasureOptions& options) {
  detail::check_options(cvm_name, options);
  if (options.method != "auto" && options.method != "exact" && options.method != "asymptotic") {
    detail::fail_option(cvm_name, "method", options.method, "auto, exact or asymptotic");
  }
  if (auto reason = detail::why_not(a, b, 2); !reason.empty()) {
    return detail::cannot(cvm_name, options, std::move(reason));
  }
  if (options.definition == "ties") return with_ties(a, b, options);
  if (!options.definition.empty()) {
    detail::fail_option(cvm_name, "definition", options.definition, "'' or 'ties'");
  }
  // With doubled midranks: 4 U = n sum (2 r_i - 2 i)^2 + m sum (2 s_j - 2 j)^2, whole numbers. In a
  // group of t equal values after `before` pooled and `own` of its side, 2 r - 2 i falls by 2 from
  // its first member to its last.
  int128 sum_a = 0;
  int128 sum_b = 0;
  std::int64_t before = 0;
  std::int64_t before_a = 0;
  std::int64_t before_b = 0;
  bool tied = false;
  const auto squares = [](int128 first, std::int64_t count) {
    // sum over i < count of (first - 2 i)^2
    const int128 c = count;
    return c * first * first - 2 * first * c * (c - 1) + 2 * c * (c - 1) * (2 * c - 1) / 3;
  };
  detail::walk(a, b, [&](double, std::int64_t in_a, std::int64_t in_b) {
    const int128 twice_midrank = 2 * static_cast<int128>(before) + in_a + in_b + 1;
    sum_a += squares(twice_midrank - 2 * (before_a + 1), in_a);
    sum_b += squares(twice_midrank - 2 * (before_b + 1), in_b);
    before_a += in_a;
    before_b += in_b;
    before += in_a + in_b;
    tied = tied || in_a + in_b > 1;
  });
  const int128 four_u = a.size * sum_a + b.size * sum_b;
  const int128 pairs = static_cast<int128>(a.size) * b.size;
  const int128 total = a.size + b.size;
  const int128 numerator = 6 * four_u - 4 * pairs * (4 * pairs - 1);  // of T, over 24 pairs total
  const double t = static_cast<double>(numerator) / static_cast<double>(24 * pairs * total);
  const auto judged = [&](MeasureResult result) {
    if (tied)
      detail::judge_also(result, *with_ties(a, b, options).pvalue, "the law given the ties");
    return result;
  };
  const int128 multiple = std::lcm(a.size, b.size);
  const bool affordable = pairs * multiple * multiple * total < 6'000'000'000;
  if ((options.method == "auto" && std::max(a.size, b.size) <= 20) ||
      (options.method == "exact" && affordable)) {
    const auto zeta = floor_division(multiple * multiple * total * numerator, 24 * pairs * pairs);
    return judged(detail::test_result(cvm_name, options, t,
                                      exact_sf(a.size, b.size, static_cast<std::int64_t>(zeta)),
                                      "two-sample Cramer-von Mises T, exact p-value"));
  }
  const double k = static_cast<double>(pairs);
  const double size = static_cast<double>(total);
  const double n = static_cast<double>(a.size);
  const double m = static_cast<double>(b.size);
  const double mean = (1.0 + 1.0 / size) / 6.0;
  const double variance = (size + 1.0) * (4.0 * k * size - 3.0 * (n * n + m * m) - 2.0 * k) /
                          (45.0 * size * size * 4.0 * k);
  return judged(detail::test_result(cvm_name, options, t,
                                    limit_sf(1.0 / 6.0 + (t - mean) / std::sqrt(45.0 * variance)),
                                    "two-sample Cramer-von Mises T, asymptotic p-value"));
}

}  // namespace

MeasureResult cvm_2samp(std::span<const double> reference, std::span<const double> current,
                        const MeasureOptions& options) {
  return cvm_of(detail::Runs::of(reference), detail::Runs::of(current), options);
}

MeasureResult cvm_2samp(const Distribution& reference, const Distribution& current,
                        const MeasureOptions& options) {
  return cvm_of(detail::Runs::of(reference), detail::Runs::of(current), options);
}

}  // namespace zeroskew
