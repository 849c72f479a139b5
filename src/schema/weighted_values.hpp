#pragma once
// The values of a profiled column by the weight of their rows.

#include "schema/profile_values.hpp"
#include "zeroskew/stats/weighted_stats.hpp"

namespace zeroskew::detail {

class WeightedValues final : public ProfileValues {
 public:
  // Both must outlive this; the column has values.
  WeightedValues(const ColumnProfile& column, const WeightedStats& weights) noexcept
      : ProfileValues(column), weights_(weights) {}

  [[nodiscard]] std::optional<Distribution> labels() const override;
  [[nodiscard]] std::optional<Distribution> histogram(
      JensenShannonDivergence::Source source) const override;
  [[nodiscard]] double total() const override { return weights_.count(); }
  [[nodiscard]] Estimate mass_of(std::span<const std::string> names) const override;
  [[nodiscard]] std::optional<Moments> moments() const override;
  [[nodiscard]] std::optional<Bounds> quantile(double q) const override;

 private:
  [[nodiscard]] Estimate weight_of(std::uint64_t code) const;

  const WeightedStats& weights_;
};

}  // namespace zeroskew::detail
