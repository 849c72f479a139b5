#include "drift/counts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "drift/aligned.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::detail {
namespace {

std::string empty_side(const CountPairs& pairs) {
  double n = 0.0;
  double m = 0.0;
  for (const auto& [a, b] : pairs.cells) {
    n += a;
    m += b;
  }
  if (!(n > 0.0)) return "cannot compare, because the reference side has no values";
  if (!(m > 0.0)) return "cannot compare, because the current side has no values";
  return {};
}

}  // namespace

CountPairs count_pairs(const std::string& name, std::span<const double> reference,
                       std::span<const double> current) {
  if (reference.size() != current.size()) {
    fail_value("drift.counts_length", name, "both sides need the same categories in one order");
  }
  CountPairs pairs;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    for (const double count : {reference[i], current[i]}) {
      if (!(count >= 0.0) || count == std::numeric_limits<double>::infinity()) {
        fail_value("drift.count", name, "a count must be finite and not negative");
      }
    }
    pairs.cells.emplace_back(reference[i], current[i]);
  }
  pairs.reason = empty_side(pairs);
  return pairs;
}

CountPairs count_pairs(const Distribution& reference, const Distribution& current, int bins) {
  CountPairs pairs;
  const auto aligned = align(reference, current, bins, Cut::both);
  pairs.reason = aligned.reason;
  pairs.how = aligned.how;
  for (const auto& category : aligned.categories) {
    if (category.role == Category::Role::bounds) continue;
    pairs.cells.emplace_back(category.a.value, category.b.value);
  }
  if (pairs.reason.empty()) pairs.reason = empty_side(pairs);
  return pairs;
}

CountPairs two_by_two(CountPairs pairs) {
  if (pairs.reason.empty() && pairs.cells.size() != 2) {
    pairs.reason = "cannot compare, because there are " + std::to_string(pairs.cells.size()) +
                   " categories, not 2";
  }
  return pairs;
}

double fisher_p(double a, double b, double c, double d) {
  // The same bits whichever side or category comes first.
  std::tie(a, b, c, d) = std::min({std::tuple(a, b, c, d), std::tuple(c, d, a, b),
                                   std::tuple(b, a, d, c), std::tuple(d, c, b, a)});
  const double row = a + b;
  const double column = a + c;
  const double total = row + c + d;
  const double least = std::max(0.0, row + column - total);
  const double most = std::min(row, column);
  // Weights relative to the mode's, by the ratio of neighbours. What is below 1e-300 of the mode
  // adds nothing to either sum.
  const double mode =
      std::clamp(std::floor((row + 1.0) * (column + 1.0) / (total + 2.0)), least, most);
  const auto up = [&](double x) {  // weight(x + 1) / weight(x)
    return (row - x) * (column - x) / ((x + 1.0) * (total - row - column + x + 1.0));
  };
  double seen = 1.0;
  for (double x = mode; x < a && seen > 0.0; x += 1.0) seen *= up(x);
  for (double x = mode; x > a && seen > 0.0; x -= 1.0) seen /= up(x - 1.0);
  constexpr double ties = 1.0 + 1e-11;  // what rounding along the way may take
  const double limit = seen * ties;
  Sum all;
  Sum rare;
  const auto add = [&](double weight) {
    all.add(weight);
    if (weight <= limit) rare.add(weight);
  };
  add(1.0);
  double weight = 1.0;
  for (double x = mode; x < most && weight > 1e-300; x += 1.0) add(weight *= up(x));
  weight = 1.0;
  for (double x = mode; x > least && weight > 1e-300; x -= 1.0) add(weight /= up(x - 1.0));
  return std::clamp(rare.value() / all.value(), 0.0, 1.0);
}

}  // namespace zeroskew::detail
