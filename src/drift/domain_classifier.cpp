#include "zeroskew/drift/domain_classifier.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "drift/outcome.hpp"
#include "drift/point_order.hpp"
#include "drift/sum.hpp"
#include "zeroskew/detail/math.hpp"
#include "zeroskew/drift/mann_whitney.hpp"

namespace zeroskew {
namespace {

constexpr const char* domain_classifier_name = "domain_classifier";
constexpr double farthest = 5.0;  // standard deviations: one outlier is no lever

struct Scale {
  std::vector<double> mean;
  std::vector<double> deviation;
};

// Rows of features: standardised values, then their squares less 1.
class Features {
 public:
  Features(Scale scale) : scale_(std::move(scale)) {}

  [[nodiscard]] std::size_t size() const noexcept { return 2 * scale_.mean.size(); }
  void write(std::span<const double> row, double* into) const {
    for (std::size_t k = 0; k < row.size(); ++k) {
      const double z =
          std::clamp((row[k] - scale_.mean[k]) / scale_.deviation[k], -farthest, farthest);
      into[k] = z;
      into[row.size() + k] = z * z - 1.0;
    }
  }

 private:
  Scale scale_;
};

Scale scale_of(const std::vector<std::span<const double>>& rows) {
  Scale scale;
  const auto n = static_cast<double>(rows.size());
  for (std::size_t k = 0; k < rows.front().size(); ++k) {
    detail::Sum sum;
    for (const auto& row : rows) sum.add(row[k]);
    const double mean = sum.value() / n;
    detail::Sum squares;
    for (const auto& row : rows) squares.add((row[k] - mean) * (row[k] - mean));
    const double deviation = std::sqrt(squares.value() / n);
    const bool varies = deviation > 0.0 && std::isfinite(deviation);
    scale.mean.push_back(varies ? mean : 0.0);
    scale.deviation.push_back(varies ? deviation : 1.0);
  }
  return scale;
}

// Logistic regression with weights that make both classes count the same, by accelerated gradient
// descent (Nesterov 1983): a fixed number of fixed steps.
class Classifier {
 public:
  Classifier(const std::vector<double>& features, std::size_t size,
             const std::vector<bool>& is_current)
      : weights_(size) {
    const std::size_t n = is_current.size();
    const auto ones = static_cast<double>(std::count(is_current.begin(), is_current.end(), true));
    const double weight_one = 0.5 / ones;
    const double weight_zero = 0.5 / (static_cast<double>(n) - ones);
    const double ridge = 1.0 / static_cast<double>(n);
    const auto dot = [&](std::size_t i, const std::vector<double>& w) {
      double sum = 0.0;
      for (std::size_t k = 0; k < size; ++k) sum += features[i * size + k] * w[k];
      return sum;
    };
    // The steepest curvature, by the power method: a quarter of the largest eigenvalue.
    std::vector<double> direction(size, 1.0);
    double curvature = 1.0;
    for (int round = 0; round < 30; ++round) {
      std::vector<double> next(size, 0.0);
      for (std::size_t i = 0; i < n; ++i) {
        const double along = dot(i, direction) * (is_current[i] ? weight_one : weight_zero);
        for (std::size_t k = 0; k < size; ++k) next[k] += along * features[i * size + k];
      }
      double square = 0.0;
      for (const double value : next) square += value * value;
      curvature = std::sqrt(square);
      if (!(curvature > 0.0)) break;
      for (double& value : next) value /= curvature;
      direction = std::move(next);
    }
    const double step = 1.0 / (0.25 * 1.2 * curvature + 0.25 + ridge);
    std::vector<double> ahead(size);
    std::vector<double> gradient(size);
    double bias = 0.0;
    double bias_ahead = 0.0;
    for (int round = 0; round < 200; ++round) {
      double bias_gradient = 0.0;
      for (std::size_t k = 0; k < size; ++k) gradient[k] = ridge * ahead[k];
      for (std::size_t i = 0; i < n; ++i) {
        const double score = std::clamp(dot(i, ahead) + bias_ahead, -700.0, 700.0);
        const double chance = 1.0 / (1.0 + detail::math::exp(-score));
        const double miss = is_current[i] ? weight_one * (chance - 1.0) : weight_zero * chance;
        for (std::size_t k = 0; k < size; ++k) gradient[k] += miss * features[i * size + k];
        bias_gradient += miss;
      }
      const double momentum = round / (round + 3.0);
      for (std::size_t k = 0; k < size; ++k) {
        const double moved = ahead[k] - step * gradient[k];
        ahead[k] = moved + momentum * (moved - weights_[k]);
        weights_[k] = moved;
      }
      const double moved = bias_ahead - step * bias_gradient;
      bias_ahead = moved + momentum * (moved - bias);
      bias = moved;
    }
  }

  // Up to a constant, which no rank depends on.
  [[nodiscard]] double score(const double* features) const noexcept {
    double sum = 0.0;
    for (std::size_t k = 0; k < weights_.size(); ++k) sum += features[k] * weights_[k];
    return sum;
  }

 private:
  std::vector<double> weights_;
};

}  // namespace

MeasureResult domain_classifier(const Points& reference, const Points& current,
                                const PointsOptions& options) {
  detail::check_points(domain_classifier_name, reference, current, options);
  MeasureOptions level;
  level.alpha = options.alpha;
  if (auto reason = detail::why_not(reference, current, 10); !reason.empty()) {
    return detail::cannot(domain_classifier_name, level, std::move(reason));
  }
  const auto a = detail::shuffled_rows(reference, options.seed, 7);
  const auto b = detail::shuffled_rows(current, options.seed, 8);
  std::vector<std::span<const double>> rows;
  std::vector<bool> is_current;
  for (std::size_t i = 0; i < a.size() / 2; ++i) rows.push_back(reference.row(a[i]));
  is_current.assign(rows.size(), false);
  for (std::size_t i = 0; i < b.size() / 2; ++i) rows.push_back(current.row(b[i]));
  is_current.resize(rows.size(), true);
  const Features features(scale_of(rows));
  std::vector<double> matrix(rows.size() * features.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    features.write(rows[i], matrix.data() + i * features.size());
  }
  const Classifier classifier(matrix, features.size(), is_current);
  std::vector<double> one(features.size());
  const auto score = [&](std::span<const double> row) {
    features.write(row, one.data());
    return classifier.score(one.data());
  };
  std::vector<double> before;
  std::vector<double> after;
  for (std::size_t i = a.size() / 2; i < a.size(); ++i) {
    before.push_back(score(reference.row(a[i])));
  }
  for (std::size_t i = b.size() / 2; i < b.size(); ++i) after.push_back(score(current.row(b[i])));
  level.method = "asymptotic";
  const MeasureResult ranks = mann_whitney(after, before, level);
  level.method = "auto";
  if (!ranks.comparable()) return detail::cannot(domain_classifier_name, level, ranks.reason);
  const double area =
      ranks.statistic / (static_cast<double>(before.size()) * static_cast<double>(after.size()));
  const double pvalue = area > 0.5 ? 0.5 * *ranks.pvalue : 1.0 - 0.5 * *ranks.pvalue;
  return detail::test_result(domain_classifier_name, level, area, pvalue,
                             "area under the curve of a logistic regression on values and squares, "
                             "trained on one half and tried on the other, one-sided p-value");
}

}  // namespace zeroskew
