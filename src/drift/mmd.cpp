#include "zeroskew/drift/mmd.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "drift/outcome.hpp"
#include "drift/point_order.hpp"
#include "drift/sum.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/detail/math.hpp"
#include "zeroskew/detail/special.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/random/stream.hpp"

namespace zeroskew {
namespace {

constexpr double unit = 0x1p24;  // features are counted in 1 / unit

double squared_distance(std::span<const double> x, std::span<const double> y) {
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - y[i]) * (x[i] - y[i]);
  return sum;
}

// The median distance of up to a thousand pairs of rows; 1 where all are equal.
double median_distance(const Points& points, std::uint64_t seed) {
  const auto order = detail::shuffled_rows(points, seed, 3);
  std::vector<double> distances;
  for (std::size_t i = 0; i + 1 < std::min<std::size_t>(order.size(), 2000); i += 2) {
    const double square = squared_distance(points.row(order[i]), points.row(order[i + 1]));
    if (square > 0.0) distances.push_back(std::sqrt(square));
  }
  if (distances.empty()) return 1.0;
  const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
  std::nth_element(distances.begin(), middle, distances.end());
  return *middle;
}

// What is wrong with a bandwidth; it is the caller's, or comes from data that may overflow.
bool usable(double bandwidth) {
  return bandwidth > 0.0 && std::isfinite(bandwidth) && std::isfinite(1.0 / bandwidth);
}

PointsOptions with_bandwidth(const Points& reference, PointsOptions options) {
  if (!options.bandwidth) options.bandwidth = median_distance(reference, options.seed);
  return options;
}

MeasureOptions level(double alpha) {
  MeasureOptions options;
  options.alpha = alpha;
  return options;
}

double as_double(detail::int128 value) {
  return static_cast<double>(value);
}

}  // namespace

MmdSketch::MmdSketch(std::size_t dimensions, double bandwidth, int features, std::uint64_t seed)
    : dimensions_(dimensions), bandwidth_(bandwidth), seed_(seed) {
  if (dimensions == 0) fail_value("drift.dimensions", "mmd", "at least one column is needed");
  if (!usable(bandwidth)) {
    fail_value("drift.bandwidth", "mmd", "the bandwidth must be positive and finite");
  }
  if (features < 2 || features > 1024 || features % 2 != 0) {
    fail_value("drift.features", "mmd", "an even number from 2 to 1024 is needed");
  }
  const auto count = static_cast<std::size_t>(features);
  frequencies_.resize(count / 2 * dimensions);
  const Stream stream({.seed = seed, .step = 1});
  for (std::size_t i = 0; i < frequencies_.size(); ++i) {
    frequencies_[i] = stream.normal(i) / bandwidth;
  }
  sums_.assign(count, 0);
  products_.assign(count * (count + 1) / 2, 0);
}

void MmdSketch::update(const Points& points) {
  if (points.dimensions != dimensions_) {
    fail_value("drift.dimensions", "mmd",
               "the sketch has " + std::to_string(dimensions_) + " columns and the points " +
                   std::to_string(points.dimensions));
  }
  for (const double value : points.values) {
    if (!std::isfinite(value)) {
      fail_value("drift.not_finite", "mmd", "a value is missing or infinite");
    }
  }
  const std::size_t count = sums_.size();
  // Products of two features are below 2^49: 8192 rows fit 64 bits.
  constexpr std::size_t block = 8192;
  std::vector<std::int64_t> feature(count);
  std::vector<std::int64_t> products(products_.size());
  for (std::size_t start = 0; start < points.rows(); start += block) {
    std::fill(products.begin(), products.end(), 0);
    for (std::size_t i = start; i < std::min(points.rows(), start + block); ++i) {
      const auto row = points.row(i);
      for (std::size_t f = 0; f < count / 2; ++f) {
        double angle = 0.0;
        for (std::size_t k = 0; k < dimensions_; ++k) {
          angle += row[k] * frequencies_[f * dimensions_ + k];
        }
        // An angle beyond all digits has no phase; it counts as 0 rather than as noise.
        if (!(std::fabs(angle) < 0x1p50)) angle = 0.0;
        feature[2 * f] = static_cast<std::int64_t>(std::nearbyint(detail::math::cos(angle) * unit));
        feature[2 * f + 1] =
            static_cast<std::int64_t>(std::nearbyint(detail::math::sin(angle) * unit));
      }
      std::size_t at = 0;
      for (std::size_t a = 0; a < count; ++a) {
        sums_[a] += feature[a];
        for (std::size_t b = a; b < count; ++b) products[at++] += feature[a] * feature[b];
      }
    }
    for (std::size_t k = 0; k < products.size(); ++k) products_[k] += products[k];
  }
  rows_ += points.rows();
}

