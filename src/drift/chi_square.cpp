#include "zeroskew/drift/chi_square.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "drift/counts.hpp"
#include "drift/moments.hpp"
#include "drift/outcome.hpp"
#include "drift/sum.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/detail/math.hpp"
#include "zeroskew/detail/special.hpp"

namespace zeroskew {
namespace {

using Cells = std::vector<std::pair<double, double>>;

struct Pooling {
  Cells cells;
  std::size_t joined = 0;  // how many cells became one
};

double both(const std::pair<double, double>& cell) {
  return cell.first + cell.second;
}

// Cells whose smaller expected count is below `least` become one, the last.
Pooling pool(const Cells& cells, double n, double m, double least) {
  const double smaller = std::min(n, m) / (n + m);
  const auto enough = [&](double count) { return count * smaller >= least; };
  Pooling pooling;
  std::pair<double, double> rest{0.0, 0.0};
  for (const auto& cell : cells) {
    if (enough(both(cell))) {
      pooling.cells.push_back(cell);
      continue;
    }
    rest.first += cell.first;
    rest.second += cell.second;
    ++pooling.joined;
  }
  if (pooling.joined == 0) return pooling;
  if (!enough(both(rest)) && !pooling.cells.empty()) {
    // All that tie for the smallest, so that neither order nor side decides.
    double fewest = both(pooling.cells.front());
    for (const auto& cell : pooling.cells) fewest = std::min(fewest, both(cell));
    std::erase_if(pooling.cells, [&](const auto& cell) {
      if (both(cell) > fewest) return false;
      rest.first += cell.first;
      rest.second += cell.second;
      ++pooling.joined;
      return true;
    });
  }
  pooling.cells.push_back(rest);
  return pooling;
}

bool whole(const Cells& cells) {
  return std::all_of(cells.begin(), cells.end(), [](const auto& cell) {
    return cell.first == std::floor(cell.first) && cell.second == std::floor(cell.second);
  });
}

// The commonest category (or those that tie for it) against all others, exactly.
MeasureResult exact(const char* name, const Cells& cells, double n, double m,
                    const MeasureOptions& options, const std::string& how) {
  double most = 0.0;
  for (const auto& cell : cells) most = std::max(most, both(cell));
  double x = 0.0;
  double y = 0.0;
  for (const auto& cell : cells) {
    if (both(cell) < most) continue;
    x += cell.first;
    y += cell.second;
  }
  if (x == n && y == m) {  // all tie
    x = cells.front().first;
    y = cells.front().second;
  }
  const double gap = x / n - y / m;
  const double share = (x + y) / (n + m);
  const double variance = share * (1.0 - share) * (1.0 / n + 1.0 / m);
  return detail::test_result(name, options, variance > 0.0 ? gap * gap / variance : 0.0,
                             detail::fisher_p(x, n - x, y, m - y),
                             "too few counts for its limit law: the commonest category against the "
                             "others, Fisher's exact p-value, " +
                                 how);
}

// The mean of G when the rows are dealt to the sides at random: above its degrees of freedom where
// cells are small.
double mean_g(const Cells& cells, double n, double m) {
  detail::Sum mean;
  for (const auto& cell : cells) {
    const double rows = both(cell);
    const double expected_a = rows * (n / (n + m));
    const double expected_b = rows * (m / (n + m));
    if (rows > 1000.0) {  // to second order, G / 2 of a cell
      mean.add((1.0 - rows / (n + m)) * (1.0 + (1.0 / expected_a + 1.0 / expected_b) / 6.0));
      continue;
    }
    detail::Moments moments;
    detail::visit_dealt(std::ceil(rows), std::ceil(n), std::ceil(m), [&](double a, double weight) {
      const double b = rows - a;
      const double part_a = a > 0.0 ? a * detail::math::log(a / expected_a) : 0.0;
      const double part_b = b > 0.0 ? b * detail::math::log(b / expected_b) : 0.0;
      moments.add(2.0 * (part_a + part_b), weight);
    });
    mean.add(moments.mean());
  }
  return mean.value();
}

// Pearson's statistic when the rows are dealt to the sides at random (Dawson 1954): exact.
struct DealtMoments {
  double mean = 0.0;
  double variance = 0.0;
};

DealtMoments dealt_moments(const Cells& cells, double n, double m) {
  const double all = n + m;
  const auto k = static_cast<double>(cells.size());
  std::vector<double> terms;
  for (const auto& cell : cells) terms.push_back(1.0 / both(cell));
  std::sort(terms.begin(), terms.end());
  detail::Sum inverse;
  for (const double term : terms) inverse.add(term);
  const double spread_of_cells = (all * inverse.value() - k * k) / (all - 2.0);
  const double spread_of_sides = (all * (1.0 / n + 1.0 / m) - 4.0) / (all - 2.0);
  const double of_cells = (k - 1.0) * (all - k) / (all - 1.0);
  const double of_sides = (all - 2.0) / (all - 1.0);
  return {all * (k - 1.0) / (all - 1.0),
          2.0 * all / (all - 3.0) * (of_cells - spread_of_cells) * (of_sides - spread_of_sides) +
              all * (all / (all - 1.0)) * spread_of_cells * spread_of_sides};
}

// Where cells are small, the upper tail of a gamma law with the exact mean and variance.
double dealt_p(const Cells& cells, double n, double m, double statistic) {
  const auto [mean, variance] = dealt_moments(cells, n, m);
  if (!(variance > 1e-9 * mean)) return 1.0;  // every deal gives the same
  return detail::math::chi2_sf(2.0 * statistic * mean / variance, 2.0 * mean * mean / variance);
}

MeasureResult homogeneity(const char* name, bool likelihood, const detail::CountPairs& pairs,
                          const MeasureOptions& options) {
  if (!(options.min_expected >= 0.0)) {
    fail_value("drift.min_expected", name, "min_expected must not be negative");
  }
  if (!pairs.reason.empty()) return detail::cannot(name, options, pairs.reason);
  detail::Sum n_sum;
  detail::Sum m_sum;
  Cells cells;
  for (const auto& cell : pairs.cells) {
    n_sum.add(cell.first);
    m_sum.add(cell.second);
    if (both(cell) > 0.0) cells.push_back(cell);
  }
  const double n = n_sum.value();
  const double m = m_sum.value();
  std::string how = pairs.how;
  bool small = false;
  if (options.pool && cells.size() > 1) {
    auto pooling = pool(cells, n, m, options.min_expected);
    if (pooling.joined > 0 && !likelihood && whole(cells)) {
      // Cells a fifth as large still tell, by a law of their own.
      auto more = pool(cells, n, m, options.min_expected / 5.0);
      const std::size_t kept = more.joined > 0 ? more.cells.size() : cells.size();
      if (kept > 2) {
        small = true;
        if (more.joined > 0) {
          cells = std::move(more.cells);
          how += ", " + std::to_string(more.joined) + " with expected counts below " +
                 detail::shortest(options.min_expected / 5.0) + " pooled";
        }
      }
    }
    if (pooling.joined > 0 && !small) {
      if (pooling.cells.size() < 2 && whole(cells)) return exact(name, cells, n, m, options, how);
      cells = std::move(pooling.cells);
      how += ", " + std::to_string(pooling.joined) + " with expected counts below " +
             detail::shortest(options.min_expected) + " pooled";
    }
  }
  if (cells.size() < 2) {
    return detail::test_result(name, options, 0.0, 1.0,
                               "homogeneity of counts: one category only, " + how);
  }
  // Terms are symmetric in the sides and summed from the smallest, so that neither the order of
  // categories nor that of the sides shows in the last bit.
  std::vector<double> terms;
  for (const auto& [a, b] : cells) {
    const double expected_a = (a + b) * (n / (n + m));
    const double expected_b = (a + b) * (m / (n + m));
    if (likelihood) {
      const double part_a = a > 0.0 ? a * detail::math::log(a / expected_a) : 0.0;
      const double part_b = b > 0.0 ? b * detail::math::log(b / expected_b) : 0.0;
      terms.push_back(2.0 * (part_a + part_b));
    } else {
      const double gap = (a * m - b * n) / (n + m);  // both sides miss their expectation by it
      terms.push_back(gap * gap * (1.0 / expected_a + 1.0 / expected_b));
    }
  }
  std::sort(terms.begin(), terms.end());
  detail::Sum statistic;
  for (const double term : terms) statistic.add(term);
  const double value = std::max(0.0, statistic.value());
  const double degrees = static_cast<double>(cells.size() - 1);
  if (small) {
    return detail::test_result(name, options, value, dealt_p(cells, n, m, value),
                               "two-sample chi-square of " + std::to_string(cells.size()) +
                                   " categories, its mean and variance given the margins, " + how);
  }
  auto result =
      detail::test_result(name, options, value, detail::math::chi2_sf(value, degrees),
                          std::string(likelihood ? "two-sample G" : "two-sample chi-square") +
                              ", " + detail::shortest(degrees) + " degrees of freedom, " + how);
  if (likelihood && result.drifted) {
    const double scale = std::max(1.0, mean_g(cells, n, m) / degrees);
    detail::judge_also(result, detail::math::chi2_sf(value / scale, degrees),
                       "the mean given the margins");
  }
  return result;
}

}  // namespace

MeasureResult chi2_2samp(std::span<const double> reference, std::span<const double> current,
                         const MeasureOptions& options) {
  detail::check_options("chi2", options);
  return homogeneity("chi2", false, detail::count_pairs("chi2", reference, current), options);
}

MeasureResult chi2_2samp(const Distribution& reference, const Distribution& current,
                         const MeasureOptions& options) {
  detail::check_options("chi2", options);
  return homogeneity("chi2", false, detail::count_pairs(reference, current, options.bins), options);
}

MeasureResult g_2samp(std::span<const double> reference, std::span<const double> current,
                      const MeasureOptions& options) {
  detail::check_options("g", options);
  return homogeneity("g", true, detail::count_pairs("g", reference, current), options);
}

MeasureResult g_2samp(const Distribution& reference, const Distribution& current,
                      const MeasureOptions& options) {
  detail::check_options("g", options);
  return homogeneity("g", true, detail::count_pairs(reference, current, options.bins), options);
}

}  // namespace zeroskew
