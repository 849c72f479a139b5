#pragma once
/// The same rows as training and serving saw them, joined by key and compared cell by cell: skew
/// that no distribution shows.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/column/batch.hpp"

namespace zeroskew {

struct RowSkewOptions {
  std::vector<std::string> keys;     ///< columns that name a row; at least one
  std::vector<std::string> columns;  ///< what to compare; empty for all
  double absolute = 0.0;             ///< numbers match if |a - b| <= absolute + relative |a|,
  double relative = 0.0;             ///< a being training's
  std::size_t samples = 5;           ///< mismatches that are kept a feature
};

/// A cell that differs, as text; "" is missing.
struct SkewSample {
  std::string key;
  std::string training;
  std::string serving;

  [[nodiscard]] bool operator==(const SkewSample&) const = default;
};

struct FeatureSkew {
  std::string name;
  std::uint64_t matched = 0;  ///< both missing counts as a match; NaN is missing
  std::uint64_t mismatched = 0;
  std::uint64_t missing_in_training = 0;  ///< there in serving only
  std::uint64_t missing_in_serving = 0;
  double largest_difference = 0.0;  ///< of numbers that both sides have
  std::vector<SkewSample> samples;  ///< cells that do not match, of the smallest keys
  std::string reason;               ///< why nothing could be compared; empty if it was

  [[nodiscard]] std::uint64_t skewed_rows() const noexcept {
    return mismatched + missing_in_training + missing_in_serving;
  }
  /// Share of the joined rows that do not match.
  [[nodiscard]] double rate() const noexcept {
    const std::uint64_t rows = matched + skewed_rows();
    return rows == 0 ? 0.0 : static_cast<double>(skewed_rows()) / static_cast<double>(rows);
  }
  [[nodiscard]] bool operator==(const FeatureSkew&) const = default;
};

struct RowSkew {
  std::uint64_t joined = 0;         ///< rows whose key is on both sides once
  std::uint64_t training_only = 0;  ///< keys
  std::uint64_t serving_only = 0;
  std::uint64_t repeated = 0;         ///< keys that a side has more than once: not compared
  std::uint64_t without_key = 0;      ///< rows with a missing key
  std::vector<FeatureSkew> features;  ///< in training's order, then serving's others
  std::string reason;                 ///< "cannot compare, because ..." if no row was joined

  [[nodiscard]] bool skewed() const noexcept;
  /// @throws Error drift.unknown_column
  [[nodiscard]] const FeatureSkew& feature(std::string_view name) const;
  [[nodiscard]] bool operator==(const RowSkew&) const = default;
};

/// A function of the two sets of rows: the order of rows and batches leaves no trace.
/// @throws Error drift.keys (none), drift.unknown_column, drift.key_type (keys of two types, or of
/// one that names nothing), drift.tolerance
[[nodiscard]] RowSkew row_skew(std::span<const Batch> training, std::span<const Batch> serving,
                               const RowSkewOptions& options);

}  // namespace zeroskew
