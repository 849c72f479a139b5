#include "drift/compatible.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "zeroskew/detail/math.hpp"

namespace zeroskew::detail {
namespace {

// Finite exact values only: what those tools look at.
Distribution finite_part(Distribution side) {
  side.negative_infinity = side.positive_infinity = 0.0;
  return side;
}

std::string why_not(const Distribution& reference, const Distribution& current) {
  for (const auto* side : {&reference, &current}) {
    if (!(side->total() > 0.0)) {
      return std::string("cannot compare, because the ") +
             (side == &reference ? "reference" : "current") + " side has no finite values";
    }
    if (!side->exact) return "cannot compare, because this definition needs exact values";
  }
  if (reference.kind != current.kind) {
    return "cannot compare, because one side has names and the other numbers";
  }
  return {};
}

// Inner edges of equal bins from `first` to `last`, rounded as numpy.linspace does.
std::vector<double> equal_edges(double first, double last, double width, bool integral) {
  const double range = last - first;
  if (integral) width = std::max(width, 1.0);
  const double bins = width > 0.0 ? std::max(1.0, std::ceil(range / width)) : 1.0;
  std::vector<double> edges;
  for (double i = 1.0; i < bins; i += 1.0) edges.push_back(i * (range / bins) + first);
  return edges;
}

Aligned over_values(const Distribution& reference, const Distribution& current) {
  Aligned aligned;
  aligned.n = reference.total();
  aligned.m = current.total();
  aligned.how = "over values";
  std::size_t i = 0;
  std::size_t j = 0;
  const auto& a = reference.cells;
  const auto& b = current.cells;
  while (i < a.size() || j < b.size()) {
    const bool from_a = j == b.size() || (i < a.size() && a[i].lo <= b[j].lo);
    const double value = from_a ? a[i].lo : b[j].lo;
    Category category;
    if (i < a.size() && a[i].lo == value) category.a.value = a[i++].mass;
    if (j < b.size() && b[j].lo == value) category.b.value = b[j++].mass;
    aligned.categories.push_back(std::move(category));
  }
  return aligned;
}

}  // namespace

Aligned align_evidently(const Distribution& reference, const Distribution& current) {
  const auto a = finite_part(reference);
  const auto b = finite_part(current);
  Aligned aligned;
  aligned.reason = why_not(a, b);
  if (!aligned.reason.empty()) return aligned;
  if (a.kind == Distribution::Kind::labels) return align(a, b, 2);
  if (a.cells.size() <= 20) return over_values(a, b);
  const double first = std::min(a.cells.front().lo, b.cells.front().lo);
  const double last = std::max(a.cells.back().hi, b.cells.back().hi);
  const double width = (last - first) / (math::log2(a.total() + b.total()) + 1.0);
  aligned = align_bins(a, b, equal_edges(first, last, width, a.integral && b.integral));
  aligned.how = "over " + std::to_string(aligned.categories.size()) +
                " equal-width bins of both sides together";
  return aligned;
}

void fill_evidently(Aligned& aligned) {
  const auto fill = [&aligned](Mass Category::* side, double total) {
    double least = 1.0;
    for (const auto& category : aligned.categories) {
      const double share = (category.*side).value / total;
      if (share > 0.0) least = std::min(least, share);
    }
    const double filler = least <= 0.0001 ? least / 1e6 : 0.0001;
    for (auto& category : aligned.categories) {
      auto& mass = category.*side;
      if (!(mass.value > 0.0)) mass.value = filler * total;
    }
  };
  fill(&Category::a, aligned.n);
  fill(&Category::b, aligned.m);
}

Aligned align_nannyml(const Distribution& reference, const Distribution& current) {
  const auto a = finite_part(reference);
  const auto b = finite_part(current);
  Aligned aligned;
  aligned.reason = why_not(a, b);
  if (!aligned.reason.empty()) return aligned;
  if (a.kind == Distribution::Kind::labels) return align(a, b, 2);
  const double n = a.total();
  const double first = a.cells.front().lo;
  const double last = a.cells.back().hi;
  Sum sum;
  for (const auto& cell : a.cells) sum.add(cell.lo * cell.mass);
  const double mean = sum.value() / n;
  Sum squares;
  Sum cubes;
  for (const auto& cell : a.cells) {
    const double gap = cell.lo - mean;
    squares.add(gap * gap * cell.mass);
    cubes.add(gap * gap * gap * cell.mass);
  }
  const double deviation = std::sqrt(squares.value() / n);
  double width = 0.0;
  if (n > 2.0 && deviation > 0.0) {
    const double error = std::sqrt(6.0 * (n - 2.0) / ((n + 1.0) * (n + 3.0)));
    const double skew = cubes.value() / n / (deviation * deviation * deviation);
    width = (last - first) / (1.0 + math::log2(n) + math::log2(1.0 + std::fabs(skew) / error));
  }
  const auto edges = equal_edges(first, last, width, a.integral);
  Distribution inside = b;
  std::erase_if(inside.cells, [&](const Cell& cell) { return cell.lo < first || cell.lo > last; });
  aligned = align_bins(a, inside, edges);
  Category outside;
  outside.b.value = b.total() - inside.total();
  if (outside.b.value > 0.0) aligned.categories.push_back(outside);
  aligned.m = b.total();
  aligned.how = "over " + std::to_string(edges.size() + 1) +
                " equal-width bins of the reference and one outside";
  return aligned;
}

}  // namespace zeroskew::detail
