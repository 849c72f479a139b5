#include "transform/steps/joint.hpp"

#include "zeroskew/stats/exact_sum.hpp"

namespace zeroskew::steps {
namespace {

// Calls f(numbers of a row) for each complete row.
template <class F>
void each_row(const FitInput& input, F&& f) {
  std::vector<std::string> names;
  for (const Field& field : input.fields) names.push_back(field.name);
  std::vector<double> row(names.size());
  input.blocks(names, [&](Block& block, std::span<const Slot> slots, std::span<const Field>,
                          const std::uint64_t*) {
    for (std::size_t i = 0; i < block.rows(); ++i) {
      bool complete = true;
      for (std::size_t c = 0; c < row.size(); ++c) {
        row[c] = number_at(block, slots[c], i);
        complete = complete && block.valid(slots[c])[i] != 0 && std::isfinite(row[c]);
      }
      if (complete) f(row);
    }
  });
}

}  // namespace

Joint joint_of(const FitInput& input) {
  const std::size_t n = input.fields.size();
  Joint joint{std::vector<double>(n), Square(n), 0};
  std::vector<ExactSum> sums(n);
  each_row(input, [&](const std::vector<double>& row) {
    for (std::size_t c = 0; c < n; ++c) sums[c].add(row[c]);
    ++joint.rows;
  });
  if (joint.rows == 0) {
    fail_value("transform.no_values", input.fields[0].name,
               "no row has a finite number in every column");
  }
  const auto count = static_cast<double>(joint.rows);
  for (std::size_t c = 0; c < n; ++c) {
    joint.means[c] = finite(sums[c].value() / count, input, "mean");
  }
  std::vector<ExactSum> products(n * n);
  each_row(input, [&](const std::vector<double>& row) {
    for (std::size_t i = 0; i < n; ++i) {
      const double x = row[i] - joint.means[i];
      for (std::size_t j = 0; j <= i; ++j) {
        products[i * n + j].add_product(x, row[j] - joint.means[j]);
      }
    }
  });
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const double value = finite(products[i * n + j].value() / count, input, "covariance");
      joint.covariance.at(i, j) = value;
      joint.covariance.at(j, i) = value;
    }
  }
  return joint;
}

Square cholesky(const Square& matrix) {
  const std::size_t n = matrix.size;
  Square factor(n);
  for (std::size_t j = 0; j < n; ++j) {
    double left = matrix.at(j, j);
    for (std::size_t k = 0; k < j; ++k) left -= factor.at(j, k) * factor.at(j, k);
    // What rounding leaves of a determined column is no direction of its own.
    const bool determined = !(left > 1e-12 * matrix.at(j, j));
    const double root = determined ? 0.0 : std::sqrt(left);
    factor.at(j, j) = root;
    for (std::size_t i = j + 1; i < n && !determined; ++i) {
      double sum = matrix.at(i, j);
      for (std::size_t k = 0; k < j; ++k) sum -= factor.at(i, k) * factor.at(j, k);
      factor.at(i, j) = sum / root;
    }
  }
  return factor;
}

Spectrum spectrum_of(Square a) {
  const std::size_t n = a.size;
  Square v(n);
  for (std::size_t i = 0; i < n; ++i) v.at(i, i) = 1.0;
  for (int sweep = 0; sweep < 60; ++sweep) {
    double off = 0.0;
    double all = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        all += a.at(i, j) * a.at(i, j);
        if (i != j) off += a.at(i, j) * a.at(i, j);
      }
    }
    if (!(off > 1e-32 * all)) break;
    for (std::size_t p = 0; p < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) {
        if (a.at(p, q) == 0.0) continue;
        const double theta = (a.at(q, q) - a.at(p, p)) / (2.0 * a.at(p, q));
        const double size = std::fabs(theta) + std::sqrt(theta * theta + 1.0);
        const double t = (theta < 0.0 ? -1.0 : 1.0) / size;
        const double c = 1.0 / std::sqrt(t * t + 1.0);
        const double s = t * c;
        for (std::size_t k = 0; k < n; ++k) {
          const double x = a.at(k, p);
          const double y = a.at(k, q);
          a.at(k, p) = c * x - s * y;
          a.at(k, q) = s * x + c * y;
        }
        for (std::size_t k = 0; k < n; ++k) {
          const double x = a.at(p, k);
          const double y = a.at(q, k);
          a.at(p, k) = c * x - s * y;
          a.at(q, k) = s * x + c * y;
          const double u = v.at(p, k);
          const double w = v.at(q, k);
          v.at(p, k) = c * u - s * w;
          v.at(q, k) = s * u + c * w;
        }
      }
    }
  }
  std::vector<std::size_t> order(n);
  for (std::size_t i = 0; i < n; ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return a.at(i, i) > a.at(j, j); });
  Spectrum result{std::vector<double>(n), Square(n)};
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t from = order[i];
    result.values[i] = std::max(a.at(from, from), 0.0);
    std::size_t largest = 0;
    for (std::size_t k = 1; k < n; ++k) {
      if (std::fabs(v.at(from, k)) > std::fabs(v.at(from, largest))) largest = k;
    }
    const double sign = v.at(from, largest) < 0.0 ? -1.0 : 1.0;
    for (std::size_t k = 0; k < n; ++k) result.vectors.at(i, k) = sign * v.at(from, k) + 0.0;
  }
  return result;
}

}  // namespace zeroskew::steps
