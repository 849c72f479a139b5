#pragma once
// The values of a feature, as far as another tool's histograms say.

#include "zeroskew/schema/feature_statistics.hpp"

namespace zeroskew::detail {

class ReadValues final : public FeatureValues {
 public:
  [[nodiscard]] std::optional<Distribution> labels() const override { return names; }
  [[nodiscard]] std::optional<Distribution> histogram(
      JensenShannonDivergence::Source source) const override;
  [[nodiscard]] double total() const override { return count; }
  [[nodiscard]] Estimate mass_of(std::span<const std::string> wanted) const override;
  // Labels stand for whole values, but for a placeholder for all that is not UTF-8.
  [[nodiscard]] bool named() const override { return names.has_value(); }
  [[nodiscard]] std::optional<Bounds> inside(double lo, double hi) const override;

  double count = 0.0;
  std::optional<Distribution> names;
  std::optional<Distribution> equal_width;
  std::optional<Distribution> quantiles;
};

}  // namespace zeroskew::detail
