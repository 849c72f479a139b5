#include "drift/kolmogorov.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <numeric>
#include <utility>
#include <vector>

#include "zeroskew/detail/math.hpp"
#include "zeroskew/detail/special.hpp"

namespace zeroskew::detail {
namespace {

constexpr double pi = std::numbers::pi;

using Matrix = std::vector<double>;

Matrix multiply(const Matrix& a, const Matrix& b, std::size_t size) {
  Matrix product(size * size, 0.0);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t k = 0; k < size; ++k) {
      const double scale = a[i * size + k];
      if (scale == 0.0) continue;
      for (std::size_t j = 0; j < size; ++j) product[i * size + j] += scale * b[k * size + j];
    }
  }
  return product;
}

double power(double base, std::int64_t exponent) {
  double result = 1.0;
  for (; exponent > 0; exponent /= 2, base *= base) {
    if (exponent % 2 != 0) result *= base;
  }
  return result;
}

// P(D_n < x) by Durbin's matrix: the middle entry of n!/n^n H^n.
double durbin_cdf(std::int64_t n, double x) {
  const double nx = static_cast<double>(n) * x;
  const double ceiling = std::ceil(nx);
  const auto k = static_cast<std::size_t>(ceiling);
  const double h = ceiling - nx;
  const std::size_t size = 2 * k - 1;
  Matrix step(size * size, 0.0);
  std::vector<double> inverse_factorial(size + 1, 1.0);
  for (std::size_t i = 1; i <= size; ++i) {
    inverse_factorial[i] = inverse_factorial[i - 1] / static_cast<double>(i);
  }
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 1; j < size && j <= i + 1; ++j) {
      step[i * size + j] = inverse_factorial[i + 1 - j];
    }
  }
  for (std::size_t i = 0; i < size; ++i) {
    const auto exponent = static_cast<std::int64_t>(i) + 1;
    double edge = 1.0 - power(h, exponent);
    if (i + 1 == size) {
      edge = 1.0 - 2.0 * power(h, exponent) + power(std::max(2.0 * h - 1.0, 0.0), exponent);
    }
    step[i * size] = edge * inverse_factorial[i + 1];
    step[(size - 1) * size + (size - 1 - i)] = step[i * size];
  }
  Matrix result(size * size, 0.0);
  for (std::size_t i = 0; i < size; ++i) result[i * size + i] = 1.0;
  constexpr int shift = 128;
  const std::size_t middle = (k - 1) * size + (k - 1);
  int exponent = 0;
  int step_exponent = 0;
  for (auto rest = n; rest > 0; rest /= 2) {
    if (rest % 2 != 0) {
      result = multiply(result, step, size);
      exponent += step_exponent;
    }
    if (rest == 1) break;
    step = multiply(step, step, size);
    step_exponent *= 2;
    if (step[middle] > 0x1p128) {
      for (auto& entry : step) entry *= 0x1p-128;
      step_exponent += shift;
    }
  }
  double probability = result[middle];
  for (std::int64_t i = 1; i <= n; ++i) {
    probability = static_cast<double>(i) * probability / static_cast<double>(n);
    if (probability < 0x1p-128) {
      probability *= 0x1p128;
      exponent -= shift;
    }
  }
  return std::clamp(std::ldexp(probability, exponent), 0.0, 1.0);
}

