#include "detail/special_parts.hpp"

#include <cmath>
#include <cstddef>

#include "zeroskew/detail/special.hpp"

namespace zeroskew::detail::math {
namespace {

constexpr double two_pi = 0x1.921fb54442d18p+2;
constexpr double half_log_two_pi = 0x1.d67f1c864beb5p-1;

// Stirling's series, B_2k / (2k (2k - 1)) over odd powers of a, for a >= 15.
double stirling_series(double a) noexcept {
  constexpr double series[] = {1.0 / 12.0,   -1.0 / 360.0,      1.0 / 1260.0, -1.0 / 1680.0,
                               1.0 / 1188.0, -691.0 / 360360.0, 1.0 / 156.0,  -3617.0 / 122400.0};
  const double inverse = 1.0 / a;
  return inverse * polynomial(series, inverse * inverse);
}

// log Gamma(2 + z), |z| <= 1/2: z (1 - gamma) + the sum over k of (-1)^k (zeta(k) - 1) z^k / k.
double log_gamma_near_two(double z) noexcept {
  constexpr double series[] = {
      0x1.b0ee6072093cep-2,   0x1.4a34cc4a60fa6p-2,  -0x1.13e001a557607p-4,  0x1.51322ac7d8483p-6,
      -0x1.e404fc218f5f2p-8,  0x1.7add6eadb6c30p-9,  -0x1.38ac5c2bf8e08p-10, 0x1.0b36af86396e9p-11,
      -0x1.d3fd4c76d2fc8p-13, 0x1.a127b0f17d65ap-14, -0x1.78de5bd7c81efp-15, 0x1.580dcee66eb02p-16,
      -0x1.3cbc963ce2243p-17, 0x1.2597a39f34aacp-18, -0x1.11b2eb7679541p-19, 0x1.0064cdeb22f0fp-20,
      -0x1.e2600d93cfd2fp-22, 0x1.c76bbb3f07a4dp-23, -0x1.af5a6cbbf8a97p-24, 0x1.99b93c2070b0fp-25,
      -0x1.862c734df3eacp-26, 0x1.7469daccfadcdp-27, -0x1.6434a8447aeadp-28, 0x1.555a877ffd2c3p-29,
      -0x1.47b1679258d0ep-30, 0x1.3b15d2b2fc10cp-31, -0x1.2f69a9fabe3e0p-32, 0x1.24932a337434cp-33};
  return z * polynomial(series, z);
}

}  // namespace

double log_gamma(double x) noexcept {
  if (!(x > 0.0) || x == infinity) return x == 0.0 || x == infinity ? infinity : quiet_nan;
  if (x < 0.5) return (log_gamma_near_two(x) - log1p(x)) - log(x);
  if (x < 1.5) return log_gamma_near_two(x - 1.0) - log1p(x - 1.0);
  if (x >= 15.0) return (x - 0.5) * log(x) - x + (half_log_two_pi + stirling_series(x));
  double factor = 1.0;
  for (; x > 2.5; x -= 1.0) factor *= x - 1.0;
  return log(factor) + log_gamma_near_two(x - 2.0);
}

double log_deviance(double e, double ratio) noexcept {
  if (magnitude(e) > 0.5) return e - log(ratio);
  // with v = e / (2 + e), log(1 + e) = 2 (v + v^3 / 3 + v^5 / 5 + ...) and e - 2 v = e v
  const double v = e / (2.0 + e);
  const double v2 = v * v;
  double sum = 0.0;
  double power = 2.0 * v * v2;
  for (double k = 3.0; magnitude(power) > 0x1p-60 * magnitude(e * v); k += 2.0) {
    sum += power / k;
    power *= v2;
  }
  return e * v - sum;
}

double stirling_error(double a) noexcept {
  if (a >= 15.0) return stirling_series(a);
  return log_gamma(a + 1.0) - (a + 0.5) * log(a) + (a - half_log_two_pi);
}

double poisson_term(double a, double x) noexcept {
  const double deviance = a * log_deviance((x - a) / a, x / a);
  return exp(-(stirling_error(a) + deviance)) / std::sqrt(two_pi * a);
}

double binomial_log_term(double a, double b, double odds) noexcept {
  const double n = a + b;
  const double x = 1.0 / (1.0 + odds);
  const double y = odds < 1.0 ? odds * x : 1.0 / (1.0 + 1.0 / odds);
  const double excess = odds < 1.0 ? x * (b - a * odds) : y * (b / odds - a);  // n x - a
  const double deviance =
      a * log_deviance(excess / a, n / a * x) + b * log_deviance(-excess / b, n / b * y);
  const double errors = stirling_error(n) - stirling_error(a) - stirling_error(b);
  return (errors + 0.5 * log(n / a / b / two_pi)) - deviance;
}

double beta_inc_at_odds(double a, double b, double odds) noexcept {
  if (odds == 0.0) return 1.0;
  if (odds == infinity) return 0.0;
  const bool swapped = odds * (a + 1.0) < b + 1.0;  // past the mean, take the other tail
  const double p = swapped ? b : a;
  const double q = swapped ? a : b;
  const double x = swapped ? odds / (1.0 + odds) : 1.0 / (1.0 + odds);
  const double front = exp(binomial_log_term(a, b, odds)) * (q / (a + b));
  if (front == 0.0) return swapped ? 1.0 : 0.0;
  // the continued fraction 26.5.8 of Abramowitz and Stegun, by Lentz's method
  constexpr double tiny = 0x1p-1000;
  const auto nonzero = [](double v) { return magnitude(v) < tiny ? tiny : v; };
  double c = 1.0;
  double d = 1.0 / nonzero(1.0 - (p + q) * x / (p + 1.0));
  double fraction = d;
  for (double m = 1.0; m < 1e7; m += 1.0) {
    const double even = m * (q - m) * x / ((p + 2.0 * m - 1.0) * (p + 2.0 * m));
    d = 1.0 / nonzero(1.0 + even * d);
    c = nonzero(1.0 + even / c);
    fraction *= d * c;
    const double odd = -(p + m) * (p + q + m) * x / ((p + 2.0 * m) * (p + 2.0 * m + 1.0));
    d = 1.0 / nonzero(1.0 + odd * d);
    c = nonzero(1.0 + odd / c);
    fraction *= d * c;
    if (magnitude(d * c - 1.0) < 0x1p-52) break;
  }
  const double tail = front * fraction;
  return swapped ? 1.0 - tail : tail;
}

}  // namespace zeroskew::detail::math
