#include "zeroskew/drift/anderson.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>
#include <vector>

#include "drift/outcome.hpp"
#include "drift/runs.hpp"
#include "drift/tied_law.hpp"
#include "zeroskew/detail/math.hpp"

namespace zeroskew {
namespace {

constexpr const char* anderson_name = "anderson";
constexpr double pi = std::numbers::pi;

// P(sum_j chi^2_j / (j (j + 1)) > x), the limit law of A^2, by Smirnov's formula: an alternating
// sum of integrals over the intervals [a_{2k-1}, a_{2k}] between the weights' inverses a_j = j (j +
// 1), where prod_j (1 - u / a_j) = -cos(pi w) / (pi u) with u = w^2 - 1/4. With w = 2k + sin(angle)
// / 2 each integrand is periodic and analytic, so the midpoint rule is exact to rounding.
double limit_sf(double x) {
  if (x < 0.03) return 1.0;
  constexpr int nodes = 96;
  std::array<double, nodes> sine{};
  std::array<double, nodes> weight{};
  for (int i = 0; i < nodes; ++i) {
    const double angle = pi * ((i + 0.5) / nodes - 0.5);
    const auto at = static_cast<std::size_t>(i);
    sine[at] = detail::math::sin(angle);
    weight[at] = detail::math::cos(angle) / std::sqrt(detail::math::cos(0.5 * pi * sine[at]));
  }
  double sum = 0.0;
  for (int k = 1;; ++k) {
    double integral = 0.0;
    for (std::size_t i = 0; i < nodes; ++i) {
      const double w = 2.0 * k + 0.5 * sine[i];
      const double u = w * w - 0.25;
      integral += detail::math::exp(-0.5 * x * u) * w * weight[i] / std::sqrt(u);
    }
    integral *= std::sqrt(pi) / nodes;
    sum += k % 2 != 0 ? integral : -integral;
    if (integral <= 1e-17 * std::fabs(sum)) break;
  }
  return std::clamp(sum, 0.0, 1.0);
}

// Scholz and Stephens' table for two samples: log p is a quadratic in the statistic (least squares
// over their seven points), from p = 0.25 to p = 0.001.
constexpr double table_first = 0.325;
constexpr double table_last = 6.546;

double table_p(double t) {
  return detail::math::exp((0.018198094574111343 * t - 1.0082265644652515) * t - 1.077770279820486);
}

double limit_p(double t) {
  return limit_sf(1.0 + t * std::sqrt(2.0 * (pi * pi - 9.0) / 3.0));
}

double pvalue_of(double t, const std::string& definition) {
  if (definition == "limit") return limit_p(t);
  if (definition == "table") {
    return t < table_first ? 0.25 : t > table_last ? 0.001 : table_p(t);
  }
  if (t < table_first) {
    return 1.0 - (1.0 - limit_p(t)) * (1.0 - table_p(table_first)) / (1.0 - limit_p(table_first));
  }
  if (t > table_last) return limit_p(t) * table_p(table_last) / limit_p(table_last);
  return table_p(t);
}

// The variance of A^2 for two samples (Scholz and Stephens 1987, equation 4).
double variance_of(double n, double m) {
  const double size = n + m;
  const double inverse = 1.0 / n + 1.0 / m;
  double h = 0.0;
  double g = 0.0;
  for (double i = size - 1.0; i >= 2.0; i -= 1.0) {
    h += 1.0 / i;
    g += h / (size - i + 1.0);
  }
  h += 1.0;
  const double a = (4.0 * g - 6.0) + (10.0 - 6.0 * g) * inverse;
  const double b = (2.0 * g - 4.0) * 4.0 + 16.0 * h + (2.0 * g - 14.0 * h - 4.0) * inverse -
                   8.0 * h + 4.0 * g - 6.0;
  const double c = (6.0 * h + 2.0 * g - 2.0) * 4.0 + (4.0 * h - 4.0 * g + 6.0) * 2.0 +
                   (2.0 * h - 6.0) * inverse + 4.0 * h;
  const double d = (2.0 * h + 6.0) * 4.0 - 8.0 * h;
  return (((a * size + b) * size + c) * size + d) / ((size - 1.0) * (size - 2.0) * (size - 3.0));
}

MeasureResult of_runs(const detail::Runs& a, const detail::Runs& b, const MeasureOptions& options) {
  detail::check_options(anderson_name, options);
  const auto& definition = options.definition;
  if (!definition.empty() && definition != "table" && definition != "limit" &&
      definition != "ties") {
    detail::fail_option(anderson_name, "definition", definition, "'', 'table', 'limit' or 'ties'");
  }
  if (auto reason = detail::why_not(a, b); !reason.empty()) {
    return detail::cannot(anderson_name, options, std::move(reason));
  }
  const auto total = a.size + b.size;
  if (total < 4) {
    return detail::cannot(anderson_name, options,
                          "cannot compare, because there are fewer than 4 values");
  }
  std::int64_t before = 0;
  std::int64_t before_a = 0;
  double sum = 0.0;
  int distinct = 0;
  bool tied = false;
  std::vector<detail::TiedStep> steps;
  detail::walk(a, b, [&](double, std::int64_t in_a, std::int64_t in_b) {
    const auto ties = in_a + in_b;
    const auto twice_a = 2 * before_a + in_a;  // doubled midpoints of the steps
    const auto twice_all = 2 * before + ties;
    const auto gap = static_cast<double>(total * twice_a - twice_all * a.size);
    const auto spread = static_cast<double>(twice_all * (2 * total - twice_all) - total * ties);
    if (spread > 0.0) {
      sum += static_cast<double>(ties) * (gap * gap / spread);
      // The term as a multiple of the squared gap between distribution functions.
      const double unit = 2.0 * static_cast<double>(a.size) * static_cast<double>(b.size);
      steps.push_back({static_cast<double>(ties) * (unit * unit / spread),
                       static_cast<double>(before), static_cast<double>(before + ties)});
    }
    tied = tied || ties > 1;
    before += ties;
    before_a += in_a;
    ++distinct;
  });
  if (distinct < 2) {
    return detail::cannot(anderson_name, options, "cannot compare, because all values are equal");
  }
  const auto n = static_cast<double>(a.size);
  const auto m = static_cast<double>(b.size);
  const double size = n + m;
  const double a2 = sum / size * (1.0 / n + 1.0 / m) * (size - 1.0) / size;
  const double t = (a2 - 1.0) / std::sqrt(variance_of(n, m));
  if (definition == "ties") {
    return detail::test_result(anderson_name, options, t, detail::tied_sf(sum, steps, n, m, true),
                               "two-sample Anderson-Darling, midranks, standardised, p-value given "
                               "the ties");
  }
  const std::string how = definition == "limit"   ? "p-value of the limit law"
                          : definition == "table" ? "p-value from the table, capped at its ends"
                                                  : "p-value from the table and the limit law";
  auto result = detail::test_result(anderson_name, options, t, pvalue_of(t, definition),
                                    "two-sample Anderson-Darling, midranks, standardised, " + how);
  if (tied && result.drifted) {
    detail::judge_also(result, detail::tied_sf(sum, steps, n, m, true), "the law given the ties");
  }
  return result;
}

}  // namespace

namespace detail {

MeasureResult anderson_of(const Runs& a, const Runs& b, const MeasureOptions& options) {
  return of_runs(a, b, options);
}

}  // namespace detail

MeasureResult anderson_2samp(std::span<const double> reference, std::span<const double> current,
                             const MeasureOptions& options) {
  return of_runs(detail::Runs::of(reference), detail::Runs::of(current), options);
}

MeasureResult anderson_2samp(const Distribution& reference, const Distribution& current,
                             const MeasureOptions& options) {
  return of_runs(detail::Runs::of(reference), detail::Runs::of(current), options);
}

}  // namespace zeroskew
