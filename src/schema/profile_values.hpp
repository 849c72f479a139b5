#pragma once
// The values of a profiled column, as validation reads them.

#include "zeroskew/schema/feature_statistics.hpp"
#include "zeroskew/stats/column_profile.hpp"

namespace zeroskew::detail {

// How statistics call the cells of a column; none for lists and for columns of nulls.
[[nodiscard]] StatisticsType statistics_type(Kind kind) noexcept;

// Buckets of a histogram, as many as other tools draw, so that distances over them can be compared.
inline constexpr std::size_t kBuckets = 10;

// What a code stands for; a bool as "0" or "1".
[[nodiscard]] std::string label_of(const ColumnProfile& column, std::uint64_t code);
// The codes of names, each once; a name that no value of the column can have has none.
[[nodiscard]] std::vector<std::uint64_t> codes_of(const ColumnProfile& column,
                                                  std::span<const std::string> names);

class ProfileValues : public FeatureValues {
 public:
  // The column must outlive this, and have values.
  explicit ProfileValues(const ColumnProfile& column) noexcept : column_(column) {}

  [[nodiscard]] std::optional<Distribution> labels() const override;
  [[nodiscard]] std::optional<Distribution> histogram(
      JensenShannonDivergence::Source source) const override;
  [[nodiscard]] double total() const override;
  [[nodiscard]] Estimate mass_of(std::span<const std::string> names) const override;
  [[nodiscard]] bool named() const override;
  [[nodiscard]] std::optional<Bounds> inside(double lo, double hi) const override;
  [[nodiscard]] std::optional<Moments> moments() const override;
  [[nodiscard]] std::optional<Bounds> quantile(double q) const override;
  [[nodiscard]] std::optional<Bounds> lengths() const override;

 protected:
  const ColumnProfile& column_;
};

}  // namespace zeroskew::detail
