#pragma once
// Terms of the measures that compare shares, and how they become results.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include "drift/aligned.hpp"
#include "drift/moments.hpp"
#include "drift/null_law.hpp"
#include "drift/outcome.hpp"
#include "drift/redealt.hpp"
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

// The caller's threshold, else the null's: by dealing rows where counts are small, else by `limit`.
template <class Limit>
[[nodiscard]] double threshold_of(const Aligned& aligned, const Distribution& reference,
                                  const Distribution& current, const MeasureOptions& options,
                                  const AlignedDistance& distance, Limit&& limit) {
  if (options.threshold) return *options.threshold;
  const auto dealt =
      redealt_quantile(aligned, reference, current, options.bins, options.alpha, distance);
  return dealt ? *dealt : limit();
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

// The sum of term over exact shares with the prior added, the same bits as add_prior and sum_over.
template <class Term>
[[nodiscard]] double summed(const Aligned& aligned, double prior, Term&& term) {
  double extra = 0.0;
  for (std::size_t i = 0; i < aligned.categories.size(); ++i) extra += prior;
  const double n = aligned.n + extra;
  const double m = aligned.m + extra;
  Sum value;
  for (const auto& category : aligned.categories) {
    value.add(term((category.a.value + prior) / n, (category.b.value + prior) / m));
  }
  return value.value();
}

// What the sum of term(p, q) over categories stays below with probability 1 - alpha when both sides
// are samples of one distribution. To leading order a term is `scale` (p - q)^2 / p, and the sum
// over categories of (p - q)^2 / p is (1/n + 1/m) chi-square with one degree fewer than categories:
// that is the answer where all counts are large. Where they are not, a category's three moments are
// summed over what its counts may be, and a shifted gamma gets the sum's (Pearson's type III):
// - a label of which both sides together hold t rows has Binomial(t, n / (n + m)) of them on the
// first;
// - a bin cut to hold k of the reference's rows has a true share that is k / n times a Gamma(k) /
// k. `prior` is what was added to each cell.
template <class Term>
[[nodiscard]] double null_quantile(const Aligned& aligned, double scale, double prior, double alpha,
                                   Term&& term) {
  constexpr double rare = 300.0;
  const double n = aligned.n;
  const double m = aligned.m;
  const double lead = scale * aligned.noise();
  double categories = 0.0;
  for (const auto& category : aligned.categories) {
    categories += category.role == Category::Role::bounds ? 0.0 : 1.0;
  }
  const double n_all = n + prior * categories;
  const double m_all = m + prior * categories;
  Sum mean;
  Sum variance;
  Sum squares;
  Sum cubes;
  Sum cumulant;
  for (const auto& category : aligned.categories) {
    const double rows = category.a.value + category.b.value;
    if (category.role == Category::Role::bounds) continue;
    if (!(rows > 0.0)) {  // a bin that nobody is in: the prior weighs more on the smaller side
      if (prior > 0.0) mean.add(term(prior / n_all, prior / m_all));
      continue;
    }
    const double share = rows / (n + m);
    const double rest = 1.0 - share;
    squares.add(share * share);
    cubes.add(share * share * share);
    Moments moments;
    if (aligned.binned && category.a.value <= rare) {
      const double held = std::max(1.0, category.a.value);
      const double share_a = (held + prior) / n_all;
      if (held / n * m <= 4.0 * rare) {
        visit_between(held, std::max(n, held), std::ceil(m), [&](double count, double weight) {
          moments.add(term(share_a, (count + prior) / m_all), weight);
        });
      } else {  // the current side's own noise widens it
        visit_gamma(held * m / (n + m), [&](double factor, double weight) {
          moments.add(term(share_a, (held / n * factor * m + prior) / m_all), weight);
        });
      }
    } else if (rows <= rare && !aligned.binned) {
      visit_dealt(std::ceil(rows), std::ceil(n), std::ceil(m), [&](double count, double weight) {
        moments.add(term((count + prior) / n_all, (rows - count + prior) / m_all), weight);
      });
    } else {
      // Unequal sizes are pulled unequally towards the prior.
      const double pull = (share * n + prior) / n_all - (share * m + prior) / m_all;
      const double bias = scale * pull * pull / share;
      mean.add(lead * rest + bias);
      variance.add(2.0 * lead * rest * lead * rest + 4.0 * lead * rest * bias);
      cumulant.add(8.0 * lead * rest * lead * rest * (lead * rest + 3.0 * bias));
      continue;
    }
    mean.add(moments.mean());
    variance.add(moments.variance());
    cumulant.add(moments.cumulant());
  }
  const double middle = mean.value();
  const double all = variance.value() + 2.0 * lead * lead * std::max(0.0, 1.0 - squares.value());
  if (!(middle > 0.0) || !(all > 0.0)) return 0.0;
  const double third =
      cumulant.value() +
      8.0 * lead * lead * lead * std::max(0.0, 2.0 - 3.0 * squares.value() + cubes.value());
  return shifted_gamma_quantile(middle, all, third, alpha);
}

}  // namespace zeroskew::detail
