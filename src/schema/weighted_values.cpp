#include "schema/weighted_values.hpp"

#include <algorithm>
#include <cmath>

namespace zeroskew::detail {
namespace {

// Values in [lo, hi] of so much weight.
struct Weight {
  double lo;
  double hi;
  double mass;
};

// The share of a weight in a bucket: all of a point's, and of a range's as if it were even.
double share_in(const Weight& weight, double low, double high, bool last) {
  if (weight.lo == weight.hi) {
    return weight.lo >= low && (weight.lo < high || (last && weight.lo == high)) ? weight.mass : 0;
  }
  const double lo = std::max(weight.lo, low);
  const double hi = std::min(weight.hi, high);
  return hi > lo ? weight.mass * ((hi - lo) / (weight.hi - weight.lo)) : 0.0;
}

}  // namespace

Estimate WeightedValues::weight_of(std::uint64_t code) const {
  const double most = std::min(weights_.values().at_most(code), weights_.count());
  const bool exact = weights_.values().exact();
  return {most, exact ? most : 0.0, most, exact};
}

std::optional<Distribution> WeightedValues::labels() const {
  std::optional<Distribution> result = ProfileValues::labels();
  if (!result) return result;
  result->labels.clear();
  double named = 0.0;
  const TextStats* text = column_.text();
  const bool all = column_.values()->exact();
  for (const ValueCounts::Frequent& frequent : column_.values()->frequent()) {
    if (text != nullptr && !all && !text->knows(frequent.code)) continue;
    Estimate weight = weight_of(frequent.code);
    if (!weight.exact) {
      // At least as heavy as nothing and at most as its range: as heavy as its share of the rows.
      const double rows = static_cast<double>(column_.values()->total());
      weight.value = std::min(weight.hi, weights_.count() * (frequent.count.value / rows));
    }
    if (weight.hi == 0.0) continue;
    result->labels.push_back(
        {label_of(column_, frequent.code), weight.value, weight.lo, weight.hi});
    named += weight.value;
  }
  std::sort(result->labels.begin(), result->labels.end(),
            [](const Label& a, const Label& b) { return a.name < b.name; });
  result->exact = all && weights_.values().exact();
  result->unnamed = all ? 0.0 : std::max(0.0, weights_.count() - named);
  result->missing = weights_.missing();
  return result;
}

std::optional<Distribution> WeightedValues::histogram(
    JensenShannonDivergence::Source source) const {
  if (column_.numbers() == nullptr) return std::nullopt;
  Distribution result;
  result.kind = Distribution::Kind::cells;
  result.exact = false;
  result.missing = 0.0;
  result.nan = weights_.nan();
  std::vector<Weight> finite;
  for (const auto& [key, sum] : weights_.values().sorted()) {
    const auto [lo, hi] = weights_.values().range_of(key);
    const double mass = sum.value();
    if (std::isinf(hi) && hi > 0.0) {
      result.positive_infinity += mass;
    } else if (std::isinf(lo)) {
      result.negative_infinity += mass;
    } else if (mass > 0.0) {
      finite.push_back({lo, hi, mass});
    }
  }
  if (finite.empty()) return result;
  std::vector<double> edges;
  const double low = finite.front().lo;
  const double high = finite.back().hi;
  const bool quantiles = source == JensenShannonDivergence::Source::quantiles;
  for (std::size_t i = 0; i <= kBuckets; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(kBuckets);
    edges.push_back(quantiles       ? std::clamp(weights_.quantile(share), low, high)
                    : i == kBuckets ? high
                                    : low + (high - low) * share);
  }
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  if (edges.size() == 1) edges.push_back(edges.front());  // one value, one point
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    double mass = 0.0;
    const bool last = i + 2 == edges.size();
    for (const Weight& weight : finite) mass += share_in(weight, edges[i], edges[i + 1], last);
    if (mass > 0.0) result.cells.push_back({edges[i], edges[i + 1], mass});
  }
  return result;
}

Estimate WeightedValues::mass_of(std::span<const std::string> names) const {
  const std::vector<std::uint64_t> codes = codes_of(column_, names);
  if (!weights_.values().exact()) {
    double most = 0.0;
    for (const std::uint64_t code : codes) most += weights_.values().at_most(code);
    // An upper bound in spite of rounding.
    most = std::min(most * (1.0 + 0x1p-40), weights_.count());
    return {most, 0.0, most, false};
  }
  // Rounded once, so that all values together weigh exactly as much as the column.
  PositiveSum sum;
  for (const auto& [code, weight] : weights_.values().sorted()) {
    if (std::binary_search(codes.begin(), codes.end(), code)) sum += weight;
  }
  const double mass = std::min(sum.value(), weights_.count());
  return {mass, mass, mass, true};
}

std::optional<FeatureValues::Moments> WeightedValues::moments() const {
  if (!weights_.has_numbers()) return std::nullopt;
  const bool reals = weights_.values().keys() == WeightKeys::floating;
  const std::uint64_t zero = reals ? order_key(0.0)
                             : weights_.values().keys() == WeightKeys::unsigned_integer
                                 ? 0
                                 : order_key(std::int64_t{0});
  const double count = weights_.count();
  return Moments{weights_.mean(), weights_.std(),
                 count > 0.0 ? weight_of(zero).value / count : 0.0};
}

std::optional<Bounds> WeightedValues::quantile(double q) const {
  if (!weights_.has_numbers() || weights_.values().size() == 0) return std::nullopt;
  return weights_.quantile_bounds(q);
}

}  // namespace zeroskew::detail
