#include "zeroskew/drift/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "drift/sum.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/kernel/sort.hpp"

namespace zeroskew {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Distribution of_sorted_labels(std::vector<Label> labels) {
  std::sort(labels.begin(), labels.end(), [](const Label& a, const Label& b) {
    return a.name != b.name ? a.name < b.name : a.mass < b.mass;  // equal names add up in one order
  });
  Distribution distribution;
  for (auto& label : labels) {
    if (!distribution.labels.empty() && distribution.labels.back().name == label.name) {
      distribution.labels.back().mass += label.mass;
    } else {
      distribution.labels.push_back(std::move(label));
    }
  }
  for (auto& label : distribution.labels) label.lo = label.hi = label.mass;
  if (!distribution.labels.empty()) distribution.kind = Distribution::Kind::labels;
  return distribution;
}

bool is_whole(double value) {
  return value == std::floor(value);
}

}  // namespace

double Distribution::total() const noexcept {
  detail::Sum sum;
  for (const auto& label : labels) sum.add(label.mass);
  for (const auto& cell : cells) sum.add(cell.mass);
  sum.add(unnamed);
  sum.add(negative_infinity);
  sum.add(positive_infinity);
  return sum.value();
}

Distribution Distribution::of_values(std::span<const double> values, std::uint64_t missing_cells) {
  Distribution distribution;
  const auto sorted = kernel::sorted_without_nan(values);
  distribution.missing = static_cast<double>(missing_cells);
  distribution.nan = static_cast<double>(values.size() - sorted.size());
  const auto begin = std::upper_bound(sorted.begin(), sorted.end(), -infinity);
  const auto end = std::lower_bound(begin, sorted.end(), infinity);
  distribution.negative_infinity = static_cast<double>(begin - sorted.begin());
  distribution.positive_infinity = static_cast<double>(sorted.end() - end);
  distribution.integral = true;
  for (auto at = begin; at != end;) {
    const double value = *at;
    const auto first = at;
    while (at != end && *at == value) ++at;
    distribution.cells.push_back({value, value, static_cast<double>(at - first)});
    distribution.integral = distribution.integral && is_whole(value);
  }
  if (!sorted.empty()) distribution.kind = Kind::cells;
  return distribution;
}

Distribution Distribution::of_names(std::span<const std::string> names,
                                    std::uint64_t missing_cells) {
  std::vector<std::string> sorted(names.begin(), names.end());
  std::sort(sorted.begin(), sorted.end());
  std::vector<Label> labels;
  for (auto& name : sorted) {
    if (labels.empty() || labels.back().name != name)
      labels.push_back({std::move(name), 0.0, 0.0, 0.0});
    labels.back().mass += 1.0;
  }
  auto distribution = of_sorted_labels(std::move(labels));
  distribution.missing = static_cast<double>(missing_cells);
  return distribution;
}

Distribution Distribution::of_counts(std::span<const std::pair<std::string, double>> counts) {
  std::vector<Label> labels;
  for (const auto& [name, count] : counts) {
    if (!(count >= 0.0) || count == infinity) {
      fail_value("drift.count", name, "a count must be finite and not negative");
    }
    labels.push_back({name, count, count, count});
  }
  return of_sorted_labels(std::move(labels));
}

Distribution Distribution::of_cells(std::vector<Cell> cells) {
  Distribution distribution;
  distribution.integral = true;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    auto cell = cells[i];
    const std::string where = "cell " + std::to_string(i);
    if (!(cell.mass >= 0.0) || cell.mass == infinity) {
      fail_value("drift.cell_mass", where, "a mass must be finite and not negative");
    }
    if (!(cell.lo <= cell.hi)) fail_value("drift.cell_order", where, "lo must not exceed hi");
    cell.lo += 0.0;
    cell.hi += 0.0;
    // What reaches to infinity has no place on the line.
    if (cell.hi == infinity) {
      distribution.positive_infinity += cell.mass;
      continue;
    }
    if (cell.lo == -infinity) {
      distribution.negative_infinity += cell.mass;
      continue;
    }
    if (!distribution.cells.empty()) {
      auto& last = distribution.cells.back();
      if (last.lo == last.hi && cell.lo == cell.hi && last.lo == cell.lo) {
        last.mass += cell.mass;
        continue;
      }
      const bool apart = last.hi < cell.lo || (last.hi == cell.lo && last.lo < last.hi) ||
                         (last.hi == cell.lo && cell.lo < cell.hi);
      if (!apart) {
        fail_value("drift.cells_overlap", where,
                   "cells must be sorted and must not overlap the one before");
      }
    }
    distribution.exact = distribution.exact && cell.lo == cell.hi;
    distribution.integral = distribution.integral && cell.lo == cell.hi && is_whole(cell.lo);
    distribution.cells.push_back(cell);
  }
  if (!cells.empty()) distribution.kind = Kind::cells;
  return distribution;
}

}  // namespace zeroskew
