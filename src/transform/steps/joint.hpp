#pragma once
/// Several columns of numbers as one: their means, covariances, and linear maps of them.

#include <vector>

#include "transform/steps/common.hpp"

namespace zeroskew::steps {

/// A square matrix, row by row.
struct Square {
  std::size_t size = 0;
  std::vector<double> cells;

  explicit Square(std::size_t n = 0) : size(n), cells(n * n) {}
  [[nodiscard]] double& at(std::size_t i, std::size_t j) noexcept { return cells[i * size + j]; }
  [[nodiscard]] double at(std::size_t i, std::size_t j) const noexcept {
    return cells[i * size + j];
  }
};

struct Joint {
  std::vector<double> means;
  Square covariance;  ///< the population's (divided by n)
  std::uint64_t rows = 0;
};

/// Over the rows where every column has a finite number. Sums are exact, so the rows' order leaves
/// no trace. @throws Error transform.no_values, transform.needs_data
[[nodiscard]] Joint joint_of(const FitInput& input);

/// The lower factor L with L L' = the matrix (Cholesky and Banachiewicz); a column that others
/// determine becomes zero. Plain loops in one order: the same bits on every machine.
[[nodiscard]] Square cholesky(const Square& matrix);

/// Eigenvalues, the largest first, and their vectors as rows, each with its largest cell positive.
struct Spectrum {
  std::vector<double> values;
  Square vectors;
};
/// By Jacobi's rotations (Rutishauser, Numerische Mathematik 9 (1966) 1) in one fixed order.
[[nodiscard]] Spectrum spectrum_of(Square matrix);

/// Cell i of column c as a double.
[[nodiscard]] inline double number_at(Block& block, Slot slot, std::size_t i) noexcept {
  if (slot.storage == Storage::number) return block.numbers(slot)[i];
  const std::int64_t x = block.integers(slot)[i];
  return slot.is_unsigned ? static_cast<double>(static_cast<std::uint64_t>(x))
                          : static_cast<double>(x);
}

}  // namespace zeroskew::steps
