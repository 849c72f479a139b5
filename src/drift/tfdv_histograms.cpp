#include "drift/tfdv_histograms.hpp"

#include <algorithm>
#include <cstddef>

#include "drift/aligned.hpp"

namespace zeroskew::detail {
namespace {

bool is_point(const Cell& cell) {
  return cell.lo == cell.hi;
}

std::vector<double> masses_between(const std::vector<Cell>& cells,
                                   const std::vector<double>& cuts) {
  std::vector<double> masses(cuts.empty() ? 0 : cuts.size() - 1, 0.0);
  for (const auto& cell : cells) {
    if (is_point(cell)) continue;
    auto at = static_cast<std::size_t>(std::lower_bound(cuts.begin(), cuts.end(), cell.lo) -
                                       cuts.begin());
    for (; at + 1 < cuts.size() && cuts[at] < cell.hi; ++at) {
      masses[at] += cell.mass * ((cuts[at + 1] - cuts[at]) / (cell.hi - cell.lo));
    }
  }
  return masses;
}

}  // namespace

Paired pair_tfdv(const Distribution& reference, const Distribution& current) {
  Paired paired;
  using Kind = Distribution::Kind;
  const auto any_nan = [](const Distribution& side) { return side.total() + side.nan; };
  if (!(any_nan(reference) > 0.0) || !(any_nan(current) > 0.0)) {
    paired.reason = "cannot compare, because a side has no values";
    return paired;
  }
  if (reference.kind == Kind::labels && current.kind == Kind::labels) {
    const auto aligned = align(reference, current, 2);
    for (const auto& category : aligned.categories) {
      if (category.role != Category::Role::both) continue;
      paired.masses.emplace_back(category.a.value, category.b.value);
    }
    return paired;
  }
  if (reference.kind == Kind::labels || current.kind == Kind::labels) {
    paired.reason = "cannot compare, because one side has names and the other numbers";
    return paired;
  }
  std::vector<double> cuts;
  std::vector<double> points;
  for (const auto* side : {&reference, &current}) {
    for (const auto& cell : side->cells) {
      if (is_point(cell)) {
        points.push_back(cell.lo);
      } else {
        cuts.push_back(cell.lo);
        cuts.push_back(cell.hi);
      }
    }
  }
  for (auto* values : {&cuts, &points}) {
    std::sort(values->begin(), values->end());
    values->erase(std::unique(values->begin(), values->end()), values->end());
  }
  const auto a = masses_between(reference.cells, cuts);
  const auto b = masses_between(current.cells, cuts);
  for (std::size_t i = 0; i < a.size(); ++i) paired.masses.emplace_back(a[i], b[i]);
  const auto mass_at = [](const Distribution& side, double value) {
    // Cells are sorted, and at equal starts the point comes first.
    const auto found =
        std::lower_bound(side.cells.begin(), side.cells.end(), value,
                         [](const Cell& cell, double wanted) { return cell.lo < wanted; });
    return found != side.cells.end() && found->lo == value && is_point(*found) ? found->mass : 0.0;
  };
  for (const double value : points) {
    paired.masses.emplace_back(mass_at(reference, value), mass_at(current, value));
  }
  paired.masses.emplace_back(reference.negative_infinity + reference.positive_infinity, 0.0);
  paired.masses.emplace_back(0.0, current.negative_infinity + current.positive_infinity);
  paired.masses.emplace_back(0.0, current.nan);
  paired.masses.emplace_back(reference.nan, 0.0);
  return paired;
}

}  // namespace zeroskew::detail
