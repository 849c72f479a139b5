#pragma once
/// Statistics of a column whose rows count by their weights.

#include <cstdint>
#include <span>
#include <vector>

#include "zeroskew/column/view.hpp"
#include "zeroskew/stats/estimate.hpp"
#include "zeroskew/stats/exact_sum.hpp"
#include "zeroskew/stats/weight_table.hpp"

namespace zeroskew {

/// All sums are exact (of weights w, of w x, of w x^2) and rounded once when asked. Decimals enter
/// as the nearest doubles. NaN is left out of all but the counts; infinities make sums infinite or
/// NaN. Lists and structures have a weighted count only.
class WeightedStats {
 public:
  WeightedStats() = default;
  explicit WeightedStats(const Type& type);

  /// Adds a column's cells. @pre weights.size() == column.length; finite, not negative
  void update(const ColumnView& column, std::span<const double> weights);
  WeightedStats& operator+=(const WeightedStats& other);
  /// The weight of all rows, which `missing` refers to.
  void set_rows(const PositiveSum& rows) { rows_ = rows; }

  [[nodiscard]] double rows() const { return rows_.value(); }
  [[nodiscard]] double count() const { return count_.value(); }               ///< not null
  [[nodiscard]] double missing() const { return difference(rows_, count_); }  ///< null
  [[nodiscard]] double nan() const { return nan_.value(); }
  /// True for columns of numbers.
  [[nodiscard]] bool has_numbers() const noexcept;
  // Of numbers; NaN where there is no weight (the sum: 0).
  [[nodiscard]] double sum() const;
  [[nodiscard]] double mean() const;
  /// sum of w (x - mean)^2 / sum of w.
  [[nodiscard]] double variance() const;
  [[nodiscard]] double std() const;
  /// The least value up to which lies a share q of the weight (the inverse of the weighted
  /// distribution function); compared exactly. Past 65,536 different values: the middle of the
  /// range that contains it. @throws Error stats.bad_quantile
  [[nodiscard]] double quantile(double q) const;
  /// Bounds that contain the exact quantile.
  [[nodiscard]] Bounds quantile_bounds(double q) const;
  [[nodiscard]] const WeightTable& values() const noexcept { return values_; }

  [[nodiscard]] bool operator==(const WeightedStats&) const = default;

 private:
  friend struct WeightedState;
  [[nodiscard]] bool any_infinity() const noexcept;
  [[nodiscard]] bool consistent() const;

  PositiveSum rows_;
  PositiveSum count_;
  PositiveSum nan_;
  PositiveSum positive_infinities_;
  PositiveSum negative_infinities_;
  PositiveSum weight_;  // of the finite numbers
  ExactSum sum_;
  PositiveSum squares_;
  WeightTable values_;
};

}  // namespace zeroskew
