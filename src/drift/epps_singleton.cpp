#include "zeroskew/drift/epps_singleton.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>

#include "drift/outcome.hpp"
#include "drift/runs.hpp"
#include "zeroskew/detail/math.hpp"
#include "zeroskew/detail/special.hpp"

namespace zeroskew {
namespace {

constexpr const char* epps_singleton_name = "epps_singleton";
constexpr std::size_t size = 4;  // cos and sin at two points
using Vector = std::array<double, size>;
using Matrix = std::array<Vector, size>;

// The pooled sample's value of rank `rank` (from 0), for the quartiles.
class Pooled {
 public:
  Pooled(const detail::Runs& a, const detail::Runs& b) : a_(a), b_(b) {}

  // Linear between order statistics, as in Hyndman and Fan's type 7.
  [[nodiscard]] double quantile(double q) const {
    const double position = q * static_cast<double>(a_.size + b_.size - 1);
    const double floor = std::floor(position);
    const auto [below, above] = ranked(static_cast<std::int64_t>(floor));
    return below + (above - below) * (position - floor);
  }

 private:
  [[nodiscard]] std::pair<double, double> ranked(std::int64_t rank) const {
    std::int64_t before = 0;
    std::pair<double, double> found{0.0, 0.0};
    int state = 0;
    detail::walk(a_, b_, [&](double value, std::int64_t in_a, std::int64_t in_b) {
      const auto after = before + in_a + in_b;
      if (state == 0 && rank < after) {
        found = {value, value};
        state = rank + 1 < after ? 2 : 1;
      } else if (state == 1) {
        found.second = value;
        state = 2;
      }
      before = after;
    });
    return found;
  }

  const detail::Runs& a_;
  const detail::Runs& b_;
};

struct Side {
  Vector mean{};
  Matrix covariance{};  // divided by n
};

Vector wave_of(double value, double scale) {
  const double near = 0.4 / scale * value;
  const double far = 0.8 / scale * value;
  return {detail::math::cos(near), detail::math::cos(far), detail::math::sin(near),
          detail::math::sin(far)};
}

Side side_of(const detail::Runs& runs, double scale) {
  const auto n = static_cast<double>(runs.size);
  Side side;
  for (std::size_t k = 0; k < runs.values.size(); ++k) {
    const auto wave = wave_of(runs.values[k], scale);
    for (std::size_t i = 0; i < size; ++i)
      side.mean[i] += wave[i] * static_cast<double>(runs.count(k));
  }
  for (auto& mean : side.mean) mean /= n;
  for (std::size_t k = 0; k < runs.values.size(); ++k) {
    const auto wave = wave_of(runs.values[k], scale);
    const auto count = static_cast<double>(runs.count(k));
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < size; ++j) {
        side.covariance[i][j] += (wave[i] - side.mean[i]) * (wave[j] - side.mean[j]) * count;
      }
    }
  }
  for (auto& row : side.covariance) {
    for (auto& entry : row) entry /= n;
  }
  return side;
}

// Jacobi rotations: the eigenvalues end on the diagonal, the eigenvectors in the columns.
Matrix diagonalise(Matrix& matrix) {
  Matrix vectors{};
  for (std::size_t i = 0; i < size; ++i) vectors[i][i] = 1.0;
  for (int sweep = 0; sweep < 30; ++sweep) {
    for (std::size_t p = 0; p + 1 < size; ++p) {
      for (std::size_t q = p + 1; q < size; ++q) {
        if (matrix[p][q] == 0.0) continue;
        const double ratio = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
        const double tangent =
            (ratio >= 0.0 ? 1.0 : -1.0) / (std::fabs(ratio) + std::sqrt(ratio * ratio + 1.0));
        const double cosine = 1.0 / std::sqrt(tangent * tangent + 1.0);
        const double sine = tangent * cosine;
        for (std::size_t k = 0; k < size; ++k) {
          const double first = matrix[k][p];
          const double second = matrix[k][q];
          matrix[k][p] = cosine * first - sine * second;
          matrix[k][q] = sine * first + cosine * second;
        }
        for (std::size_t k = 0; k < size; ++k) {
          const double first = matrix[p][k];
          const double second = matrix[q][k];
          matrix[p][k] = cosine * first - sine * second;
          matrix[q][k] = sine * first + cosine * second;
          const double left = vectors[k][p];
          const double right = vectors[k][q];
          vectors[k][p] = cosine * left - sine * right;
          vectors[k][q] = sine * left + cosine * right;
        }
      }
    }
  }
  return vectors;
}

