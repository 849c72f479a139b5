#pragma once
/// How far a feature may move between two datasets.

#include <cstdint>
#include <optional>

namespace zeroskew {

/// Largest difference between the shares of one value.
struct InfinityNorm {
  std::optional<double> threshold;

  [[nodiscard]] bool operator==(const InfinityNorm&) const = default;
};

/// Base 2, so between 0 and 1.
struct JensenShannonDivergence {
  /// Which of the histograms is compared; `standard` by default.
  enum class Source : std::int32_t { by_default = 0, quantiles = 1, standard = 2 };
  struct HistogramSelection {
    std::optional<Source> type;

    [[nodiscard]] bool operator==(const HistogramSelection&) const = default;
  };

  std::optional<double> threshold;
  std::optional<HistogramSelection> source;

  [[nodiscard]] bool operator==(const JensenShannonDivergence&) const = default;
};

/// Largest difference between the counts of one value, over the sum of all counts.
struct NormalizedAbsoluteDifference {
  std::optional<double> threshold;

  [[nodiscard]] bool operator==(const NormalizedAbsoluteDifference&) const = default;
};

/// An anomaly when any measure is above its threshold.
struct FeatureComparator {
  std::optional<InfinityNorm> infinity_norm;
  std::optional<JensenShannonDivergence> jensen_shannon_divergence;
  std::optional<NormalizedAbsoluteDifference> normalized_abs_difference;

  [[nodiscard]] bool operator==(const FeatureComparator&) const = default;
};

}  // namespace zeroskew
