#include "zeroskew/drift/pca_reconstruction.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "drift/outcome.hpp"
#include "drift/point_order.hpp"
#include "drift/sum.hpp"
#include "drift/symmetric.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/drift/ks.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

constexpr const char* pca_reconstruction_name = "pca_reconstruction";

// A standardisation and the directions that are kept.
struct Components {
  std::vector<double> mean;
  std::vector<double> deviation;  // 1 where a column does not vary
  std::vector<double> kept;       // one direction after another
  std::size_t count = 0;
  std::size_t varying = 0;
};

void standardise(const Components& fit, std::span<const double> row, std::vector<double>& into) {
  for (std::size_t k = 0; k < row.size(); ++k) {
    into[k] = (row[k] - fit.mean[k]) / fit.deviation[k];
  }
}

Components fit_components(const Points& points, std::span<const std::size_t> rows,
                          double explained) {
  const std::size_t size = points.dimensions;
  const auto n = static_cast<double>(rows.size());
  Components fit;
  fit.mean.resize(size);
  fit.deviation.resize(size);
  for (std::size_t k = 0; k < size; ++k) {
    detail::Sum sum;
    for (const std::size_t i : rows) sum.add(points.row(i)[k]);
    fit.mean[k] = sum.value() / n;
    detail::Sum squares;
    for (const std::size_t i : rows) {
      const double gap = points.row(i)[k] - fit.mean[k];
      squares.add(gap * gap);
    }
    const double deviation = std::sqrt(squares.value() / n);
    const bool varies = deviation > 0.0 && std::isfinite(deviation);
    fit.deviation[k] = varies ? deviation : 1.0;
    fit.varying += varies ? 1 : 0;
  }
  std::vector<double> covariance(size * size);
  std::vector<double> z(size);
  for (const std::size_t i : rows) {
    standardise(fit, points.row(i), z);
    for (std::size_t a = 0; a < size; ++a) {
      for (std::size_t b = 0; b <= a; ++b) covariance[a * size + b] += z[a] * z[b] / n;
    }
  }
  for (std::size_t a = 0; a < size; ++a) {
    for (std::size_t b = 0; b < a; ++b) covariance[b * size + a] = covariance[a * size + b];
  }
  const detail::Spectrum spectrum = detail::spectrum_of(std::move(covariance), size);
  double total = 0.0;
  for (const double value : spectrum.values) total += std::max(0.0, value);
  double sum = 0.0;
  for (std::size_t j = size; j-- > 0 && sum < explained * total;) {
    sum += std::max(0.0, spectrum.values[j]);
    for (std::size_t i = 0; i < size; ++i) fit.kept.push_back(spectrum.vectors[i * size + j]);
    ++fit.count;
  }
  return fit;
}

double error_of(const Components& fit, std::span<const double> row, std::vector<double>& z) {
  standardise(fit, row, z);
  double square = 0.0;
  for (const double value : z) square += value * value;
  for (std::size_t c = 0; c < fit.count; ++c) {
    double dot = 0.0;
    for (std::size_t k = 0; k < z.size(); ++k) dot += z[k] * fit.kept[c * z.size() + k];
    square -= dot * dot;
  }
  return std::sqrt(std::max(0.0, square));
}

double mean_of(const std::vector<double>& values) {
  detail::Sum sum;
  for (const double value : values) sum.add(value);
  return sum.value() / static_cast<double>(values.size());
}

}  // namespace

MeasureResult pca_reconstruction(const Points& reference, const Points& current,
                                 const PointsOptions& options) {
  detail::check_points(pca_reconstruction_name, reference, current, options);
  if (!(options.explained > 0.0 && options.explained < 1.0)) {
    fail_value("drift.explained", pca_reconstruction_name, "a share between 0 and 1 is needed");
  }
  MeasureOptions level;
  level.alpha = options.alpha;
  if (auto reason = detail::why_not(reference, current, 10); !reason.empty()) {
    return detail::cannot(pca_reconstruction_name, level, std::move(reason));
  }
  const auto order = detail::shuffled_rows(reference, options.seed, 6);
  const std::span<const std::size_t> rows(order);
  const std::size_t half = rows.size() / 2;
  const Components fit = fit_components(reference, rows.first(half), options.explained);
  if (fit.count >= fit.varying) {
    return detail::cannot(pca_reconstruction_name, level,
                          "cannot compare, because the kept components are all there are: nothing "
                          "is left to reconstruct");
  }
  std::vector<double> z(reference.dimensions);
  std::vector<double> before;
  std::vector<double> after;
  for (const std::size_t i : rows.subspan(half)) {
    before.push_back(error_of(fit, reference.row(i), z));
  }
  for (std::size_t i = 0; i < current.rows(); ++i) {
    after.push_back(error_of(fit, current.row(i), z));
  }
  std::sort(before.begin(), before.end());  // the order of rows leaves no trace in the means
  std::sort(after.begin(), after.end());
  const double usual = mean_of(before);
  const double ratio = mean_of(after) / usual;
  if (!(usual > 0.0) || !std::isfinite(ratio)) {
    return detail::cannot(pca_reconstruction_name, level,
                          "cannot compare, because the errors vanish or overflow");
  }
  const MeasureResult gap = ks_2samp(before, after, level);
  if (!gap.comparable()) return detail::cannot(pca_reconstruction_name, level, gap.reason);
  return detail::test_result(pca_reconstruction_name, level, ratio, *gap.pvalue,
                             "mean reconstruction error over the reference's, " +
                                 std::to_string(fit.count) + " of " + std::to_string(fit.varying) +
                                 " components (" + detail::rounded(options.explained, 3) +
                                 " of the variance), p-value of Kolmogorov-Smirnov over errors");
}

}  // namespace zeroskew
