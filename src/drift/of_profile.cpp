// A column's profile as a distribution: the only place where drift reads statistics.

#include <algorithm>
#include <limits>

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/stats/column_profile.hpp"

namespace zeroskew {
namespace {

void labels_of(const ColumnProfile& column, Distribution& result) {
  result.kind = Distribution::Kind::labels;
  const ValueCounts& values = *column.values();
  double named = 0.0;
  for (const ValueCounts::Frequent& f : values.frequent()) {
    if (column.text() != nullptr && !values.exact() && !column.text()->knows(f.code)) continue;
    result.labels.push_back(
        {to_string(column.value_of(f.code)), f.count.value, f.count.lo, f.count.hi});
    named += f.count.value;
  }
  std::sort(result.labels.begin(), result.labels.end(),
            [](const Label& a, const Label& b) { return a.name < b.name; });
  result.exact = values.exact();
  result.unnamed = std::max(0.0, static_cast<double>(values.total()) - named);
}

void cells_of(const ColumnProfile& column, Distribution& result) {
  result.kind = Distribution::Kind::cells;
  const NumberStats& numbers = *column.numbers();
  result.integral = numbers.key_kind() != KeyKind::floating;
  result.nan = static_cast<double>(numbers.nan());
  result.negative_infinity = static_cast<double>(numbers.negative_infinities());
  result.positive_infinity = static_cast<double>(numbers.positive_infinities());
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const Spread spread = numbers.spread();
  for (const Spread::Cell& cell : spread.cells()) {
    double mass = static_cast<double>(cell.count);
    double lo = cell.lo;
    double hi = cell.hi;
    // Infinities are counted apart; the outermost buckets of a sketch may hold some of them.
    if (lo == -infinity) {
      mass -= result.negative_infinity;
      lo = std::numeric_limits<double>::lowest();
    }
    if (hi == infinity) {
      mass -= result.positive_infinity;
      hi = std::numeric_limits<double>::max();
    }
    if (mass <= 0.0) continue;
    result.exact = result.exact && lo == hi;
    result.cells.push_back({lo, hi, mass});
  }
}

}  // namespace

Distribution Distribution::of_profile(const ColumnProfile& profile) {
  Distribution result;
  result.missing = static_cast<double>(profile.missing());
  if (profile.values() == nullptr) return result;
  if (profile.type().kind == zeroskew::Kind::boolean || is_text(profile.type().kind)) {
    labels_of(profile, result);
  } else {
    cells_of(profile, result);
  }
  return result;
}

}  // namespace zeroskew
