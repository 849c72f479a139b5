#include "drift/interaction_table.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace zeroskew::detail {
namespace {

using Joint = std::vector<std::pair<JointCounts::Codes, std::uint64_t>>;
constexpr std::size_t most_categories = 12;
constexpr std::size_t most_ranges = 10;

// What a column's axis is cut from.
struct Breakdown {
  bool numbers = false;
  unsigned shift = 0;
  // Names: those of both sides, the commonest first. Numbers: the reference's, by key.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> totals;

  [[nodiscard]] std::size_t most() const {
    return std::min(totals.size(), numbers ? most_ranges : most_categories);
  }
  [[nodiscard]] InteractionAxis axis(std::size_t size) const;
};

template <class CodeOf>
Breakdown breakdown_of(const Joint& a, const Joint& b, bool numbers, unsigned shift,
                       CodeOf code_of) {
  std::map<std::uint64_t, std::uint64_t> totals;
  for (const auto* side : {&a, &b}) {
    if (numbers && side == &b) break;
    for (const auto& [codes, count] : *side) totals[code_of(codes)] += count;
  }
  Breakdown found{numbers, shift, {totals.begin(), totals.end()}};
  if (!numbers) {
    std::stable_sort(found.totals.begin(), found.totals.end(),
                     [](const auto& x, const auto& y) { return x.second > y.second; });
  }
  return found;
}

InteractionAxis Breakdown::axis(std::size_t size) const {
  InteractionAxis axis;
  if (!numbers) {
    axis.others = totals.size() > size;
    const std::size_t own = axis.others ? size - 1 : totals.size();
    for (std::size_t i = 0; i < own; ++i) axis.codes.push_back(totals[i].first);
    return axis;
  }
  axis.ranges = true;
  axis.shift = shift;
  double total = 0.0;
  for (const auto& [key, count] : totals) total += static_cast<double>(count);
  double below = 0.0;
  double wanted = total / static_cast<double>(size);
  for (std::size_t i = 0; i + 1 < totals.size(); ++i) {
    below += static_cast<double>(totals[i].second);
    if (below < wanted) continue;
    axis.cuts.push_back(totals[i + 1].first);
    while (wanted <= below) wanted += total / static_cast<double>(size);
  }
  return axis;
}

std::size_t place(const InteractionAxis& axis, std::uint64_t code) {
  if (axis.ranges) {
    return static_cast<std::size_t>(std::upper_bound(axis.cuts.begin(), axis.cuts.end(), code) -
                                    axis.cuts.begin());
  }
  return static_cast<std::size_t>(std::find(axis.codes.begin(), axis.codes.end(), code) -
                                  axis.codes.begin());
}

// Whether a column's codes are few enough to be categories of their own.
bool few(const JointCounts& reference, const JointCounts& current) {
  if (!reference.exact() || !current.exact() || reference.kind() != current.kind()) return false;
  const bool first = reference.numbers() == JointCounts::Numbers::first;
  std::set<std::uint64_t> numbers;
  for (const JointCounts* side : {&reference, &current}) {
    for (const auto& [codes, count] : side->sorted()) {
      numbers.insert(first ? codes.first : codes.second);
      if (numbers.size() > most_categories) return false;
    }
  }
  return true;
}

InteractionTable table_of(InteractionAxis first, InteractionAxis second, const Joint& reference,
                          const Joint& current) {
  InteractionTable table{std::move(first), std::move(second), {}};
  const Joint* sides[] = {&reference, &current};
  for (int side = 0; side < 2; ++side) {
    table.counts[side].assign(table.first.size() * table.second.size(), 0.0);
    for (const auto& [codes, count] : *sides[side]) {
      table.at(side, place(table.first, codes.first), place(table.second, codes.second)) +=
          static_cast<double>(count);
    }
  }
  return table;
}

std::vector<double> margin(const std::vector<double>& cells, std::size_t rows, std::size_t columns,
                           bool of_rows) {
  std::vector<double> sums(of_rows ? rows : columns, 0.0);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) sums[of_rows ? i : j] += cells[i * columns + j];
  }
  return sums;
}

// Scales the cells so that their rows' sums, or their columns', are the wanted ones.
double scale(std::vector<double>& cells, const std::vector<double>& wanted, std::size_t rows,
             std::size_t columns, bool by_rows) {
  const auto found = margin(cells, rows, columns, by_rows);
  double change = 0.0;
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    if (found[k] > 0.0) change = std::max(change, std::fabs(wanted[k] / found[k] - 1.0));
  }
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      const std::size_t k = by_rows ? i : j;
      if (found[k] > 0.0) cells[i * columns + j] *= wanted[k] / found[k];
    }
  }
  return change;
}

constexpr int most_rounds = 500;
constexpr double settled = 1e-10;

// The sides' expected counts if the columns go together alike on both: all margins of two kept.
void fit(const InteractionTable& table, std::vector<double> (&fitted)[2]) {
  const std::size_t rows = table.first.size();
  const std::size_t columns = table.second.size();
  std::vector<double> margins[2][2];
  for (int side = 0; side < 2; ++side) {
    fitted[side].assign(rows * columns, 1.0);
    for (int by = 0; by < 2; ++by) {
      margins[side][by] = margin(table.counts[side], rows, columns, by == 0);
    }
  }
  double change = 1.0;
  for (int round = 0; round < most_rounds && change > settled; ++round) {
    change = 0.0;
    for (std::size_t k = 0; k < rows * columns; ++k) {
      const double wanted = table.counts[0][k] + table.counts[1][k];
      const double found = fitted[0][k] + fitted[1][k];
      const double factor = found > 0.0 ? wanted / found : 0.0;
      for (auto& side : fitted) side[k] *= factor;
    }
    for (int side = 0; side < 2; ++side) {
      for (int by = 0; by < 2; ++by) {
        change = std::max(change, scale(fitted[side], margins[side][by], rows, columns, by == 0));
      }
    }
  }
}

