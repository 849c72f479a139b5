#include "drift/symmetric.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "zeroskew/error.hpp"

namespace zeroskew::detail {
namespace {

double length_of(double a, double b) {
  const double big = std::max(std::fabs(a), std::fabs(b));
  const double small = std::min(std::fabs(a), std::fabs(b));
  if (big == 0.0) return 0.0;
  const double ratio = small / big;
  return big * std::sqrt(1.0 + ratio * ratio);
}

// To tridiagonal form: `d` the diagonal, `e` what is below it; v becomes the transformation.
void reduce(std::vector<double>& v, std::vector<double>& d, std::vector<double>& e,
            std::size_t size) {
  const auto at = [&](std::size_t i, std::size_t j) -> double& { return v[i * size + j]; };
  for (std::size_t j = 0; j < size; ++j) d[j] = at(size - 1, j);
  for (std::size_t i = size - 1; i > 0; --i) {
    double scale = 0.0;
    double h = 0.0;
    for (std::size_t k = 0; k < i; ++k) scale += std::fabs(d[k]);
    if (scale == 0.0) {
      e[i] = d[i - 1];
      for (std::size_t j = 0; j < i; ++j) {
        d[j] = at(i - 1, j);
        at(i, j) = at(j, i) = 0.0;
      }
    } else {
      for (std::size_t k = 0; k < i; ++k) {
        d[k] /= scale;
        h += d[k] * d[k];
      }
      double f = d[i - 1];
      double g = f > 0.0 ? -std::sqrt(h) : std::sqrt(h);
      e[i] = scale * g;
      h -= f * g;
      d[i - 1] = f - g;
      for (std::size_t j = 0; j < i; ++j) e[j] = 0.0;
      for (std::size_t j = 0; j < i; ++j) {
        f = d[j];
        at(j, i) = f;
        g = e[j] + at(j, j) * f;
        for (std::size_t k = j + 1; k < i; ++k) {
          g += at(k, j) * d[k];
          e[k] += at(k, j) * f;
        }
        e[j] = g;
      }
      f = 0.0;
      for (std::size_t j = 0; j < i; ++j) {
        e[j] /= h;
        f += e[j] * d[j];
      }
      const double hh = f / (h + h);
      for (std::size_t j = 0; j < i; ++j) e[j] -= hh * d[j];
      for (std::size_t j = 0; j < i; ++j) {
        f = d[j];
        g = e[j];
        for (std::size_t k = j; k < i; ++k) at(k, j) -= f * e[k] + g * d[k];
        d[j] = at(i - 1, j);
        at(i, j) = 0.0;
      }
    }
    d[i] = h;
  }
  for (std::size_t i = 0; i + 1 < size; ++i) {
    at(size - 1, i) = at(i, i);
    at(i, i) = 1.0;
    const double h = d[i + 1];
    if (h != 0.0) {
      for (std::size_t k = 0; k <= i; ++k) d[k] = at(k, i + 1) / h;
      for (std::size_t j = 0; j <= i; ++j) {
        double g = 0.0;
        for (std::size_t k = 0; k <= i; ++k) g += at(k, i + 1) * at(k, j);
        for (std::size_t k = 0; k <= i; ++k) at(k, j) -= g * d[k];
      }
    }
    for (std::size_t k = 0; k <= i; ++k) at(k, i + 1) = 0.0;
  }
  for (std::size_t j = 0; j < size; ++j) {
    d[j] = at(size - 1, j);
    at(size - 1, j) = 0.0;
  }
  at(size - 1, size - 1) = 1.0;
  e[0] = 0.0;
}

void iterate(std::vector<double>& v, std::vector<double>& d, std::vector<double>& e,
             std::size_t size) {
  const auto at = [&](std::size_t i, std::size_t j) -> double& { return v[i * size + j]; };
  for (std::size_t i = 1; i < size; ++i) e[i - 1] = e[i];
  e[size - 1] = 0.0;
  double shift = 0.0;
  double largest = 0.0;
  for (std::size_t l = 0; l < size; ++l) {
    largest = std::max(largest, std::fabs(d[l]) + std::fabs(e[l]));
    std::size_t m = l;
    while (m + 1 < size && std::fabs(e[m]) > 0x1p-52 * largest) ++m;
    for (int round = 0; m > l && std::fabs(e[l]) > 0x1p-52 * largest; ++round) {
      if (round == 100) fail_value("drift.no_convergence", "pca", "eigenvalues do not converge");
      double g = d[l];
      double p = (d[l + 1] - g) / (2.0 * e[l]);
      double r = length_of(p, 1.0);
      if (p < 0.0) r = -r;
      d[l] = e[l] / (p + r);
      d[l + 1] = e[l] * (p + r);
      const double next = d[l + 1];
      double h = g - d[l];
      for (std::size_t i = l + 2; i < size; ++i) d[i] -= h;
      shift += h;
      p = d[m];
      double c = 1.0;
      double c2 = c;
      double c3 = c;
      const double below = e[l + 1];
      double s = 0.0;
      double s2 = 0.0;
      for (std::size_t i = m; i-- > l;) {
        c3 = c2;
        c2 = c;
        s2 = s;
        g = c * e[i];
        h = c * p;
        r = length_of(p, e[i]);
        e[i + 1] = s * r;
        s = e[i] / r;
        c = p / r;
        p = c * d[i] - s * g;
        d[i + 1] = h + s * (c * g + s * d[i]);
        for (std::size_t k = 0; k < size; ++k) {
          h = at(k, i + 1);
          at(k, i + 1) = s * at(k, i) + c * h;
          at(k, i) = c * at(k, i) - s * h;
        }
      }
      p = -s * s2 * c3 * below * e[l] / next;
      e[l] = s * p;
      d[l] = c * p;
    }
    d[l] += shift;
    e[l] = 0.0;
  }
}

}  // namespace

Spectrum spectrum_of(std::vector<double> matrix, std::size_t size) {
  std::vector<double> values(size);
  std::vector<double> below(size);
  if (size == 0) return {};
  reduce(matrix, values, below, size);
  iterate(matrix, values, below, size);
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  Spectrum result{std::vector<double>(size), std::vector<double>(size * size)};
  for (std::size_t j = 0; j < size; ++j) {
    result.values[j] = values[order[j]];
    for (std::size_t i = 0; i < size; ++i) {
      result.vectors[i * size + j] = matrix[i * size + order[j]];
    }
  }
  return result;
}

}  // namespace zeroskew::detail
