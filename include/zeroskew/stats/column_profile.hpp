#pragma once
/// Everything that is known of one column: counts, moments, quantiles, values, lengths.
/// A pure function of the multiset of its cells: order, chunking and merging leave no trace.

#include <cstdint>
#include <string>
#include <vector>

#include "zeroskew/column/type.hpp"
#include "zeroskew/column/value.hpp"
#include "zeroskew/column/view.hpp"
#include "zeroskew/detail/value_ptr.hpp"
#include "zeroskew/stats/estimate.hpp"
#include "zeroskew/stats/number_stats.hpp"
#include "zeroskew/stats/text_stats.hpp"

namespace zeroskew {

/// A value and how often it occurs, with bounds on the count.
struct ValueCount {
  Value value;
  Estimate count;

  [[nodiscard]] bool operator==(const ValueCount&) const = default;
};

class ColumnProfile {
 public:
  ColumnProfile() = default;
  explicit ColumnProfile(Type type);

  /// Adds the cells of a column. A profile of type null takes over the column's type.
  /// @param exact_values from now on at most so many different values, or lengths, are counted
  /// exactly; the sum of profiles has the least limit of its parts
  /// @throws Error column.type_changed when the types differ
  void update(const ColumnView& column, const std::string& where,
              std::size_t exact_values = ValueCounts::exact_limit);
  /// Throws what `update` would throw, and does nothing else.
  void check(const ColumnView& column, const std::string& where) const;
  /// Adds cells that are null, or rows in which the whole column was absent.
  void add_missing(std::uint64_t rows) noexcept { missing_ += rows; }
  /// Adds `count` cells of one value (monostate: missing). @pre the value has the profile's type
  void add(const Value& value, std::uint64_t count);
  /// Turns the missing cells, and NaN where `nan_too`, into cells of one value.
  void fill_missing(const Value& value, bool nan_too);
  /// Adds another profile's cells. @throws Error column.type_changed
  void merge(const ColumnProfile& other, const std::string& where);

  [[nodiscard]] const Type& type() const noexcept { return type_; }
  [[nodiscard]] std::uint64_t rows() const noexcept { return count_ + missing_; }
  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }      ///< not null
  [[nodiscard]] std::uint64_t missing() const noexcept { return missing_; }  ///< null

  /// Statistics of the numbers themselves; null unless is_numeric(type().kind).
  [[nodiscard]] const NumberStats* numbers() const noexcept { return numbers_.get(); }
  /// Statistics of strings or bytes; null unless is_text(type().kind).
  [[nodiscard]] const TextStats* text() const noexcept { return text_.get(); }
  /// Lengths: bytes of a string, items of a list; null for other kinds.
  [[nodiscard]] const NumberStats* length() const noexcept;

  // Shorthands for numeric columns; NaN where there is no value, or no number.
  [[nodiscard]] double sum() const;
  [[nodiscard]] double mean() const;
  [[nodiscard]] double variance() const;  ///< the population's (divided by n)
  [[nodiscard]] double std() const;
  [[nodiscard]] double min() const;
  [[nodiscard]] double max() const;
  [[nodiscard]] double quantile(double q) const;
  [[nodiscard]] Bounds quantile_bounds(double q) const;
  [[nodiscard]] Bounds cdf_bounds(double x) const;  ///< share of values <= x

  /// Number of different values (NaN and null are none).
  [[nodiscard]] Estimate distinct() const;
  /// True if every different value is known with its exact count.
  [[nodiscard]] bool values_exact() const noexcept;
  /// The k most frequent values, most frequent first, the larger value first among equals.
  [[nodiscard]] std::vector<ValueCount> top(std::size_t k) const;
  /// The extremes in the column's own type; monostate if there is no number.
  [[nodiscard]] Value min_value() const;
  [[nodiscard]] Value max_value() const;
  /// Counts by code (order key of a number, hash of a string); null for lists, structures, null.
  [[nodiscard]] const ValueCounts* values() const noexcept;
  /// The value that a code stands for. @pre values() != nullptr
  [[nodiscard]] Value value_of(std::uint64_t code) const;
  /// Forgets every string; nothing that is counted changes.
  void redact() noexcept;

  /// A list's items, or a structure's fields (by position).
  struct Child;
  [[nodiscard]] const std::vector<Child>& children() const noexcept { return children_; }

  [[nodiscard]] bool operator==(const ColumnProfile& other) const;

 private:
  friend struct ColumnState;
  void adopt(const Type& type, const std::string& where);
  void update_dictionary(const ColumnView& column, const std::string& where, std::size_t limit);
  void update_list(const ColumnView& column, const std::string& where, std::size_t limit);
  void update_structure(const ColumnView& column, const std::string& where, std::size_t limit);
  void sort_children();
  static void check_share(double q);

  Type type_;
  std::uint64_t count_ = 0;
  std::uint64_t missing_ = 0;
  // Deep-copied on copy; absent for kinds that have none.
  detail::ValuePtr<NumberStats> numbers_;
  detail::ValuePtr<TextStats> text_;
  detail::ValuePtr<NumberStats> list_lengths_;
  std::vector<Child> children_;
};

struct ColumnProfile::Child {
  std::string name;  ///< "item" for a list
  ColumnProfile profile;

  [[nodiscard]] bool operator==(const Child&) const = default;
};

}  // namespace zeroskew