MeasureResult epps_of(const detail::Runs& a, const detail::Runs& b, const MeasureOptions& options) {
  detail::check_options(epps_singleton_name, options);
  const bool pooled_covariance = options.definition == "pooled";
  if (!options.definition.empty() && !pooled_covariance) {
    detail::fail_option(epps_singleton_name, "definition", options.definition, "'' or 'pooled'");
  }
  if (auto reason = detail::why_not(a, b, 5); !reason.empty()) {
    return detail::cannot(epps_singleton_name, options, std::move(reason));
  }
  for (const auto* side : {&a, &b}) {
    if (!std::isfinite(side->values.front()) || !std::isfinite(side->values.back())) {
      return detail::cannot(epps_singleton_name, options,
                            "cannot compare, because there are infinite values");
    }
  }
  const Pooled pooled(a, b);
  const double scale = 0.5 * (pooled.quantile(0.75) - pooled.quantile(0.25));
  if (!(scale > 0.0) || !std::isfinite(scale)) {
    return detail::cannot(epps_singleton_name, options,
                          "cannot compare, because the middle half of the values is one value");
  }
  const auto x = side_of(a, scale);
  const auto y = side_of(b, scale);
  const auto n = static_cast<double>(a.size);
  const auto m = static_cast<double>(b.size);
  const double total = n + m;
  Matrix covariance{};
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      if (pooled_covariance) {
        const double gap = (x.mean[i] - y.mean[i]) * (x.mean[j] - y.mean[j]);
        covariance[i][j] =
            total * ((x.covariance[i][j] / m + y.covariance[i][j] / n) + gap / total);
      } else {
        covariance[i][j] = total / n * x.covariance[i][j] + total / m * y.covariance[i][j];
      }
    }
  }
  const auto vectors = diagonalise(covariance);
  double largest = 0.0;
  for (std::size_t i = 0; i < size; ++i) largest = std::max(largest, covariance[i][i]);
  // The pseudo-inverse leaves out directions without variance; each kept one is a degree of
  // freedom.
  double statistic = 0.0;
  double rank = 0.0;
  for (std::size_t i = 0; i < size; ++i) {
    const double eigenvalue = covariance[i][i];
    if (!(eigenvalue > largest * static_cast<double>(size) * 0x1p-52)) continue;
    double along = 0.0;
    for (std::size_t k = 0; k < size; ++k) along += vectors[k][i] * (x.mean[k] - y.mean[k]);
    statistic += along * along / eigenvalue;
    rank += 1.0;
  }
  if (rank == 0.0) {
    return detail::cannot(epps_singleton_name, options,
                          "cannot compare, because neither side varies");
  }
  statistic *= total;
  if (std::max(n, m) < 25.0 && !pooled_covariance) {
    statistic /= 1.0 + detail::math::pow(total, -0.45) +
                 10.1 * (detail::math::pow(n, -1.7) + detail::math::pow(m, -1.7));
  }
  auto result = detail::test_result(
      epps_singleton_name, options, statistic, detail::math::chi2_sf(statistic, rank),
      std::string("two-sample Epps-Singleton at t = 0.4 and 0.8, ") +
          (pooled_covariance ? "pooled covariance, " : "") + "chi-square p-value");
  if (result.drifted && !pooled_covariance) {
    MeasureOptions pooled_options = options;
    pooled_options.definition = "pooled";
    const auto judge = epps_of(a, b, pooled_options);
    if (judge.pvalue) detail::judge_also(result, *judge.pvalue, "the pooled covariance");
  }
  return result;
}

}  // namespace

MeasureResult epps_singleton(std::span<const double> reference, std::span<const double> current,
                             const MeasureOptions& options) {
  return epps_of(detail::Runs::of(reference), detail::Runs::of(current), options);
}

MeasureResult epps_singleton(const Distribution& reference, const Distribution& current,
                             const MeasureOptions& options) {
  return epps_of(detail::Runs::of(reference), detail::Runs::of(current), options);
}

}  // namespace zeroskew
