#include "zeroskew/detail/special.hpp"

#include <cmath>

#include "detail/special_parts.hpp"

namespace zeroskew::detail::math {
namespace {

// Both tails of the gamma distribution; one of them is computed, the other is what it leaves.
struct Tails {
  double lower;
  double upper;
};

// Temme (1979): for a > 1e10 the first term of the uniform expansion leaves about 1 / a of it.
Tails gamma_tails_of_large(double a, double x) noexcept {
  constexpr double series[] = {-1.0 / 3.0, 1.0 / 12.0, -2.0 / 135.0, 1.0 / 864.0};
  const double half_square = log_deviance((x - a) / a, x / a);
  const double eta = with_sign(std::sqrt(2.0 * half_square), x - a);
  if (a * half_square > 800.0) return x < a ? Tails{0.0, 1.0} : Tails{1.0, 0.0};
  const double z = eta * std::sqrt(0.5 * a);
  const double rest =
      exp(-a * half_square) / std::sqrt(0x1.921fb54442d18p+2 * a) * polynomial(series, eta);
  return {0.5 * erfc(-z) - rest, 0.5 * erfc(z) + rest};
}

Tails gamma_tails(double a, double x) noexcept {
  if (!(a > 0.0 && a < infinity && x >= 0.0)) return {quiet_nan, quiet_nan};
  if (x == 0.0) return {0.0, 1.0};
  if (x == infinity) return {1.0, 0.0};
  if (a > 1e10) return gamma_tails_of_large(a, x);
  const double term = poisson_term(a, x);
  if (x < a || x < 1.0) {
    double sum = 1.0, next = 1.0;
    for (double k = a + 1.0; next > 0x1p-56 * sum; k += 1.0) sum += next *= x / k;
    return {term * sum, 1.0 - term * sum};
  }
  // the continued fraction 6.5.31 of Abramowitz and Stegun, by Lentz's method; all terms positive
  double b = x + 1.0 - a;
  double c = infinity;
  double d = 1.0 / b;
  double fraction = d;
  for (double k = 1.0; k < 1e7; k += 1.0) {
    const double numerator = k * (a - k);
    b += 2.0;
    d = 1.0 / (numerator * d + b);
    c = b + numerator / c;
    fraction *= c * d;
    if (magnitude(c * d - 1.0) < 0x1p-52) break;
  }
  const double upper = a * term * fraction;
  return {1.0 - upper, upper};
}

// x whose lower (or upper) tail is `mass`, by Newton's method on the logarithms of both, kept in a
// bracket.
double gamma_inverse(double a, double mass, bool upper) noexcept {
  const double z = upper ? -normal_quantile(mass) : normal_quantile(mass);
  // Wilson and Hilferty (1931) in the middle, the power law near zero
  const double root = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * std::sqrt(a));
  const double lower_mass = upper ? 1.0 - mass : mass;
  double x = root > 0.3 ? a * root * root * root : exp((log(lower_mass) + log_gamma(a + 1.0)) / a);
  double lo = 0.0, hi = infinity;
  for (int step = 0; step < 200 && x > 0.0; ++step) {
    const Tails tails = gamma_tails(a, x);
    const double tail = upper ? tails.upper : tails.lower;
    const bool low = upper ? tail > mass : tail < mass;
    (low ? lo : hi) = x;
    const double slope = a * poisson_term(a, x) / tail;  // of log(tail) by log(x)
    const double move = log(tail / mass) / slope;
    double next = x * exp(upper ? move : -move);
    if (!(next > lo && next < hi)) {
      next = hi == infinity ? 2.0 * x : (lo == 0.0 ? 0.5 * x : 0.5 * (lo + hi));
    }
    const bool done = magnitude(next - x) <= 0x1p-51 * x;
    x = next;
    if (done || !(hi - lo > 0x1p-52 * lo)) break;
  }
  return x;
}

double chi2_inverse(double mass, double df, bool upper) noexcept {
  if (!(df > 0.0 && df < infinity && mass >= 0.0 && mass <= 1.0)) return quiet_nan;
  if (mass == 0.0) return upper ? infinity : 0.0;
  if (mass == 1.0) return upper ? 0.0 : infinity;
  // the smaller tail keeps its digits
  if (mass > 0.5) return 2.0 * gamma_inverse(0.5 * df, 1.0 - mass, !upper);
  return 2.0 * gamma_inverse(0.5 * df, mass, upper);
}

}  // namespace

double gamma_p(double a, double x) noexcept {
  return gamma_tails(a, x).lower;
}
double gamma_q(double a, double x) noexcept {
  return gamma_tails(a, x).upper;
}

double beta_inc(double a, double b, double x) noexcept {
  if (!(a > 0.0 && b > 0.0 && a < infinity && b < infinity && x >= 0.0 && x <= 1.0)) {
    return quiet_nan;
  }
  return beta_inc_at_odds(a, b, (1.0 - x) / x);
}

double chi2_cdf(double x, double df) noexcept {
  return gamma_p(0.5 * df, x < 0.0 ? 0.0 : 0.5 * x);
}
double chi2_sf(double x, double df) noexcept {
  return gamma_q(0.5 * df, x < 0.0 ? 0.0 : 0.5 * x);
}
double chi2_quantile(double p, double df) noexcept {
  return chi2_inverse(p, df, false);
}
double chi2_isf(double q, double df) noexcept {
  return chi2_inverse(q, df, true);
}

double student_t_sf(double t, double df) noexcept {
  if (is_nan(t) || !(df > 0.0)) return quiet_nan;
  if (df == infinity) return normal_sf(t);
  if (t < 0.0) return 1.0 - student_t_sf(-t, df);
  if (t > 1e100) {  // its square may overflow; here the tail is a power law
    return t == infinity ? 0.0 : student_t_sf(1e100, df) * pow(t / 1e100, -df);
  }
  return 0.5 * beta_inc_at_odds(0.5 * df, 0.5, t / df * t);
}

double f_sf(double f, double df1, double df2) noexcept {
  if (is_nan(f) || !(df1 > 0.0 && df2 > 0.0 && df1 < infinity && df2 < infinity)) return quiet_nan;
  return beta_inc_at_odds(0.5 * df2, 0.5 * df1, f < 0.0 ? 0.0 : f * (df1 / df2));
}

double kolmogorov_cdf(double x) noexcept {
  if (x > 1.0) return 1.0 - kolmogorov_sf(x);
  if (!(x > 0.0)) return is_nan(x) ? x : 0.0;
  constexpr double eighth_pi_squared = 0x1.3bd3cc9be45dep+0;
  constexpr double root_two_pi = 0x1.40d931ff62706p+1;
  const double rate = eighth_pi_squared / x / x;
  double sum = 0.0;
  for (double k = 7.0; k > 0.0; k -= 2.0) sum += exp(-(k * k * rate));
  return root_two_pi / x * sum;
}

double kolmogorov_sf(double x) noexcept {
  if (!(x > 1.0)) return 1.0 - kolmogorov_cdf(x);
  double sum = 0.0;
  for (double k = 5.0; k > 0.0; k -= 1.0) {  // alternating, the smallest first
    const double kx = k * (x < 1e3 ? x : 1e3);
    sum = exp(-2.0 * kx * kx) - sum;
  }
  return 2.0 * sum;
}

}  // namespace zeroskew::detail::math
