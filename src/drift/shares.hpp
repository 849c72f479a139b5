#pragma once
// Terms of the measures that compare shares, and how they become results.

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "drift/aligned.hpp"
#include "drift/null_law.hpp"
#include "drift/outcome.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/detail/math.hpp"

namespace zeroskew::detail {

inline void check_bins(const std::string& name, const MeasureOptions& options) {
  check_options(name, options);
  if (options.bins < 2 || options.bins > 100000) {
    fail_value("drift.bins", name, "bins must lie between 2 and 100000");
  }
}

// The natural logarithm of the base; 0 stands for e.
inline double log_base(const std::string& name, double base) {
  if (base == 0.0) return 1.0;
  if (!(base > 1.0) || !std::isfinite(base)) {
    fail_value("drift.base", name, "the base must be greater than 1, or 0 for e");
  }
  return math::log(base);
}

inline std::string base_name(double base) {
  return base == 0.0 ? "e" : shortest(base);
}

// p ln(p / q), 0 where p is 0.
inline double relative_entropy(double p, double q) {
  return p > 0.0 ? p * math::log(p / q) : 0.0;
}

// Twice the Jensen-Shannon term in nats, never negative.
inline double js_term(double p, double q) {
  const double middle = 0.5 * (p + q);
  if (!(middle > 0.0) || p == q) return 0.0;
  return std::max(0.0, relative_entropy(p, middle) + relative_entropy(q, middle));
}

inline double psi_term(double p, double q) {
  const double more = std::max(p, q);
  const double less = std::min(p, q);
  return p == q ? 0.0 : (more - less) * math::log(more / less);
}

// p ln(p / q) - p + q: sums to the divergence, but each term is 0 at its least.
inline double kl_term(double p, double q) {
  return p == q ? 0.0 : std::max(0.0, relative_entropy(p, q) - p + q);
}

// Adds `prior` to every category of both sides.
inline void add_prior(Aligned& aligned, double prior) {
  double extra = 0.0;
  for (auto& category : aligned.categories) {
    for (auto* mass : {&category.a, &category.b}) {
      mass->value += prior;
      mass->lo += prior;
      mass->hi += prior;
    }
    extra += prior;
  }
  aligned.n += extra;
  aligned.m += extra;
}

// (1/n + 1/m) chi-square quantile with one degree fewer than categories that have mass.
inline double chi2_threshold(const Aligned& aligned, double alpha) {
  const auto used = static_cast<double>(aligned.pooled().size());
  return aligned.noise() * chi2_upper(used - 1.0, alpha);
}

}  // namespace zeroskew::detail
