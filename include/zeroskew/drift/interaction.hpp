#pragma once
/// Did two columns begin to go together in another way? Asked of the joint distribution beyond what
/// each column's own change would do to it.

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "zeroskew/drift/result.hpp"

namespace zeroskew {

class Profile;

/// A value, a range or a combination of values whose share changed.
struct Contributor {
  std::string name;
  double reference = 0.0;  ///< share of the rows that have a value
  double current = 0.0;

  [[nodiscard]] double change() const noexcept { return current - reference; }
  [[nodiscard]] bool operator==(const Contributor&) const = default;
};

/// The verdict on a pair of columns.
struct PairDrift {
  std::string first;
  std::string second;
  bool drifted = false;
  std::string verdict;  ///< "drifted", "stable" or "cannot compare"
  std::string reason;   ///< in words
  std::optional<double> pvalue;
  std::optional<double> adjusted_pvalue;  ///< after the correction for all columns and pairs
  /// Numbers: the change of the correlation. Categories: the share of the current rows that lie in
  /// other combinations than the reference's, raked to the current side's columns, would have.
  double effect = 0.0;
  /// Pearson's correlation of numbers, Cramer's V of categories and of ranges of numbers.
  double reference = std::numeric_limits<double>::quiet_NaN();
  double current = std::numeric_limits<double>::quiet_NaN();
  MeasureResult test;
  std::vector<Contributor> contributors;  ///< combinations: as raked from the reference, and now
};

/// The pairs that both profiles have statistics of, none judged yet: `drifted`, `verdict` and
/// `adjusted_pvalue` are for `compare` to say.
///
/// Numbers: the difference of the correlations by a bound of its standard error that only the
/// columns' fourth moments enter, so that the false alarms stay below `alpha` however the columns
/// go together; cautious, for large sides. Categories, and a category with a number: chi-square of
/// the three-way interaction of both columns and the side (Bartlett 1935; fitted by iterative
/// proportions), rare categories as one until Cochran's rule holds. Numbers of more than twelve
/// values lie in at most ten ranges between the reference's quantiles, fewer where rows are few.
[[nodiscard]] std::vector<PairDrift> measure_pairs(const Profile& reference, const Profile& current,
                                                   double alpha = 0.05);

}  // namespace zeroskew
