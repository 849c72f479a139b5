#pragma once
/// Maximum mean discrepancy with a Gaussian kernel: do two sets of points come from one place.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "zeroskew/detail/int128.hpp"
#include "zeroskew/drift/points.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// The mean of random Fourier features (Rahimi and Recht 2007): all of a side that the discrepancy
/// needs, in memory that does not grow with the rows. Sums are whole numbers, so that sketches of
/// parts add up to that of the whole, in any order, to the bit.
class MmdSketch {
 public:
  MmdSketch() = default;
  /// `features` cosines and sines at frequencies that `seed` decides.
  /// @throws Error drift.dimensions, drift.bandwidth (not positive and finite), drift.features
  /// (odd, below 2 or above 1024)
  MmdSketch(std::size_t dimensions, double bandwidth, int features = 64, std::uint64_t seed = 0);

  /// Adds points. @throws Error drift.dimensions, drift.not_finite
  void update(const Points& points);
  /// @throws Error drift.incompatible unless both were made alike
  MmdSketch& operator+=(const MmdSketch& other);

  [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::size_t dimensions() const noexcept { return dimensions_; }
  [[nodiscard]] double bandwidth() const noexcept { return bandwidth_; }
  [[nodiscard]] bool operator==(const MmdSketch&) const = default;

  /// Canonical bytes (CBOR, sorted, versioned): equal sketches have equal ones.
  [[nodiscard]] std::vector<std::uint8_t> to_bytes() const;
  /// @throws Error drift.malformed, drift.version
  [[nodiscard]] static MmdSketch from_bytes(std::span<const std::uint8_t> bytes);

  /// The squared discrepancy of the features' means. Its null, a weighted sum of chi-squares with
  /// the features' pooled covariance, is fitted by three moments (Pearson's type III).
  /// @throws Error drift.incompatible
  [[nodiscard]] MeasureResult compare(const MmdSketch& current, double alpha = 0.05) const;

 private:
  std::size_t dimensions_ = 0;
  double bandwidth_ = 1.0;
  std::uint64_t seed_ = 0;
  std::uint64_t rows_ = 0;
  std::vector<double> frequencies_;       // features / 2 rows of `dimensions`
  std::vector<std::int64_t> sums_;        // of features, in units of 2^-24
  std::vector<detail::int128> products_;  // of pairs of features, upper triangle
};

/// Over all rows by `MmdSketch`; the bandwidth, unless given, is the median distance of pairs of
/// the reference's rows.
[[nodiscard]] MeasureResult mmd(const Points& reference, const Points& current,
                                const PointsOptions& options = {});

/// The linear-time statistic (Gretton, Borgwardt, Rasch, Schoelkopf and Smola 2012): a mean over
/// disjoint pairs of rows, normal under the null. Weaker than `mmd`, but of the kernel itself.
[[nodiscard]] MeasureResult mmd_linear(const Points& reference, const Points& current,
                                       const PointsOptions& options = {});

}  // namespace zeroskew