MmdSketch& MmdSketch::operator+=(const MmdSketch& other) {
  if (frequencies_ != other.frequencies_ || dimensions_ != other.dimensions_) {
    fail_value("drift.incompatible", "mmd",
               "the sketches differ in columns, bandwidth, features or seed");
  }
  rows_ += other.rows_;
  for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += other.sums_[i];
  for (std::size_t i = 0; i < products_.size(); ++i) products_[i] += other.products_[i];
  return *this;
}

MeasureResult MmdSketch::compare(const MmdSketch& current, double alpha) const {
  if (frequencies_ != current.frequencies_ || dimensions_ != current.dimensions_) {
    fail_value("drift.incompatible", "mmd",
               "the sketches differ in columns, bandwidth, features or seed");
  }
  const MeasureOptions options = level(alpha);
  detail::check_options("mmd", options);
  if (rows_ == 0 || current.rows_ == 0 || rows_ + current.rows_ < 3) {
    return detail::cannot("mmd", options, "cannot compare, because a side has too few rows");
  }
  const std::size_t count = sums_.size();
  const auto n = static_cast<double>(rows_);
  const auto m = static_cast<double>(current.rows_);
  const double half = static_cast<double>(count) / 2.0;
  detail::Sum square;
  for (std::size_t i = 0; i < count; ++i) {
    const double gap =
        static_cast<double>(sums_[i]) / n - static_cast<double>(current.sums_[i]) / m;
    square.add(gap * gap);
  }
  const double statistic = square.value() / (unit * unit) / half;
  // The features' covariance over both sides together.
  std::vector<double> covariance(count * count);
  std::size_t at = 0;
  for (std::size_t a = 0; a < count; ++a) {
    const double mean_a = static_cast<double>(sums_[a] + current.sums_[a]) / (n + m);
    for (std::size_t b = a; b < count; ++b, ++at) {
      const double mean_b = static_cast<double>(sums_[b] + current.sums_[b]) / (n + m);
      const double product = as_double(products_[at] + current.products_[at]) / (n + m);
      covariance[a * count + b] = covariance[b * count + a] =
          (product - mean_a * mean_b) / (unit * unit) * ((n + m) / (n + m - 1.0));
    }
  }
  detail::Sum first;
  detail::Sum second;
  detail::Sum third;
  std::vector<double> squared(count * count);
  for (std::size_t a = 0; a < count; ++a) {
    first.add(covariance[a * count + a]);
    for (std::size_t k = 0; k < count; ++k) {
      const double left = covariance[a * count + k];
      for (std::size_t b = 0; b < count; ++b) {
        squared[a * count + b] += left * covariance[k * count + b];
      }
    }
  }
  for (std::size_t i = 0; i < count * count; ++i) {
    second.add(covariance[i] * covariance[i]);
    third.add(squared[i] * covariance[i]);
  }
  const double scale = (1.0 / n + 1.0 / m) / half;
  const double mean = scale * first.value();
  const double variance = 2.0 * scale * scale * second.value();
  const double cumulant = 8.0 * scale * scale * scale * third.value();
  if (!(variance > 0.0) || !(cumulant > 0.0)) {
    return detail::cannot("mmd", options, "cannot compare, because the rows do not vary");
  }
  const double skewness = cumulant / (variance * std::sqrt(variance));
  const double shape = 4.0 / (skewness * skewness);
  const double x = shape + (statistic - mean) / std::sqrt(variance) * std::sqrt(shape);
  const double pvalue = x > 0.0 ? detail::math::gamma_q(shape, x) : 1.0;
  return detail::test_result("mmd", options, statistic, pvalue,
                             "squared maximum mean discrepancy, Gaussian kernel of bandwidth " +
                                 detail::rounded(bandwidth_, 4) + ", " + std::to_string(count) +
                                 " random Fourier features");
}

