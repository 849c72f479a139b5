#include "zeroskew/drift/welch_t.hpp"

#include <cmath>

#include "drift/outcome.hpp"
#include "drift/runs.hpp"
#include "drift/sum.hpp"
#include "zeroskew/detail/math.hpp"
#include "zeroskew/detail/special.hpp"

namespace zeroskew {
namespace {

constexpr const char* welch_t_name = "welch_t";

struct Moments {
  double mean = 0.0;
  double error = 0.0;  // variance of the mean: s^2 / n
};

Moments moments_of(const detail::Runs& runs) {
  const auto n = static_cast<double>(runs.size);
  detail::Sum sum;
  for (std::size_t i = 0; i < runs.values.size(); ++i) {
    sum.add(runs.values[i] * static_cast<double>(runs.count(i)));
  }
  const double mean = sum.value() / n;
  detail::Sum squares;
  detail::Sum rest;
  for (std::size_t i = 0; i < runs.values.size(); ++i) {
    const double gap = runs.values[i] - mean;
    const auto count = static_cast<double>(runs.count(i));
    squares.add(gap * gap * count);
    rest.add(gap * count);
  }
  const double correction = rest.value();  // the mean was rounded
  const double variance = (squares.value() - correction * correction / n) / (n - 1.0);
  return {mean + correction / n, variance / n};
}

bool finite(const detail::Runs& runs) {
  return std::isfinite(runs.values.front()) && std::isfinite(runs.values.back());
}

MeasureResult welch_of(const detail::Runs& a, const detail::Runs& b,
                       const MeasureOptions& options) {
  detail::check_options(welch_t_name, options);
  if (auto reason = detail::why_not(a, b, 2); !reason.empty()) {
    return detail::cannot(welch_t_name, options, std::move(reason));
  }
  if (!finite(a) || !finite(b)) {
    return detail::cannot(welch_t_name, options,
                          "cannot compare, because infinite values have no mean");
  }
  const auto x = moments_of(a);
  const auto y = moments_of(b);
  const double error = x.error + y.error;
  if (!std::isfinite(error) || !std::isfinite(x.mean - y.mean)) {
    return detail::cannot(welch_t_name, options, "cannot compare, because the variance overflows");
  }
  if (a.values.front() == a.values.back() && b.values.front() == b.values.back()) {
    return detail::cannot(welch_t_name, options, "cannot compare, because neither side varies");
  }
  if (!(error > 0.0)) {
    return detail::cannot(welch_t_name, options, "cannot compare, because the variance underflows");
  }
  const double t = (x.mean - y.mean) / std::sqrt(error);
  const double share_x = x.error / error;
  const double share_y = y.error / error;
  const double freedom = 1.0 / (share_x * share_x / static_cast<double>(a.size - 1) +
                                share_y * share_y / static_cast<double>(b.size - 1));
  const double pvalue = 2.0 * detail::math::student_t_sf(std::fabs(t), freedom);
  auto result = detail::test_result(welch_t_name, options, t, pvalue,
                                    "Welch's t of reference minus current, two-sided");
  // Few skewed values say little of their own variance: without drift that of both sides together,
  // as if rows had been dealt to the sides, is the better one.
  const auto n = static_cast<double>(a.size);
  const auto m = static_cast<double>(b.size);
  const double gap = x.mean - y.mean;
  const double within = x.error * n * (n - 1.0) + y.error * m * (m - 1.0);
  const double variance = (within + gap * gap * (n * m / (n + m))) / (n + m - 1.0);
  const double z = std::fabs(gap) / std::sqrt(variance * (1.0 / n + 1.0 / m));
  detail::judge_also(result, 2.0 * detail::math::normal_sf(z), "the variance of both sides");
  return result;
}

}  // namespace

MeasureResult welch_t(std::span<const double> reference, std::span<const double> current,
                      const MeasureOptions& options) {
  return welch_of(detail::Runs::of(reference), detail::Runs::of(current), options);
}

MeasureResult welch_t(const Distribution& reference, const Distribution& current,
                      const MeasureOptions& options) {
  return welch_of(detail::Runs::of(reference), detail::Runs::of(current), options);
}

}  // namespace zeroskew
