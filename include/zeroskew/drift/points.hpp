#pragma once
/// Rows of several numbers each: tables of numeric columns, or embeddings.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace zeroskew {

/// A borrowed matrix, row after row.
struct Points {
  std::span<const double> values;
  std::size_t dimensions = 0;

  [[nodiscard]] std::size_t rows() const noexcept {
    return dimensions == 0 ? 0 : values.size() / dimensions;
  }
  [[nodiscard]] std::span<const double> row(std::size_t i) const noexcept {
    return values.subspan(i * dimensions, dimensions);
  }
};

/// What a caller may choose about a measure of points; each reads what it needs. Results are a
/// function of the two multisets of rows and of these.
struct PointsOptions {
  double alpha = 0.05;
  std::uint64_t seed = 0;  ///< of directions, frequencies, splits and permutations
  std::optional<double>
      bandwidth;            ///< mmd: of the Gaussian kernel; the median distance if not given
  int features = 64;        ///< mmd: random Fourier features, an even number
  int directions = 32;      ///< sliced_wasserstein: lines projected on
  int permutations = 199;   ///< sliced_wasserstein: of the null
  double explained = 0.65;  ///< pca_reconstruction: share of the variance that is kept

  [[nodiscard]] bool operator==(const PointsOptions&) const = default;
};

}  // namespace zeroskew
