#include "zeroskew/monitor/run_length.hpp"

#include <cmath>
#include <cstddef>
#include <vector>

#include "zeroskew/detail/math.hpp"

namespace zeroskew {
namespace {

// The root of an increasing function to the last bits; the bracket is halved until it does not
// move.
template <class Function>
double solve(const Function& f, double lo, double hi, int steps) {
  for (int i = 0; i < steps; ++i) {
    const double middle = 0.5 * (lo + hi);
    if (middle <= lo || middle >= hi) break;
    (f(middle) < 0.0 ? lo : hi) = middle;
  }
  return 0.5 * (lo + hi);
}

// Solves (I - q) x = 1 by elimination and gives x at `at`. The matrix is diagonally dominant, so no
// pivoting is needed.
double expected_visits(std::vector<double>& q, std::size_t n, std::size_t at) {
  std::vector<double> right(n, 1.0);
  for (double& x : q) x = -x;
  for (std::size_t i = 0; i < n; ++i) q[i * n + i] += 1.0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t row = i + 1; row < n; ++row) {
      const double factor = q[row * n + i] / q[i * n + i];
      if (factor == 0.0) continue;
      for (std::size_t j = i + 1; j < n; ++j) q[row * n + j] -= factor * q[i * n + j];
      right[row] -= factor * right[i];
    }
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t j = i + 1; j < n; ++j) right[i] -= q[i * n + j] * right[j];
    right[i] /= q[i * n + i];
  }
  return right[at];
}

}  // namespace

double cusum_run_length(double h, double k, bool two_sided) noexcept {
  const double b = h + 1.166;
  const double y = 2.0 * k * b;
  // (e^y - 1 - y) / (2 k^2), whose limit for small k is b^2.
  const double one =
      y < 1e-4 ? b * b * (1.0 + y / 3.0) : (detail::math::expm1(y) - y) / (2.0 * k * k);
  return two_sided ? 0.5 * one : one;
}

double cusum_threshold(double target, double k, bool two_sided) noexcept {
  const auto excess = [&](double h) { return cusum_run_length(h, k, two_sided) - target; };
  if (excess(0.0) >= 0.0) return 0.0;
  double hi = 1.0;
  while (excess(hi) < 0.0) hi *= 2.0;
  return solve(excess, 0.0, hi, 200);
}

double ewma_run_length(double lambda, double limit) {
  constexpr std::size_t states = 121;
  const double h = limit * std::sqrt(lambda / (2.0 - lambda));
  const double width = 2.0 * h / static_cast<double>(states);
  std::vector<double> q(states * states);
  for (std::size_t i = 0; i < states; ++i) {
    const double from = -h + (static_cast<double>(i) + 0.5) * width;
    const auto below = [&](std::size_t j) {
      const double edge = -h + static_cast<double>(j) * width;
      return detail::math::normal_cdf((edge - (1.0 - lambda) * from) / lambda);
    };
    double last = below(0);
    for (std::size_t j = 0; j < states; ++j) {
      const double next = below(j + 1);
      q[i * states + j] = next - last;
      last = next;
    }
  }
  return expected_visits(q, states, states / 2);
}

double ewma_limit(double target, double lambda) {
  const auto excess = [&](double limit) { return ewma_run_length(lambda, limit) - target; };
  return solve(excess, 0.01, 8.0, 30);
}

}  // namespace zeroskew
