#pragma once
/// Which rows are anomalous, and why.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "zeroskew/schema/anomaly.hpp"

namespace zeroskew {

/// A row, counted from 0 over all batches, and what is wrong in it.
struct RowSample {
  std::int64_t row = 0;
  std::string value;  ///< as a person writes it; empty where nothing is there

  [[nodiscard]] bool operator==(const RowSample&) const = default;
};

/// One kind of fault of one feature, or of one rule across columns.
struct RowAnomaly {
  Path path;  ///< empty for a rule across columns
  AnomalyType type = AnomalyType::unknown_type;
  std::string rule;  ///< CUSTOM_VALIDATION: the name of the rule
  Severity severity = Severity::error;
  std::string summary;                ///< a few words
  std::string message;                ///< what was expected, and what the first such row has
  std::int64_t rows = 0;              ///< how many rows have it
  std::vector<RowSample> samples;     ///< the first ones
  std::vector<std::uint64_t> marked;  ///< a bit a row; rows beyond the last word have it not

  /// Has this row the fault?
  [[nodiscard]] bool has(std::int64_t row) const noexcept;
  /// All rows that have it, ascending.
  [[nodiscard]] std::vector<std::int64_t> row_numbers() const;
  [[nodiscard]] bool operator==(const RowAnomaly&) const = default;
};

struct RowAnomalies {
  std::vector<RowAnomaly> items;  ///< rules across columns first, then sorted by path
  std::int64_t rows = 0;          ///< how many rows were looked at

  [[nodiscard]] bool empty() const noexcept { return items.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return items.size(); }
  [[nodiscard]] const RowAnomaly& operator[](std::size_t i) const { return items[i]; }
  [[nodiscard]] auto begin() const noexcept { return items.begin(); }
  [[nodiscard]] auto end() const noexcept { return items.end(); }
  /// A bit a row: has it any fault?
  [[nodiscard]] std::vector<std::uint64_t> marked() const;
  /// All rows that have any fault, ascending.
  [[nodiscard]] std::vector<std::int64_t> row_numbers() const;

  [[nodiscard]] bool operator==(const RowAnomalies&) const = default;
};

}  // namespace zeroskew
