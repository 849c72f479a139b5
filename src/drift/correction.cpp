#include "zeroskew/drift/correction.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>

#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

// Places of the values that are not NaN, by `before`, equal ones in the order given.
template <class Before>
std::vector<std::size_t> ranked(std::span<const double> values, Before before) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] == values[i]) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return before(values[i], values[j]); });
  return order;
}

}  // namespace

Correction correction_of(std::string_view word) {
  for (const auto correction : {Correction::none, Correction::bonferroni, Correction::holm,
                                Correction::benjamini_hochberg, Correction::e_bh}) {
    if (to_string(correction) == word) return correction;
  }
  fail_value("drift.correction", std::string(word),
             "unknown correction; use none, bonferroni, holm, bh or e-bh");
}

std::string_view to_string(Correction correction) noexcept {
  switch (correction) {
    case Correction::none:
      return "none";
    case Correction::bonferroni:
      return "bonferroni";
    case Correction::holm:
      return "holm";
    case Correction::benjamini_hochberg:
      return "bh";
    case Correction::e_bh:
      return "e-bh";
  }
  return "none";
}

std::vector<double> adjust(std::span<const double> pvalues, Correction correction) {
  for (const double p : pvalues) {
    if (p < 0.0 || p > 1.0) fail_value("drift.pvalue", "", "a p-value must lie between 0 and 1");
  }
  std::vector<double> adjusted(pvalues.begin(), pvalues.end());
  if (correction == Correction::e_bh) {
    // The calibrator of Vovk and Wang (2021) with kappa = 1/2.
    for (double& p : adjusted) p = 0.5 / std::sqrt(p);
    return adjust_evalues(adjusted);
  }
  const auto order = ranked(pvalues, [](double a, double b) { return a < b; });
  const auto tests = static_cast<double>(order.size());
  if (correction == Correction::bonferroni) {
    for (const auto i : order) adjusted[i] = std::min(1.0, pvalues[i] * tests);
  } else if (correction == Correction::holm) {
    double largest = 0.0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
      const double factor = tests - static_cast<double>(rank);
      largest = std::max(largest, std::min(1.0, pvalues[order[rank]] * factor));
      adjusted[order[rank]] = largest;
    }
  } else if (correction == Correction::benjamini_hochberg) {
    double smallest = 1.0;
    for (std::size_t rank = order.size(); rank-- > 0;) {
      const double factor = tests / static_cast<double>(rank + 1);
      smallest = std::min(smallest, pvalues[order[rank]] * factor);
      adjusted[order[rank]] = smallest;
    }
  }
  return adjusted;
}

std::vector<double> adjust_evalues(std::span<const double> evalues) {
  for (const double e : evalues) {
    if (e < 0.0) fail_value("drift.evalue", "", "an e-value must not be negative");
  }
  std::vector<double> adjusted(evalues.begin(), evalues.end());
  const auto order = ranked(evalues, [](double a, double b) { return a > b; });
  const auto tests = static_cast<double>(order.size());
  double smallest = 1.0;
  for (std::size_t rank = order.size(); rank-- > 0;) {
    const double e = evalues[order[rank]];
    if (e > 0.0) smallest = std::min(smallest, tests / (static_cast<double>(rank + 1) * e));
    adjusted[order[rank]] = smallest;
  }
  return adjusted;
}

}  // namespace zeroskew
