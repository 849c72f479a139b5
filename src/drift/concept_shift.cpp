#include "zeroskew/drift/concept_shift.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "drift/aligned.hpp"
#include "drift/outcome.hpp"
#include "drift/shares.hpp"
#include "zeroskew/detail/special.hpp"
#include "zeroskew/drift/chi_square.hpp"
#include "zeroskew/drift/distribution.hpp"

namespace zeroskew {
namespace {

using Counts = std::map<std::string, std::pair<double, double>>;

// Edges between bins: midway between values where these are few, else pooled quantiles.
std::vector<double> edges_of(const Predicted& reference, const Predicted& current, int bins) {
  std::vector<double> all(reference.predictions.begin(), reference.predictions.end());
  all.insert(all.end(), current.predictions.begin(), current.predictions.end());
  const Distribution pooled = Distribution::of_values(all);
  if (pooled.cells.size() > static_cast<std::size_t>(bins)) {
    return detail::reference_edges(pooled, bins);
  }
  std::vector<double> edges;  // bins are [edge, next edge)
  for (std::size_t i = 1; i < pooled.cells.size(); ++i) edges.push_back(pooled.cells[i].lo);
  return edges;
}

}  // namespace

ConceptShift concept_shift(const Predicted& reference, const Predicted& current,
                           const MeasureOptions& options) {
  constexpr const char* name = "concept_shift";
  detail::check_bins(name, options);
  for (const Predicted* side : {&reference, &current}) {
    if (side->predictions.size() != side->labels.size()) {
      fail_value("drift.counts_length", name, "a label for each prediction is needed");
    }
  }
  const std::vector<double> edges = edges_of(reference, current, options.bins);
  std::vector<Counts> bins(edges.size() + 1);
  std::vector<double> a(bins.size());
  std::vector<double> b(bins.size());
  const auto count = [&](const Predicted& side, std::vector<double>& rows, bool first) {
    for (std::size_t i = 0; i < side.predictions.size(); ++i) {
      if (std::isnan(side.predictions[i])) continue;
      const auto bin = static_cast<std::size_t>(
          std::upper_bound(edges.begin(), edges.end(), side.predictions[i]) - edges.begin());
      rows[bin] += 1.0;
      auto& cell = bins[bin][side.labels[i]];
      (first ? cell.first : cell.second) += 1.0;
    }
  };
  count(reference, a, true);
  count(current, b, false);
  ConceptShift result;
  result.covariate = chi2_2samp(a, b, options);
  result.covariate.name = "covariate_shift";
  if (!result.covariate.comparable()) {
    result.relation = detail::cannot("concept_shift", options, result.covariate.reason);
    return result;
  }
  detail::Sum statistic;
  double degrees = 0.0;
  int used = 0;
  for (const Counts& bin : bins) {
    // Labels within the bin; those too rare for the limit law are one.
    double n = 0.0;
    double m = 0.0;
    for (const auto& [label, cell] : bin) {
      n += cell.first;
      m += cell.second;
    }
    if (!(n > 0.0) || !(m > 0.0)) continue;
    const double smaller = std::min(n, m) / (n + m);
    std::vector<std::pair<double, double>> cells;
    std::pair<double, double> rest{0.0, 0.0};
    for (const auto& [label, cell] : bin) {
      if ((cell.first + cell.second) * smaller >= options.min_expected) {
        cells.push_back(cell);
      } else {
        rest.first += cell.first;
        rest.second += cell.second;
      }
    }
    if ((rest.first + rest.second) * smaller >= options.min_expected) cells.push_back(rest);
    if (cells.size() < 2) continue;
    double n_kept = 0.0;
    double m_kept = 0.0;
    for (const auto& cell : cells) {
      n_kept += cell.first;
      m_kept += cell.second;
    }
    for (const auto& [x, y] : cells) {
      const double gap = (x * m_kept - y * n_kept) / (n_kept + m_kept);
      const double expected_a = (x + y) * (n_kept / (n_kept + m_kept));
      const double expected_b = (x + y) * (m_kept / (n_kept + m_kept));
      statistic.add(gap * gap * (1.0 / expected_a + 1.0 / expected_b));
    }
    degrees += static_cast<double>(cells.size() - 1);
    ++used;
  }
  if (used == 0) {
    result.relation = detail::cannot("concept_shift", options,
                                     "cannot compare, because no bin of predictions has two labels "
                                     "that are frequent enough on both sides");
    return result;
  }
  result.relation = detail::test_result("concept_shift", options, statistic.value(),
                                        detail::math::chi2_sf(statistic.value(), degrees),
                                        "chi-square of labels within " + std::to_string(used) +
                                            " bins of predictions, " + detail::shortest(degrees) +
                                            " degrees of freedom");
  return result;
}

OutOfBounds out_of_bounds(std::span<const double> values, double lo, double hi, double alpha) {
  if (!(lo <= hi)) fail_value("drift.bounds", "out_of_bounds", "bounds are two numbers in order");
  if (!(alpha > 0.0 && alpha < 1.0)) {
    fail_value("drift.alpha", "out_of_bounds", "alpha must lie between 0 and 1");
  }
  OutOfBounds result;
  for (const double value : values) {
    result.below += value < lo ? 1u : 0u;
    result.above += value > hi ? 1u : 0u;
    result.nan += std::isnan(value) ? 1u : 0u;
  }
  result.count = values.size();
  if (result.count == 0) return result;
  const auto n = static_cast<double>(result.count);
  const auto x = static_cast<double>(result.below + result.above + result.nan);
  result.share = x / n;
  // The shares at which this many or more, or this many or fewer, have a chance of alpha / 2.
  const auto solve = [&](double a, double b, double chance) {
    double low = 0.0;
    double high = 1.0;
    for (int step = 0; step < 80; ++step) {
      const double middle = 0.5 * (low + high);
      (detail::math::beta_inc(a, b, middle) < chance ? low : high) = middle;
    }
    return 0.5 * (low + high);
  };
  result.lo = x > 0.0 ? solve(x, n - x + 1.0, 0.5 * alpha) : 0.0;
  result.hi = x < n ? solve(x + 1.0, n - x, 1.0 - 0.5 * alpha) : 1.0;
  return result;
}

}  // namespace zeroskew