MeasureResult mmd(const Points& reference, const Points& current, const PointsOptions& options) {
  detail::check_points("mmd", reference, current, options);
  if (auto reason = detail::why_not(reference, current, 5); !reason.empty()) {
    return detail::cannot("mmd", level(options.alpha), std::move(reason));
  }
  const PointsOptions chosen = with_bandwidth(reference, options);
  if (!options.bandwidth && !usable(*chosen.bandwidth)) {
    return detail::cannot("mmd", level(options.alpha),
                          "cannot compare, because distances overflow or vanish");
  }
  MmdSketch first(reference.dimensions, *chosen.bandwidth, chosen.features, chosen.seed);
  MmdSketch second = first;
  first.update(reference);
  second.update(current);
  return first.compare(second, options.alpha);
}

MeasureResult mmd_linear(const Points& reference, const Points& current,
                         const PointsOptions& options) {
  constexpr const char* name = "mmd_linear";
  detail::check_points(name, reference, current, options);
  if (auto reason = detail::why_not(reference, current, 20); !reason.empty()) {
    return detail::cannot(name, level(options.alpha), std::move(reason));
  }
  const PointsOptions chosen = with_bandwidth(reference, options);
  if (!usable(*chosen.bandwidth)) {
    if (options.bandwidth) {
      fail_value("drift.bandwidth", name, "the bandwidth must be positive and finite");
    }
    return detail::cannot(name, level(options.alpha),
                          "cannot compare, because distances overflow or vanish");
  }
  const double width = 2.0 * *chosen.bandwidth * *chosen.bandwidth;
  const auto kernel = [&](std::span<const double> x, std::span<const double> y) {
    return detail::math::exp(-squared_distance(x, y) / width);
  };
  const auto a = detail::shuffled_rows(reference, options.seed, 1);
  const auto b = detail::shuffled_rows(current, options.seed, 2);
  const std::size_t pairs = std::min(a.size(), b.size()) / 2;
  std::vector<double> terms(pairs);
  detail::Sum sum;
  for (std::size_t i = 0; i < pairs; ++i) {
    const auto x = reference.row(a[2 * i]);
    const auto other_x = reference.row(a[2 * i + 1]);
    const auto y = current.row(b[2 * i]);
    const auto other_y = current.row(b[2 * i + 1]);
    terms[i] = kernel(x, other_x) + kernel(y, other_y) - kernel(x, other_y) - kernel(other_x, y);
    sum.add(terms[i]);
  }
  const auto count = static_cast<double>(pairs);
  const double mean = sum.value() / count;
  detail::Sum squares;
  for (const double term : terms) squares.add((term - mean) * (term - mean));
  const double error = std::sqrt(squares.value() / (count - 1.0) / count);
  if (!(error > 0.0)) {
    return detail::cannot(name, level(options.alpha),
                          "cannot compare, because the rows do not vary");
  }
  return detail::test_result(name, level(options.alpha), mean,
                             detail::math::student_t_sf(mean / error, count - 1.0),
                             "squared maximum mean discrepancy in linear time, Gaussian kernel of "
                             "bandwidth " +
                                 detail::rounded(*chosen.bandwidth, 4) + ", one-sided");
}

}  // namespace zeroskew
