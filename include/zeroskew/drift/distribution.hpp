#pragma once
/// How the values of a column are spread: the narrow waist between statistics and all that judges.
/// Measures, comparators, monitors and the report read nothing else.

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace zeroskew {

class ColumnProfile;

/// An interval of the number line with certified mass. `lo == hi` is a point; otherwise the mass
/// lies somewhere in [lo, hi). Masses are counts (or weights), not shares.
struct Cell {
  double lo = 0.0;
  double hi = 0.0;
  double mass = 0.0;

  [[nodiscard]] bool operator==(const Cell&) const = default;
};

/// A value and how often it occurs. `mass` lies in [lo, hi]; exact counts have lo == mass == hi.
struct Label {
  std::string name;
  double mass = 0.0;
  double lo = 0.0;
  double hi = 0.0;

  [[nodiscard]] bool operator==(const Label&) const = default;
};

struct Distribution {
  enum class Kind : std::uint8_t { empty, labels, cells };

  Kind kind = Kind::empty;
  std::vector<Label> labels;  ///< sorted by name, unique
  std::vector<Cell> cells;    ///< sorted, disjoint; exact values are points
  double unnamed = 0.0;       ///< labels: mass of values whose names are not known
  double missing = 0.0;       ///< null cells
  double nan = 0.0;           ///< NaN cells (numbers only)
  double negative_infinity = 0.0;
  double positive_infinity = 0.0;
  bool integral = false;  ///< every value is an integer (cells)
  bool exact = true;      ///< every cell is a point and every label is exact

  /// Mass of all labels (named or not) or all finite cells and infinities; without missing and NaN.
  [[nodiscard]] double total() const noexcept;

  [[nodiscard]] bool operator==(const Distribution&) const = default;

  /// From raw numbers; NaN is counted apart.
  [[nodiscard]] static Distribution of_values(std::span<const double> values,
                                              std::uint64_t missing = 0);
  /// From names, one a row.
  [[nodiscard]] static Distribution of_names(std::span<const std::string> names,
                                             std::uint64_t missing = 0);
  /// From labelled counts; repeated labels add up. Negative or non-finite counts are an error.
  [[nodiscard]] static Distribution of_counts(
      std::span<const std::pair<std::string, double>> counts);
  /// From histogram cells (imported statistics): points or intervals, sorted and
  /// disjoint, or an error.
  [[nodiscard]] static Distribution of_cells(std::vector<Cell> cells);
  /// From a column's profile: numbers become cells, strings, bytes and bools become labels.
  [[nodiscard]] static Distribution of_profile(const ColumnProfile& profile);
};

}  // namespace zeroskew