// P(D_n < x) for large n: Pelz and Good's expansion in 1/sqrt(n), in Jacobi theta form.
double pelz_good_cdf(std::int64_t n, double x) {
  const double root = std::sqrt(static_cast<double>(n));
  const double z = root * x;
  const double z2 = z * z;
  const double z4 = z2 * z2;
  const double z6 = z4 * z2;
  const double pi2 = pi * pi;
  const double pi4 = pi2 * pi2;
  const double pi6 = pi4 * pi2;
  const double log_q = -pi2 / 8.0 / z2;
  if (log_q < -708.0) return 0.0;
  const auto terms = static_cast<int>(std::ceil(16.0 * z / pi));
  double k0 = 0.0;
  double k1 = 0.0;
  double k2 = 0.0;
  double k3 = 0.0;
  for (int k = terms; k >= 1; --k) {  // smallest first
    const double odd = 2.0 * k - 1.0;
    const double m2 = odd * odd;
    const double m4 = m2 * m2;
    const double weight = math::exp(log_q * m2);
    k0 += weight;
    k1 += weight * (pi2 / 4.0 * m2 - z2);
    k2 += weight * (6.0 * z6 + 2.0 * z4 + (2.0 * z4 - 5.0 * z2) * pi2 / 4.0 * m2 +
                    pi4 * (1.0 - 2.0 * z2) / 16.0 * m4);
    k3 += weight *
          (-30.0 * z6 - 90.0 * z4 * z4 + pi2 * (135.0 * z4 - 96.0 * z6) / 4.0 * m2 +
           pi4 * (212.0 * z4 - 60.0 * z2) / 16.0 * m4 + pi6 * (5.0 - 30.0 * z2) / 64.0 * m4 * m2);
  }
  double even2 = 0.0;
  double even3 = 0.0;
  for (int k = terms; k >= 1; --k) {
    const double square = static_cast<double>(k) * k;
    const double weight = square * math::exp(-pi2 / 2.0 / z2 * square);
    even2 += weight;
    even3 += weight * (3.0 * z2 - pi2 * square);
  }
  const double root_2pi = std::sqrt(2.0 * pi);
  k0 *= root_2pi / z;
  k1 *= root_2pi / (6.0 * z4);
  k2 = root_2pi * (k2 / (72.0 * z6 * z) - pi2 * even2 / (36.0 * z2 * z));
  k3 = root_2pi * (k3 / (6480.0 * z6 * z4) + pi2 * even3 / (216.0 * z6));
  const double size = static_cast<double>(n);
  return std::clamp(k0 + k1 / root + k2 / size + k3 / (size * root), 0.0, 1.0);
}

// log(n!) to 1e-16 of its size: the product while it is small, Stirling's series beyond.
double log_factorial(double n) {
  if (n < 16.0) {
    double product = 1.0;
    for (double i = 2.0; i <= n; i += 1.0) product *= i;
    return math::log(product);
  }
  const double r = 1.0 / n;
  const double r2 = r * r;
  const double series =
      r *
      (1.0 / 12.0 - r2 * (1.0 / 360.0 - r2 * (1.0 / 1260.0 - r2 * (1.0 / 1680.0 - r2 / 1188.0))));
  return (n + 0.5) * math::log(n) - n + 0.91893853320467274178 + series;
}

// P(D_n^+ >= x), one-sided.
double smirnov_sf(std::int64_t n, double x) {
  const double size = static_cast<double>(n);
  if (n > 20000) {
    // The sum's expansion (Gnedenko, Koroljuk, Skorohod 1960); the next term is O(1/n^2).
    const double z = x * std::sqrt(size);
    const double z2 = z * z;
    const double series =
        1.0 - 2.0 * z / (3.0 * std::sqrt(size)) + 2.0 * z2 / (3.0 * size) * (1.0 - 2.0 * z2 / 3.0) +
        4.0 * z / (9.0 * size * std::sqrt(size)) * (0.2 - 19.0 * z2 / 15.0 + 2.0 * z2 * z2 / 3.0);
    return std::clamp(math::exp(-2.0 * z2) * series, 0.0, 1.0);
  }
  const double log_n = log_factorial(size);
  double sum = 0.0;
  for (std::int64_t i = 0; i <= n; ++i) {
    const double j = static_cast<double>(i);
    const double below = x + j / size;
    const double above = 1.0 - below;
    if (above < 0.0 || (above == 0.0 && i < n)) break;
    const double tail = i == n ? 0.0 : (size - j) * math::log(above);
    sum += math::exp(log_n - log_factorial(j) - log_factorial(size - j) +
                     (j - 1.0) * math::log(below) + tail);
  }
  return std::clamp(x * sum, 0.0, 1.0);
}

// Equal sizes: reflections, in Horner's form so that nothing cancels.
double equal_sizes_sf(std::int64_t n, std::int64_t h) {
  double probability = 0.0;
  for (auto k = n / h; k >= 0; --k) {
    double factor = 1.0;
    for (std::int64_t j = 0; j < h; ++j) {
      factor = static_cast<double>(n - k * h - j) * factor / static_cast<double>(n + k * h + j + 1);
    }
    probability = factor * (1.0 - probability);
  }
  return std::clamp(2.0 * probability, 0.0, 1.0);
}

}  // namespace

