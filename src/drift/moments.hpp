#pragma once
// Moments of a function of a random count or share.

#include <algorithm>
#include <cmath>

#include "zeroskew/detail/math.hpp"

namespace zeroskew::detail {

// visit(x, weight) for x = mode, mode + 1, ... and downwards, until a weight is below 1e-16 of the
// mode's, which is 1. up(x) is the weight of x + 1 over that of x.
template <class Up, class Visit>
void visit_outwards(double mode, double least, double most, Up&& up, Visit&& visit) {
  visit(mode, 1.0);
  double weight = 1.0;
  for (double x = mode; x < most && weight > 1e-16; x += 1.0) visit(x + 1.0, weight *= up(x));
  weight = 1.0;
  for (double x = mode; x > least && weight > 1e-16; x -= 1.0)
    visit(x - 1.0, weight /= up(x - 1.0));
}

// How many of `rows` rows the first side got, when n + m rows were dealt to sides of n and m.
template <class Visit>
void visit_dealt(double rows, double n, double m, Visit&& visit) {
  const double least = std::max(0.0, rows - m);
  const double most = std::min(rows, n);
  const double mode = std::clamp(std::floor((rows + 1.0) * (n + 1.0) / (n + m + 2.0)), least, most);
  visit_outwards(
      mode, least, most,
      [=](double x) { return (rows - x) * (n - x) / ((x + 1.0) * (m - rows + x + 1.0)); }, visit);
}

// How many of m new values fall between order statistics that span k of n old ones: beta-binomial.
template <class Visit>
void visit_between(double k, double n, double m, Visit&& visit) {
  const double rest = n + 1.0 - k;
  const double mode = k > 1.0 && rest > 1.0
                          ? std::clamp(std::floor((m + 1.0) * (k - 1.0) / (n - 1.0)), 0.0, m)
                          : 0.0;
  visit_outwards(
      mode, 0.0, m, [=](double x) { return (m - x) / (x + 1.0) * (x + k) / (m - x - 1.0 + rest); },
      visit);
}

class Moments {
 public:
  void add(double value, double weight) noexcept {
    total_ += weight;
    first_ += weight * value;
    second_ += weight * value * value;
    third_ += weight * value * value * value;
  }
  [[nodiscard]] double mean() const noexcept { return first_ / total_; }
  [[nodiscard]] double variance() const noexcept {
    return std::max(0.0, second_ / total_ - mean() * mean());
  }
  // The third cumulant.
  [[nodiscard]] double cumulant() const noexcept {
    const double m = mean();
    return third_ / total_ - 3.0 * m * (second_ / total_) + 2.0 * m * m * m;
  }

 private:
  double total_ = 0.0;
  double first_ = 0.0;
  double second_ = 0.0;
  double third_ = 0.0;
};

// visit(G / shape, weight) for a gamma of that shape, at the nodes of the trapezoidal rule in log
// G.
template <class Visit>
void visit_gamma(double shape, Visit&& visit) {
  constexpr int half = 24;
  const double reach = 9.0 / std::sqrt(shape) / half;
  for (int i = -half; i <= half; ++i) {
    const double v = reach * i;
    const double factor = math::exp(v);
    visit(factor, math::exp(shape * (v - factor + 1.0)));
  }
}

}  // namespace zeroskew::detail
