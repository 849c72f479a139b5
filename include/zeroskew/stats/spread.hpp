#pragma once
/// The numbers of a column in order, as cells with certified counts: what quantiles, the
/// distribution function and histograms are read from.

#include <cstdint>
#include <limits>
#include <vector>

#include "zeroskew/stats/estimate.hpp"

namespace zeroskew {

class Spread {
 public:
  /// `count` values in [lo, hi]; lo == hi where the value is known exactly.
  struct Cell {
    double lo = 0.0;
    double hi = 0.0;
    std::uint64_t count = 0;
    /// A value that most of the cell's values are, if one is known; NaN otherwise. Estimates take
    /// it, bounds do not.
    double likely = std::numeric_limits<double>::quiet_NaN();
  };

  Spread() = default;
  /// @pre cells are in order and disjoint
  explicit Spread(std::vector<Cell> cells);

  [[nodiscard]] const std::vector<Cell>& cells() const noexcept { return cells_; }
  [[nodiscard]] std::uint64_t total() const noexcept {
    return ends_.empty() ? 0 : ends_.back();
  }

  /// Linear interpolation between order statistics at (n - 1) q (Hyndman and Fan's type 7, the
  /// default of NumPy and pandas); inside an inexact cell values are taken as evenly spaced.
  /// NaN if there are no values. @pre 0 <= q <= 1
  [[nodiscard]] double quantile(double q) const noexcept;
  /// Bounds that contain the exact answer.
  [[nodiscard]] Bounds quantile_bounds(double q) const noexcept;
  /// Bounds of the share of values <= x.
  [[nodiscard]] Bounds cdf_bounds(double x) const noexcept;

  /// A histogram's bin: `count` is exact if lo == hi; bins are [low, high), the last one closed.
  struct Bin {
    double low = 0.0;
    double high = 0.0;
    Estimate count;
  };
  /// Bins between given edges. @pre edges are rising, two at least
  [[nodiscard]] std::vector<Bin> histogram(const std::vector<double>& edges) const;
  /// `bins` of equal width from the smallest to the largest finite value; one bin if they are
  /// equal, none if there are none.
  [[nodiscard]] std::vector<Bin> equal_width(std::size_t bins) const;
  /// `bins` between quantiles; equal edges are merged.
  [[nodiscard]] std::vector<Bin> equal_mass(std::size_t bins) const;

 private:
  struct Place {
    std::size_t cell = 0;
    double value = 0.0;
  };
  [[nodiscard]] Place order_statistic(std::uint64_t rank) const noexcept;
  // Share of a cell's values that lie below x, and whether that is certain.
  [[nodiscard]] Estimate mass_below(double x, bool inclusive) const noexcept;

  std::vector<Cell> cells_;
  std::vector<std::uint64_t> ends_;  // counts of all cells up to and including this one
};

}  // namespace zeroskew
