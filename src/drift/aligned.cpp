#include "drift/aligned.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "zeroskew/detail/format.hpp"

namespace zeroskew::detail {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Mass exactly(double mass) {
  return {mass, mass, mass};
}

Aligned align_labels(const Distribution& reference, const Distribution& current) {
  Aligned aligned;
  const auto& a = reference.labels;
  const auto& b = current.labels;
  aligned.exact =
      reference.exact && current.exact && reference.unnamed == 0.0 && current.unnamed == 0.0;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    const int order = i == a.size() ? 1 : j == b.size() ? -1 : a[i].name.compare(b[j].name);
    Category category;
    category.name = order <= 0 ? a[i].name : b[j].name;
    // A name that a side does not list may hide among its unnamed values.
    category.a.hi = reference.unnamed;
    category.b.hi = current.unnamed;
    if (order <= 0) {
      category.a = {a[i].mass, a[i].lo, a[i].hi};
      ++i;
    }
    if (order >= 0) {
      category.b = {b[j].mass, b[j].lo, b[j].hi};
      ++j;
    }
    aligned.categories.push_back(std::move(category));
  }
  if (reference.unnamed > 0.0 || current.unnamed > 0.0) {
    using Role = Category::Role;
    aligned.categories.push_back(
        {"", exactly(reference.unnamed), exactly(current.unnamed), Role::estimate});
    aligned.categories.push_back(
        {"", {reference.unnamed, 0.0, reference.unnamed}, {}, Role::bounds});
    aligned.categories.push_back({"", {}, {current.unnamed, 0.0, current.unnamed}, Role::bounds});
  }
  aligned.how = "over labels";
  return aligned;
}

bool points_only(const Distribution& side) {
  return std::all_of(side.cells.begin(), side.cells.end(),
                     [](const Cell& cell) { return cell.lo == cell.hi; });
}

// Both sides' values side by side; stops once there are more than `most`.
bool align_values(const Distribution& reference, const Distribution& current, std::size_t most,
                  Aligned& aligned) {
  const auto& a = reference.cells;
  const auto& b = current.cells;
  if (a.size() > most || b.size() > most) return false;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (aligned.categories.size() == most) return false;
    const bool from_a = j == b.size() || (i < a.size() && a[i].lo <= b[j].lo);
    const double value = from_a ? a[i].lo : b[j].lo;
    Category category;
    category.name = shortest(value);
    if (i < a.size() && a[i].lo == value) category.a = exactly(a[i++].mass);
    if (j < b.size() && b[j].lo == value) category.b = exactly(b[j++].mass);
    aligned.categories.push_back(std::move(category));
  }
  if (reference.negative_infinity > 0.0 || current.negative_infinity > 0.0) {
    aligned.categories.insert(aligned.categories.begin(),
                              {"-inf", exactly(reference.negative_infinity),
                               exactly(current.negative_infinity), Category::Role::both});
  }
  if (reference.positive_infinity > 0.0 || current.positive_infinity > 0.0) {
    aligned.categories.push_back({"inf", exactly(reference.positive_infinity),
                                  exactly(current.positive_infinity), Category::Role::both});
  }
  aligned.how = "over values";
  return true;
}

void add_to_bins(const Distribution& side, const std::vector<double>& edges, Aligned& aligned,
                 Mass Category::* mass) {
  const auto add = [&](std::size_t bin, double value, double lo, double hi) {
    auto& entry = aligned.categories[bin].*mass;
    entry.value += value;
    entry.lo += lo;
    entry.hi += hi;
  };
  add(0, side.negative_infinity, side.negative_infinity, side.negative_infinity);
  std::size_t bin = 0;  // edges at or below the cell
  for (const auto& cell : side.cells) {
    while (bin < edges.size() && edges[bin] <= cell.lo) ++bin;
    std::size_t last = bin;
    while (last < edges.size() && edges[last] < cell.hi) ++last;
    if (last == bin || cell.lo == cell.hi) {
      add(bin, cell.mass, cell.mass, cell.mass);
      continue;
    }
    aligned.exact = false;
    for (auto k = bin; k <= last; ++k) {
      const double from = k == bin ? cell.lo : edges[k - 1];
      const double to = k == last ? cell.hi : edges[k];
      add(k, cell.mass * ((to - from) / (cell.hi - cell.lo)), 0.0, cell.mass);
    }
  }
  add(edges.size(), side.positive_infinity, side.positive_infinity, side.positive_infinity);
}

