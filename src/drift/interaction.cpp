#include "zeroskew/drift/interaction.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "drift/interaction_table.hpp"
#include "drift/outcome.hpp"
#include "zeroskew/column/value.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/detail/math.hpp"
#include "zeroskew/detail/special.hpp"
#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/stats/column_profile.hpp"
#include "zeroskew/stats/order_key.hpp"
#include "zeroskew/stats/profile.hpp"

namespace zeroskew {
namespace {

constexpr const char* interaction_name = "interaction";
constexpr std::size_t most_contributors = 10;

void cannot(PairDrift& pair, const MeasureOptions& options, const std::string& why) {
  pair.verdict = "cannot compare";
  pair.reason = "cannot compare, because " + why;
  pair.test = detail::cannot(interaction_name, options, pair.reason);
}

// At most the mean of ((value - mean) / deviation)^4 over the rows that a pair's sums are of, from
// all rows of the column.
double fourth_moment(const ColumnProfile& column, const ExactSum& sum, const ExactSum& squares,
                     std::uint64_t count) {
  const auto n = static_cast<double>(count);
  const double mean = sum.value() / n;
  const double variance = Moments::from_sums(count, sum, squares).variance();
  double total = 0.0;
  for (const Cell& cell : Distribution::of_profile(column).cells) {
    const double far = std::max(std::fabs(cell.lo - mean), std::fabs(cell.hi - mean));
    const double square = far * (far / variance);
    total += cell.mass * square * square;
  }
  return total / n;
}

// Standard deviation of sqrt(rows) times a correlation: that of its influence function xy - r (x^2
// + y^2) / 2, at most (Cauchy-Schwarz, triangle) with the columns' own moments.
double deviation(double r, double x4, double y4) {
  const auto root = [](double square) { return std::sqrt(std::max(0.0, square)); };
  return root(std::sqrt(x4 * y4) - r * r) + 0.5 * std::fabs(r) * (root(x4 - 1.0) + root(y4 - 1.0));
}

void measure_numbers(PairDrift& pair, const std::array<const Profile*, 2>& sides,
                     const std::array<PairStats, 2>& stats, const MeasureOptions& options) {
  double variance = 0.0;
  std::array<double, 2> r{};
  for (std::size_t i = 0; i < 2; ++i) {
    const PairStats::Sums& sums = stats[i].sums();
    if (sums.count < 30) {
      cannot(pair, options, "a side has fewer than 30 rows in which both are numbers");
      return;
    }
    r[i] = stats[i].pearson();
    if (!(r[i] == r[i])) {
      cannot(pair, options, "a column does not vary");
      return;
    }
    const double x4 = fourth_moment(*sides[i]->find(pair.first), sums.x, sums.xx, sums.count);
    const double y4 = fourth_moment(*sides[i]->find(pair.second), sums.y, sums.yy, sums.count);
    const double spread = deviation(r[i], x4, y4);
    variance += spread * spread / static_cast<double>(sums.count);
  }
  pair.reference = r[0];
  pair.current = r[1];
  pair.effect = std::fabs(r[1] - r[0]);
  const double z = pair.effect == 0.0 ? 0.0 : pair.effect / std::sqrt(variance);
  if (!(z == z)) {
    cannot(pair, options, "the columns' moments overflow");
    return;
  }
  pair.test = detail::test_result(
      interaction_name, options, r[1] - r[0], 2.0 * detail::math::normal_sf(z),
      "difference of Pearson's correlations, its error bounded by the columns' fourth moments");
  pair.pvalue = pair.test.pvalue;
}

// A range of numbers, in words.
std::string range_word(const detail::InteractionAxis& axis, std::size_t place) {
  const auto value = [&](std::size_t cut) { return double_of_key(axis.cuts[cut] << axis.shift); };
  const auto known = [&](std::size_t cut) { return !std::isnan(value(cut)); };
  if (axis.cuts.empty()) return "any";
  if (place == 0) return "below " + detail::rounded(value(0), 6);
  if (!known(place - 1)) return "NaN";
  const std::string lo = detail::rounded(value(place - 1), 6);
  if (place == axis.cuts.size() || !known(place)) return lo + " or more";
  return "[" + lo + ", " + detail::rounded(value(place), 6) + ")";
}

std::string word(const ColumnProfile& column, const detail::InteractionAxis& axis,
                 std::size_t place) {
  if (axis.ranges) return range_word(axis, place);
  if (place >= axis.codes.size()) return "all others";
  if (column.text() != nullptr && !column.text()->knows(axis.codes[place])) return "a value";
  return to_string(column.value_of(axis.codes[place]));
}

void measure_categories(PairDrift& pair, const Profile& reference,
                        const std::array<PairStats, 2>& stats, const MeasureOptions& options) {
  const auto found = detail::test_interaction(stats[0].joint(), stats[1].joint());
  const bool ranges = found.table.first.ranges || found.table.second.ranges;
  pair.reference = ranges ? detail::cramers_v(found.table, 0) : stats[0].cramers_v();
  pair.current = ranges ? detail::cramers_v(found.table, 1) : stats[1].cramers_v();
  if (!(found.degrees > 0.0)) {
    cannot(pair, options, "too few rows, or too few combinations of values, are on a side");
    return;
  }
  pair.test =
      detail::test_result(interaction_name, options, found.statistic,
                          detail::math::chi2_sf(found.statistic, found.degrees),
                          std::string("chi-square of the interaction with the side") +
                              (ranges ? ", numbers cut at the reference's quantiles, " : ", ") +
                              detail::rounded(found.degrees, 6) + " degrees of freedom");
  pair.pvalue = pair.test.pvalue;
  const auto& table = found.table;
  double total = 0.0;
  for (const double count : table.counts[1]) total += count;
  const ColumnProfile& first = *reference.find(pair.first);
  const ColumnProfile& second = *reference.find(pair.second);
  for (std::size_t i = 0; i < table.first.size(); ++i) {
    for (std::size_t j = 0; j < table.second.size(); ++j) {
      const std::size_t k = i * table.second.size() + j;
      const Contributor one{word(first, table.first, i) + " & " + word(second, table.second, j),
                            found.raked[k], table.counts[1][k] / total};
      pair.effect += 0.5 * std::fabs(one.change());
      if (one.change() != 0.0) pair.contributors.push_back(one);
    }
  }
  std::stable_sort(pair.contributors.begin(), pair.contributors.end(),
                   [](const Contributor& a, const Contributor& b) {
                     return std::fabs(a.change()) > std::fabs(b.change());
                   });
  if (pair.contributors.size() > most_contributors) pair.contributors.resize(most_contributors);
}

PairDrift measure_pair(const Profile& reference, const Profile& current,
                       const std::pair<std::string, std::string>& names,
                       const MeasureOptions& options) {
  PairDrift pair;
  std::tie(pair.first, pair.second) = names;
  const std::array<PairStats, 2> stats{reference.pair(names.first, names.second),
                                       current.pair(names.first, names.second)};
  for (const std::string& name : {names.first, names.second}) {
    const ColumnProfile* before = reference.find(name);
    const ColumnProfile* after = current.find(name);
    if (before == nullptr || after == nullptr) {
      cannot(pair, options, "a side has a profile of the pair but none of " + name);
      return pair;
    }
    const auto numeric = [](const ColumnProfile& column) {
      return is_numeric(column.type().kind) && column.type().kind != Kind::boolean;
    };
    if (before->type().kind != after->type().kind && !(numeric(*before) && numeric(*after))) {
      cannot(pair, options, "the type of " + name + " is another one");
      return pair;
    }
  }
  const JointCounts& before = stats[0].joint();
  const JointCounts& after = stats[1].joint();
  if (stats[0].count() == 0 || stats[1].count() == 0) {
    cannot(pair, options, "a side has no row in which both are present");
  } else if (before.lost() || after.lost()) {
    cannot(pair, options, "a side has more combinations of values than are counted");
  } else if (!before.empty() && !after.empty()) {
    measure_categories(pair, reference, stats, options);
  } else if (stats[0].finite() > 0 && stats[1].finite() > 0) {
    measure_numbers(pair, {&reference, &current}, stats, options);
  } else {
    cannot(pair, options, "a side keeps no counts of the two");
  }
  return pair;
}

}  // namespace

std::vector<PairDrift> measure_pairs(const Profile& reference, const Profile& current,
                                     double alpha) {
  MeasureOptions options;
  options.alpha = alpha;
  detail::check_options(interaction_name, options);
  const auto known = current.pairs();
  const std::set<std::pair<std::string, std::string>> there(known.begin(), known.end());
  std::vector<PairDrift> pairs;
  for (const auto& names : reference.pairs()) {
    if (there.contains(names)) {
      pairs.push_back(measure_pair(reference, current, names, options));
    }
  }
  return pairs;
}

}  // namespace zeroskew