// Combinations that occur, less what rows and columns of each connected block fix.
double degrees_of_freedom(const InteractionTable& table) {
  const std::size_t rows = table.first.size();
  const std::size_t columns = table.second.size();
  std::vector<std::size_t> parent(rows + columns);
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const std::function<std::size_t(std::size_t)> root = [&](std::size_t k) {
    while (parent[k] != k) k = parent[k] = parent[parent[k]];
    return k;
  };
  double degrees = 0.0;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      const std::size_t k = i * columns + j;
      if (table.counts[0][k] + table.counts[1][k] == 0.0) continue;
      degrees += 1.0;
      const std::size_t a = root(i);
      const std::size_t b = root(rows + j);
      if (a == b) continue;
      parent[a] = b;
      degrees -= 1.0;
    }
  }
  return degrees;
}

// Cochran (1954): no expected count below 1, four fifths at least 5.
bool enough(const InteractionTable& table, const std::vector<double> (&fitted)[2]) {
  std::size_t cells = 0;
  std::size_t small = 0;
  for (std::size_t k = 0; k < fitted[0].size(); ++k) {
    if (table.counts[0][k] + table.counts[1][k] == 0.0) continue;
    for (const auto& side : fitted) {
      ++cells;
      if (side[k] < 1.0) return false;
      if (side[k] < 5.0) ++small;
    }
  }
  return 5 * small <= cells;
}

std::vector<double> rake(const InteractionTable& table) {
  const std::size_t rows = table.first.size();
  const std::size_t columns = table.second.size();
  auto cells = table.counts[0];
  const auto by_row = margin(table.counts[1], rows, columns, true);
  const auto by_column = margin(table.counts[1], rows, columns, false);
  double change = 1.0;
  for (int round = 0; round < most_rounds && change > settled; ++round) {
    change = scale(cells, by_row, rows, columns, true);
    change = std::max(change, scale(cells, by_column, rows, columns, false));
  }
  const double total = std::accumulate(cells.begin(), cells.end(), 0.0);
  for (double& cell : cells) cell = total > 0.0 ? cell / total : 0.0;
  return cells;
}

}  // namespace

InteractionTest test_interaction(const JointCounts& reference, const JointCounts& current) {
  using Numbers = JointCounts::Numbers;
  const Numbers numbers =
      reference.numbers() != Numbers::none ? reference.numbers() : current.numbers();
  const bool ranges = reference.numbers() != Numbers::none && current.numbers() != Numbers::none &&
                      !few(reference, current);
  const unsigned shift = std::max(reference.shift(), current.shift());
  const Joint a = ranges ? reference.coarse(shift).sorted() : reference.sorted();
  const Joint b = ranges ? current.coarse(shift).sorted() : current.sorted();
  const Breakdown rows = breakdown_of(a, b, ranges && numbers == Numbers::first, shift,
                                      [](const JointCounts::Codes& codes) { return codes.first; });
  const Breakdown columns =
      breakdown_of(a, b, ranges && numbers == Numbers::second, shift,
                   [](const JointCounts::Codes& codes) { return codes.second; });
  std::size_t height = rows.most();
  std::size_t width = columns.most();
  while (height >= 2 && width >= 2) {
    InteractionTest test;
    test.table = table_of(rows.axis(height), columns.axis(width), a, b);
    std::vector<double> fitted[2];
    fit(test.table, fitted);
    if (enough(test.table, fitted)) {
      test.degrees = degrees_of_freedom(test.table);
      for (int side = 0; side < 2; ++side) {
        for (std::size_t k = 0; k < fitted[side].size(); ++k) {
          const double gap = test.table.counts[side][k] - fitted[side][k];
          if (fitted[side][k] > 0.0) test.statistic += gap * gap / fitted[side][k];
        }
      }
      test.raked = rake(test.table);
      return test;
    }
    (height >= width ? height : width) -= 1;
  }
  return {};
}

double cramers_v(const InteractionTable& table, int side) {
  const std::size_t rows = table.first.size();
  const std::size_t columns = table.second.size();
  const auto& counts = table.counts[side];
  const auto by_row = margin(counts, rows, columns, true);
  const auto by_column = margin(counts, rows, columns, false);
  const double total = std::accumulate(by_row.begin(), by_row.end(), 0.0);
  double sum = 0.0;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const double expected = by_row[k / columns] * by_column[k % columns] / total;
    if (expected > 0.0) sum += (counts[k] - expected) * ((counts[k] - expected) / expected) / total;
  }
  const auto used = [](const std::vector<double>& sums) {
    return static_cast<double>(sums.size()) -
           static_cast<double>(std::count(sums.begin(), sums.end(), 0.0));
  };
  const double least = std::min(used(by_row), used(by_column));
  if (least < 2.0) return std::numeric_limits<double>::quiet_NaN();
  return std::sqrt(std::clamp(sum / (least - 1.0), 0.0, 1.0));
}

}  // namespace zeroskew::detail
