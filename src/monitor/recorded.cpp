// What is recorded as a distribution, and how a reference sets the bins.

#include <algorithm>
#include <bit>
#include <limits>

#include "zeroskew/monitor/recorder.hpp"

namespace zeroskew {
namespace {

// The next double above a finite one.
double successor(double x) noexcept {
  if (x == 0.0) return std::numeric_limits<double>::denorm_min();
  const auto bits = std::bit_cast<std::uint64_t>(x);
  return std::bit_cast<double>(x > 0.0 ? bits + 1 : bits - 1);
}

}  // namespace

RecordedFeature RecordedFeature::of(std::string name, const Distribution& reference,
                                    std::size_t bins) {
  RecordedFeature feature{std::move(name), {}, {}};
  if (reference.kind == Distribution::Kind::labels) {
    for (const Label& label : reference.labels) feature.labels.push_back(label.name);
    return feature;
  }
  const std::vector<Cell>& cells = reference.cells;
  const bool points =
      cells.size() <= bins &&
      std::all_of(cells.begin(), cells.end(), [](const Cell& c) { return c.lo == c.hi; });
  double mass = 0.0;
  for (const Cell& cell : cells) mass += cell.mass;
  double below = 0.0;
  std::size_t cuts = 0;
  for (const Cell& cell : cells) {
    if (points) {
      feature.edges.push_back(cell.lo);
      feature.edges.push_back(successor(cell.lo));
      continue;
    }
    // An edge where a cell begins, when the mass below it has passed the next share.
    if (below * static_cast<double>(bins) >= mass * static_cast<double>(cuts)) {
      feature.edges.push_back(cell.lo);
      while (below * static_cast<double>(bins) >= mass * static_cast<double>(cuts)) ++cuts;
    }
    below += cell.mass;
  }
  // The last edge: nothing of the reference is above it.
  if (!points && !cells.empty()) {
    const double last = cells.back().hi;
    feature.edges.push_back(cells.back().lo == last ? successor(last) : last);
  }
  feature.edges.erase(std::unique(feature.edges.begin(), feature.edges.end()), feature.edges.end());
  if (feature.edges.empty()) feature.edges.push_back(0.0);
  return feature;
}

std::uint64_t RecordedCounts::total() const noexcept {
  std::uint64_t total = missing + nan + negative_infinity + positive_infinity;
  for (const std::uint64_t bin : bins) total += bin;
  return total;
}

RecordedCounts& RecordedCounts::operator+=(const RecordedCounts& other) {
  for (std::size_t i = 0; i < bins.size(); ++i) bins[i] += other.bins[i];
  missing += other.missing;
  nan += other.nan;
  negative_infinity += other.negative_infinity;
  positive_infinity += other.positive_infinity;
  exact += other.exact;
  sum = exact.value();
  settled = settled && other.settled;
  return *this;
}

Distribution distribution_of(const RecordedFeature& feature, const RecordedCounts& counts) {
  Distribution result;
  result.missing = static_cast<double>(counts.missing);
  if (!feature.labels.empty()) {
    result.kind = Distribution::Kind::labels;
    for (std::size_t i = 0; i < feature.labels.size(); ++i) {
      const auto mass = static_cast<double>(counts.bins[i]);
      if (mass > 0.0) result.labels.push_back({feature.labels[i], mass, mass, mass});
    }
    result.unnamed = static_cast<double>(counts.bins.back());
    return result;
  }
  result.kind = Distribution::Kind::cells;
  result.nan = static_cast<double>(counts.nan);
  result.negative_infinity = static_cast<double>(counts.negative_infinity);
  result.positive_infinity = static_cast<double>(counts.positive_infinity);
  for (std::size_t i = 0; i < counts.bins.size(); ++i) {
    if (counts.bins[i] == 0) continue;
    constexpr double most = std::numeric_limits<double>::max();
    const double lo = i == 0 ? -most : feature.edges[i - 1];
    double hi = i == feature.edges.size() ? most : feature.edges[i];
    if (i > 0 && hi == successor(lo)) hi = lo;
    result.exact = result.exact && lo == hi;
    result.cells.push_back({lo, hi, static_cast<double>(counts.bins[i])});
  }
  return result;
}

}  // namespace zeroskew