double kolmogorov_one_sample_sf(std::int64_t n, double x) {
  if (x >= 1.0) return 0.0;
  const double size = static_cast<double>(n);
  const double nx = size * x;
  if (nx <= 0.5) return 1.0;
  if (nx <= 1.0) {  // Ruben and Gambino
    double cdf = 1.0;
    for (std::int64_t i = 1; i <= n && cdf > 0.0; ++i) {
      cdf *= static_cast<double>(i) / size * (2.0 * nx - 1.0);
    }
    return std::clamp(1.0 - cdf, 0.0, 1.0);
  }
  if (nx >= size - 1.0) return std::clamp(2.0 * power(1.0 - x, n), 0.0, 1.0);
  if (x >= 0.5) return std::clamp(2.0 * smirnov_sf(n, x), 0.0, 1.0);
  const double nx2 = nx * x;
  if (n <= 140) {
    return nx2 <= 4.0 ? 1.0 - durbin_cdf(n, x) : std::clamp(2.0 * smirnov_sf(n, x), 0.0, 1.0);
  }
  if (nx2 >= 370.0) return 0.0;
  if (nx2 >= 2.2) return std::clamp(2.0 * smirnov_sf(n, x), 0.0, 1.0);
  if (n <= 100000 && nx * std::sqrt(x) <= 1.4) return 1.0 - durbin_cdf(n, x);
  return 1.0 - pelz_good_cdf(n, x);
}

double kolmogorov_two_sample_sf(std::int64_t n, std::int64_t m, std::int64_t gap) {
  if (gap <= 0) return 1.0;
  const auto divisor = std::gcd(n, m);
  if (n == m) return equal_sizes_sf(n, (gap + divisor - 1) / divisor);
  if (n < m) std::swap(n, m);
  // outside[j]: of all paths to (i, j), the share that has touched the boundary. The last step came
  // from (i - 1, j) with probability i / (i + j), else from (i, j - 1): sums of positive terms.
  std::vector<double> outside(static_cast<std::size_t>(m) + 1, 1.0);
  std::vector<double> inverse(static_cast<std::size_t>(n + m) + 1, 0.0);
  for (std::int64_t i = 1; i <= n + m; ++i) {
    inverse[static_cast<std::size_t>(i)] = 1.0 / static_cast<double>(i);
  }
  for (std::int64_t i = 0; i <= n; ++i) {
    // Inside where |i*m - j*n| < gap.
    const auto below = i * m - gap;
    const auto first = below < 0 ? std::int64_t{0} : below / n + 1;
    const auto last = std::min(m, (i * m + gap - 1) / n);
    double left = 1.0;
    if (first > 0) outside[static_cast<std::size_t>(first - 1)] = 1.0;
    for (auto j = first; j <= last; ++j) {
      auto& here = outside[static_cast<std::size_t>(j)];
      if (i + j == 0) {
        here = 0.0;
      } else {
        const double r = inverse[static_cast<std::size_t>(i + j)];
        here = static_cast<double>(i) * r * here + static_cast<double>(j) * r * left;
      }
      left = here;
    }
    if (first > last) return 1.0;
  }
  return std::clamp(outside[static_cast<std::size_t>(m)], 0.0, 1.0);
}

double kolmogorov_quantile(double alpha) {
  if (alpha <= 0.5) {
    // alpha / 2 = y - y^4 + y^9 - y^16 + ... for y = exp(-2 x^2), by iteration.
    double y = 0.5 * alpha;
    for (int step = 0; step < 40; ++step) {
      const double y2 = y * y;
      const double y4 = y2 * y2;
      const double y9 = y4 * y4 * y;
      y = 0.5 * alpha + y4 - y9 + y9 * y4 * y2 * y - y9 * y9 * y4 * y2 * y;
    }
    return std::sqrt(-0.5 * math::log(y));
  }
  double low = 0.0;
  double high = 40.0;
  for (int step = 0; step < 80; ++step) {
    const double middle = 0.5 * (low + high);
    (math::kolmogorov_sf(middle) > alpha ? low : high) = middle;
  }
  return high;
}

}  // namespace zeroskew::detail
