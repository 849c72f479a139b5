#pragma once
/// Rules beside the domain: mass, distinct values, and the size of the whole dataset.

#include <cstdint>
#include <optional>

namespace zeroskew {

struct DistributionConstraints {
  /// Share of the values that must be in the domain; 1 when unset.
  std::optional<double> min_domain_mass;

  [[nodiscard]] double mass() const noexcept { return min_domain_mass.value_or(1.0); }
  [[nodiscard]] bool operator==(const DistributionConstraints&) const = default;
};

/// Bounds on the number of distinct values; unset is unbounded.
struct UniqueConstraints {
  std::optional<std::int64_t> min;
  std::optional<std::int64_t> max;

  [[nodiscard]] bool operator==(const UniqueConstraints&) const = default;
};

/// Bounds on the ratio current / control.
struct NumericValueComparator {
  std::optional<double> min_fraction_threshold;
  std::optional<double> max_fraction_threshold;

  [[nodiscard]] bool operator==(const NumericValueComparator&) const = default;
};

struct DatasetConstraints {
  std::optional<NumericValueComparator> num_examples_drift_comparator;    ///< previous span
  std::optional<NumericValueComparator> num_examples_version_comparator;  ///< previous version
  std::optional<std::int64_t> min_examples_count;
  std::optional<std::int64_t> max_examples_count;

  [[nodiscard]] bool operator==(const DatasetConstraints&) const = default;
};

}  // namespace zeroskew
