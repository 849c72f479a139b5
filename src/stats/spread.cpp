#include "zeroskew/stats/spread.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace zeroskew {
namespace {

// NumPy's interpolation: exact at both ends, and monotone.
double between(double a, double b, double t) noexcept {
  if (a == b) return a;
  const double step = b - a;
  if (!std::isfinite(step)) return t < 0.5 ? a : b;
  return t >= 0.5 ? b - step * (1.0 - t) : a + step * t;
}

struct Position {
  std::uint64_t below = 0;
  std::uint64_t above = 0;
  double part = 0.0;
};

Position position_of(double q, std::uint64_t total) noexcept {
  const double h = static_cast<double>(total - 1) * q;
  const double whole = std::floor(h);
  const auto below = std::min(static_cast<std::uint64_t>(whole), total - 1);
  return {below, std::min(below + 1, total - 1), h - whole};
}

}  // namespace

Spread::Spread(std::vector<Cell> cells) : cells_(std::move(cells)) {
  ends_.reserve(cells_.size());
  std::uint64_t sum = 0;
  for (const Cell& cell : cells_) ends_.push_back(sum += cell.count);
}

Spread::Place Spread::order_statistic(std::uint64_t rank) const noexcept {
  const auto found = std::upper_bound(ends_.begin(), ends_.end(), rank);
  const auto i = static_cast<std::size_t>(found - ends_.begin());
  const Cell& cell = cells_[i];
  if (cell.lo == cell.hi) return {i, cell.lo};
  if (!std::isnan(cell.likely)) return {i, cell.likely};
  const auto inside = static_cast<double>(rank - (ends_[i] - cell.count));
  return {i, between(cell.lo, cell.hi, (inside + 0.5) / static_cast<double>(cell.count))};
}

double Spread::quantile(double q) const noexcept {
  if (cells_.empty()) return std::numeric_limits<double>::quiet_NaN();
  const Position p = position_of(q, total());
  const double low = order_statistic(p.below).value;
  return p.part == 0.0 ? low : between(low, order_statistic(p.above).value, p.part);
}

Bounds Spread::quantile_bounds(double q) const noexcept {
  if (cells_.empty()) {
    return {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  }
  const Position p = position_of(q, total());
  const Cell& first = cells_[order_statistic(p.below).cell];
  if (p.part == 0.0) return {first.lo, first.hi};
  const Cell& second = cells_[order_statistic(p.above).cell];
  return {between(first.lo, second.lo, p.part), between(first.hi, second.hi, p.part)};
}

Estimate Spread::mass_below(double x, bool inclusive) const noexcept {
  const auto after = std::partition_point(cells_.begin(), cells_.end(), [&](const Cell& cell) {
    return inclusive ? cell.hi <= x : cell.hi < x;
  });
  const auto i = static_cast<std::size_t>(after - cells_.begin());
  const double sure = i == 0 ? 0.0 : static_cast<double>(ends_[i - 1]);
  if (i == cells_.size() || cells_[i].lo > x || (cells_[i].lo == x && !inclusive)) {
    return {sure, sure, sure, true};
  }
  // x is inside the cell: any number of its values may lie below.
  const auto count = static_cast<double>(cells_[i].count);
  const double width = cells_[i].hi - cells_[i].lo;
  const double part = std::isfinite(width) ? (x - cells_[i].lo) / width : 0.5;
  return {sure + count * part, sure, sure + count, false};
}

Bounds Spread::cdf_bounds(double x) const noexcept {
  if (cells_.empty()) {
    return {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  }
  const Estimate mass = mass_below(x, true);
  const auto all = static_cast<double>(total());
  return {mass.lo / all, mass.hi / all};
}

std::vector<Spread::Bin> Spread::histogram(const std::vector<double>& edges) const {
  std::vector<Bin> bins;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    const bool last = i + 2 == edges.size();
    const Estimate low = mass_below(edges[i], false);
    const Estimate high = mass_below(edges[i + 1], last);
    bins.push_back({edges[i], edges[i + 1],
                    {high.value - low.value, std::max(0.0, high.lo - low.hi), high.hi - low.lo,
                     low.exact && high.exact}});
  }
  return bins;
}

std::vector<Spread::Bin> Spread::equal_width(std::size_t bins) const {
  auto first = cells_.begin();
  auto last = cells_.end();
  while (first != last && !std::isfinite(first->lo)) ++first;
  while (last != first && !std::isfinite((last - 1)->hi)) --last;
  if (first == last || bins == 0) return {};
  const double low = first->lo;
  const double high = (last - 1)->hi;
  if (low == high) return histogram({low, high});
  std::vector<double> edges;
  for (std::size_t i = 0; i <= bins; ++i) {
    edges.push_back(between(low, high, static_cast<double>(i) / static_cast<double>(bins)));
  }
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return histogram(edges);
}

std::vector<Spread::Bin> Spread::equal_mass(std::size_t bins) const {
  if (cells_.empty() || bins == 0) return {};
  std::vector<double> edges;
  for (std::size_t i = 0; i <= bins; ++i) {
    edges.push_back(quantile(static_cast<double>(i) / static_cast<double>(bins)));
  }
  edges.front() = cells_.front().lo;
  edges.back() = cells_.back().hi;
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  if (edges.size() == 1) edges.push_back(edges[0]);
  return histogram(edges);
}

}  // namespace zeroskew
