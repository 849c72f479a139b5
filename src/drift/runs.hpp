#pragma once
// Two sorted samples walked together: what every rank test reads. A raw column is its sorted
// values, a distribution of exact cells its distinct values with counts.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "zeroskew/detail/int128.hpp"
#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {
class NumberStats;
}

namespace zeroskew::detail {

struct Runs {
  std::vector<double> values;        // ascending; distinct if there are counts
  std::vector<std::int64_t> counts;  // empty: each value counts once
  std::int64_t size = 0;
  std::string reason;  // why these cannot be ranked

  [[nodiscard]] static Runs of(std::span<const double> values);
  [[nodiscard]] static Runs of(const Distribution& distribution);
  // Of a column whose numbers are all known.
  [[nodiscard]] static Runs of(const NumberStats& numbers);

  [[nodiscard]] std::int64_t count(std::size_t i) const noexcept {
    return counts.empty() ? 1 : counts[i];
  }
};

// The same values one by one, in no order.
[[nodiscard]] std::vector<double> values_of(const NumberStats& numbers);

// Why the pair cannot be tested; empty if it can. Each side needs `least` values.
[[nodiscard]] std::string why_not(const Runs& a, const Runs& b, std::int64_t least = 1);
[[nodiscard]] std::string why_not_sizes(std::int64_t n, std::int64_t m, std::int64_t least = 1);

[[nodiscard]] MeasureResult ks_of(const Runs& a, const Runs& b, const MeasureOptions& options);
// The largest gap between the two distribution functions. @pre neither side is empty
[[nodiscard]] double largest_share_gap(const Runs& a, const Runs& b);
[[nodiscard]] MeasureResult anderson_of(const Runs& a, const Runs& b,
                                        const MeasureOptions& options);

// visit(value, count in a, count in b) for each distinct value, ascending.
template <class Visit>
void walk(const Runs& a, const Runs& b, Visit&& visit) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.values.size() || j < b.values.size()) {
    const bool from_a = j == b.values.size() || (i < a.values.size() && a.values[i] <= b.values[j]);
    const double value = from_a ? a.values[i] : b.values[j];
    std::int64_t in_a = 0;
    std::int64_t in_b = 0;
    for (; i < a.values.size() && a.values[i] == value; ++i) in_a += a.count(i);
    for (; j < b.values.size() && b.values[j] == value; ++j) in_b += b.count(j);
    visit(value, in_a, in_b);
  }
}

}  // namespace zeroskew::detail