// Both sides' points as one.
Distribution together(const Distribution& a, const Distribution& b) {
  Distribution both;
  both.negative_infinity = a.negative_infinity + b.negative_infinity;
  both.positive_infinity = a.positive_infinity + b.positive_infinity;
  both.cells.resize(a.cells.size() + b.cells.size());
  std::merge(a.cells.begin(), a.cells.end(), b.cells.begin(), b.cells.end(), both.cells.begin(),
             [](const Cell& x, const Cell& y) { return x.lo < y.lo; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < both.cells.size(); ++i) {
    if (i > 0 && both.cells[kept].lo == both.cells[i].lo) {
      both.cells[kept].mass += both.cells[i].mass;
    } else {
      kept += i > 0 ? 1 : 0;
      both.cells[kept] = both.cells[i];
    }
  }
  both.cells.resize(both.cells.empty() ? 0 : kept + 1);
  return both;
}

// The next double up, so that a half-open bin can end with a value.
double just_above(double value) {
  if (value == 0.0) return std::numeric_limits<double>::denorm_min();
  const auto bits = std::bit_cast<std::uint64_t>(value);
  return std::bit_cast<double>(value > 0.0 ? bits + 1 : bits - 1) + 0.0;
}

}  // namespace

std::vector<double> Aligned::rows() const {
  std::vector<double> masses;
  for (const auto& category : categories) {
    const double mass = category.a.value + category.b.value;
    if (category.role != Category::Role::bounds && mass > 0.0) masses.push_back(mass);
  }
  return masses;
}

std::vector<double> Aligned::pooled() const {
  auto shares = rows();
  for (auto& share : shares) share /= n + m;
  return shares;
}

std::vector<double> reference_edges(const Distribution& reference, int bins) {
  struct Edge {
    double at;
    double below;  // mass below
    bool fixed;    // sets a frequent value apart
  };
  std::vector<Edge> edges;
  const double total = reference.total();
  const double half = 0.5 * total / bins;
  // A bin with less than half its share would be noise: it joins its left neighbour, or its right
  // one where a frequent value is on the left.
  const auto add = [&edges, half](Edge edge) {
    while (edge.fixed && !edges.empty() && !edges.back().fixed &&
           edge.below - edges.back().below < half) {
      edges.pop_back();
    }
    const double last = edges.empty() ? 0.0 : edges.back().below;
    if (edge.fixed || edge.below - last >= half) edges.push_back(edge);
  };
  double below = reference.negative_infinity;
  int k = 1;
  for (const auto& cell : reference.cells) {
    const double through = below + cell.mass;
    // Quantile k/bins lies in this cell where below < k/bins total <= through.
    bool reached = false;
    while (k < bins && static_cast<double>(k) * total <= through * bins) {
      reached = reached || static_cast<double>(k) * total > below * bins;
      ++k;
    }
    const bool frequent = cell.mass * bins >= total;
    if (frequent) add({cell.lo, below, true});
    if (reached || frequent) {
      add({cell.lo == cell.hi ? just_above(cell.hi) : cell.hi, through, frequent});
    }
    below = through;
  }
  while (!edges.empty() && !edges.back().fixed && total - edges.back().below < half) {
    edges.pop_back();
  }
  std::vector<double> cuts;
  for (const auto& edge : edges) {
    if (cuts.empty() || cuts.back() != edge.at) cuts.push_back(edge.at);
  }
  return cuts;
}

Aligned align_bins(const Distribution& reference, const Distribution& current,
                   const std::vector<double>& edges) {
  Aligned aligned;
  aligned.n = reference.total();
  aligned.m = current.total();
  aligned.binned = true;
  aligned.categories.resize(edges.size() + 1);
  for (std::size_t i = 0; i <= edges.size(); ++i) {
    const std::string from = i == 0 ? "(-inf" : "[" + rounded(edges[i - 1]);
    const std::string to = i == edges.size() ? "inf)" : rounded(edges[i]) + ")";
    aligned.categories[i].name = from + ", " + to;
  }
  add_to_bins(reference, edges, aligned, &Category::a);
  add_to_bins(current, edges, aligned, &Category::b);
  return aligned;
}

Aligned align(const Distribution& reference, const Distribution& current, int bins, Cut cut) {
  using Kind = Distribution::Kind;
  Aligned aligned;
  for (const auto* side : {&reference, &current}) {
    if (side->kind == Kind::empty || !(side->total() > 0.0)) {
      aligned.reason = std::string("cannot compare, because the ") +
                       (side == &reference ? "reference" : "current") + " side has no values";
      return aligned;
    }
  }
  if (reference.kind != current.kind) {
    aligned.reason = "cannot compare, because one side has names and the other numbers";
    return aligned;
  }
  if (reference.kind == Kind::labels) {
    aligned = align_labels(reference, current);
  } else if (!points_only(reference) || !points_only(current) ||
             !align_values(reference, current, few_values, aligned)) {
    const bool pooled = cut == Cut::both && points_only(reference) && points_only(current);
    const auto edges = reference_edges(pooled ? together(reference, current) : reference, bins);
    aligned = align_bins(reference, current, edges);
    aligned.how = "over " + std::to_string(aligned.categories.size()) + " bins cut at the " +
                  (pooled ? "pooled" : "reference's") + " quantiles";
    if (edges.empty()) {
      aligned.reason = "cannot compare, because there are no finite values to cut bins at";
    }
  }
  aligned.n = reference.total();
  aligned.m = current.total();
  return aligned;
}

}  // namespace zeroskew::detail
