#include "drift/interaction_table.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <utility>

namespace zeroskew::detail {
namespace {

using Joint = std::vector<std::pair<JointCounts::Codes, std::uint64_t>>;
constexpr std::size_t most_categories = 12;

// A column's categories on both sides together, the commonest first.
template <class CodeOf>
std::vector<std::uint64_t> ranked(const Joint& a, const Joint& b, CodeOf code_of) {
  std::map<std::uint64_t, std::uint64_t> totals;
  for (const auto* side : {&a, &b}) {
    for (const auto& [codes, count] : *side) totals[code_of(codes)] += count;
  }
  std::vector<std::pair<std::uint64_t, std::uint64_t>> order(totals.begin(), totals.end());
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& x, const auto& y) { return x.second > y.second; });
  std::vector<std::uint64_t> codes;
  for (const auto& [code, total] : order) codes.push_back(code);
  return codes;
}

InteractionAxis axis_of(const std::vector<std::uint64_t>& ranked, std::size_t size) {
  const bool others = ranked.size() > size;
  const std::size_t own = others ? size - 1 : ranked.size();
  return {{ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(own)}, others};
}

std::size_t place(const InteractionAxis& axis, std::uint64_t code) {
  return static_cast<std::size_t>(std::find(axis.codes.begin(), axis.codes.end(), code) -
                                  axis.codes.begin());
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
  const Joint a = reference.sorted();
  const Joint b = current.sorted();
  const auto rows = ranked(a, b, [](const JointCounts::Codes& codes) { return codes.first; });
  const auto columns = ranked(a, b, [](const JointCounts::Codes& codes) { return codes.second; });
  std::size_t height = std::min(rows.size(), most_categories);
  std::size_t width = std::min(columns.size(), most_categories);
  while (height >= 2 && width >= 2) {
    InteractionTest test;
    test.table = table_of(axis_of(rows, height), axis_of(columns, width), a, b);
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

}  // namespace zeroskew::detail
