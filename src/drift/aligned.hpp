#pragma once
// Two distributions over the same categories: labels by name, numbers by value where these are few,
// else by bins that the reference alone decides.

#include <string>
#include <vector>

#include "drift/distance_functions.hpp"
#include "zeroskew/drift/distribution.hpp"

namespace zeroskew::detail {

// Mass of one side in one category, with certified bounds.
struct Mass {
  double value = 0.0;
  double lo = 0.0;
  double hi = 0.0;
};

struct Category {
  // Values without names are one category in estimates; in bounds they count as all different (the
  // farthest apart that they can be) or all the same.
  enum class Role : unsigned char { both, estimate, bounds };

  std::string name;
  Mass a;
  Mass b;
  Role role = Role::both;
};

struct Aligned {
  std::vector<Category> categories;
  double n = 0.0;  // total masses
  double m = 0.0;
  std::string how;     // "over labels", ...
  std::string reason;  // why these do not compare
  bool exact = true;
  bool binned = false;  // the reference's counts are what the edges made them

  [[nodiscard]] double noise() const noexcept { return 1.0 / n + 1.0 / m; }
  // Shares of both sides together, categories with mass only.
  [[nodiscard]] std::vector<double> pooled() const;
  // The same as masses.
  [[nodiscard]] std::vector<double> rows() const;
};

inline constexpr std::size_t few_values = 30;

// Who decides where bins are cut. Tests take both sides together: the bins are then a function of
// the margins, and the counts in them have their null law whatever the sizes.
enum class Cut : unsigned char { reference, both };

// Numbers become labels if both sides together have at most `few_values` exact values.
[[nodiscard]] Aligned align(const Distribution& reference, const Distribution& current, int bins,
                            Cut cut = Cut::reference);

// Edges of bins [e_i, e_{i+1}), open at both ends, that hold about equal shares of the reference. A
// value that alone fills a bin gets one of its own, so that what lies beyond it shows.
[[nodiscard]] std::vector<double> reference_edges(const Distribution& reference, int bins);

// Masses in the bins between edges; an interval cell across an edge is spread evenly in the
// estimate.
[[nodiscard]] Aligned align_bins(const Distribution& reference, const Distribution& current,
                                 const std::vector<double>& edges);

// The sum over categories of term(p, q), a convex function of two shares that is 0 where they are
// equal and grows as they part: its bounds are at the corners of what the shares may be.
template <class Term>
[[nodiscard]] Bounded sum_over(const Aligned& aligned, Term&& term) {
  Sum value;
  Sum lo;
  Sum hi;
  for (const auto& category : aligned.categories) {
    const auto& a = category.a;
    const auto& b = category.b;
    if (category.role != Category::Role::bounds)
      value.add(term(a.value / aligned.n, b.value / aligned.m));
    if (aligned.exact || category.role == Category::Role::estimate) continue;
    const double a_lo = a.lo / aligned.n;
    const double a_hi = a.hi / aligned.n;
    const double b_lo = b.lo / aligned.m;
    const double b_hi = b.hi / aligned.m;
    if (a_lo > b_hi) lo.add(term(a_lo, b_hi));
    if (b_lo > a_hi) lo.add(term(a_hi, b_lo));
    hi.add(std::max(term(a_hi, b_lo), term(a_lo, b_hi)));
  }
  if (aligned.exact) return {value.value(), value.value(), value.value()};
  return {value.value(), lo.value(), hi.value()};
}

}  // namespace zeroskew::detail
