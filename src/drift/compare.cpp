#include "zeroskew/drift/compare.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "drift/aligned.hpp"
#include "drift/contributors.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/drift/chi_square.hpp"
#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/fisher.hpp"
#include "zeroskew/drift/registry.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

std::string percent(double share) {
  return detail::rounded(100.0 * share, 3) + "%";
}

double absent(const Distribution& side) noexcept {
  return side.missing + side.nan;
}

// Both sides' absent and present cells; nothing where no cell is absent or none is present.
std::optional<MeasureResult> missing_test(const Distribution& reference,
                                          const Distribution& current, double alpha) {
  const std::array<double, 2> a{absent(reference), reference.total()};
  const std::array<double, 2> b{absent(current), current.total()};
  if (a[0] + b[0] == 0.0 || a[1] + b[1] == 0.0 || a[0] + a[1] == 0.0 || b[0] + b[1] == 0.0) {
    return std::nullopt;
  }
  MeasureOptions options;
  options.alpha = alpha;
  // Chi-square falls back on Fisher's exact test where a cell is too small.
  MeasureResult result = chi2_2samp(a, b, options);
  result.name = "missing_rate";
  result.definition = "missing and NaN cells against all others: " + result.definition;
  return result;
}

// Tests that hold their level for the kind of column at hand.
MeasureResult value_test(const Distribution& reference, const Distribution& current,
                         const std::string& wanted, double alpha) {
  MeasureOptions options;
  options.alpha = alpha;
  if (!wanted.empty()) return measure(wanted, reference, current, options);
  if (reference.kind == Distribution::Kind::labels)
    return measure("chi2", reference, current, options);
  if (!reference.exact || !current.exact) return measure("ks", reference, current, options);
  const std::size_t cells = reference.cells.size() + current.cells.size();
  if (cells <= 2 * detail::few_values) return measure("chi2", reference, current, options);
  // Hardly any value twice: the law of Kolmogorov and Smirnov holds as it is.
  if (static_cast<double>(cells) > 0.9 * (reference.total() + current.total())) {
    return measure("ks", reference, current, options);
  }
  options.definition = "ties";
  return measure("anderson", reference, current, options);
}

double value_effect(const Distribution& reference, const Distribution& current) {
  const bool labels = reference.kind == Distribution::Kind::labels;
  const MeasureResult result = measure(labels ? "total_variation" : "ks", reference, current);
  return result.comparable() ? result.statistic : 0.0;
}

void cannot(ColumnDrift& column, const std::string& why) {
  column.verdict = "cannot compare";
  column.reason = "cannot compare, because " + why;
}

void measure_column(ColumnDrift& column, const Distribution& reference, const Distribution& current,
                    const CompareRule& rule, double alpha) {
  double least = 1.0;
  int tests = 0;
  const auto note = [&](const MeasureResult& result) {
    column.tests.push_back(result);
    if (!result.comparable() || !result.pvalue) return;
    least = std::min(least, *result.pvalue);
    ++tests;
  };
  const bool values = reference.total() > 0.0 && current.total() > 0.0;
  if (values) {
    note(value_test(reference, current, rule.test, alpha));
    column.effect = value_effect(reference, current);
    for (const std::string& name : rule.distances) {
      const MeasureInfo& info = measure_info(name);
      const bool fits = reference.kind == Distribution::Kind::labels ? info.labels : info.numbers;
      if (fits) column.distances.push_back(measure(name, reference, current));
    }
    column.contributors = detail::contributors(reference, current, 10);
    column.new_categories = detail::new_categories(reference, current, 10);
  }
  if (const auto result = missing_test(reference, current, alpha)) {
    note(*result);
    const double before = absent(reference) / (absent(reference) + reference.total());
    const double after = absent(current) / (absent(current) + current.total());
    column.effect = std::max(column.effect, std::fabs(after - before));
  }
  if (tests > 0) column.pvalue = std::min(1.0, least * tests);
  if (tests == 0 && !values) {
    cannot(column, reference.total() > 0.0 ? "the current side has no value"
                   : current.total() > 0.0 ? "the reference has no value"
                                           : "neither side has a value");
  } else if (tests == 0) {
    cannot(column, column.tests.empty() ? "there is nothing to test" : column.tests[0].reason);
  }
}

std::string missing_words(const Distribution& reference, const Distribution& current) {
  const double before = absent(reference) / (absent(reference) + reference.total());
  const double after = absent(current) / (absent(current) + current.total());
  return "missing " + percent(before) + " -> " + percent(after);
}

// What moved most, in words.
void explain(ColumnDrift& column, const Distribution& reference, const Distribution& current,
             const CompareRule& rule) {
  std::string words;
  if (!column.new_categories.empty()) {
    const Contributor& first = column.new_categories.front();
    words = "new value '" + first.name + "' has " + percent(first.current);
  } else if (!column.contributors.empty()) {
    const Contributor& first = column.contributors.front();
    words = first.name + " " + percent(first.reference) + " -> " + percent(first.current);
  }
  if (absent(reference) + absent(current) > 0.0) {
    const bool first = column.tests.size() > 1 && column.tests[0].pvalue &&
                       column.tests[1].pvalue && *column.tests[1].pvalue < *column.tests[0].pvalue;
    const std::string missing = missing_words(reference, current);
    words = words.empty() ? missing : first ? missing + ", " + words : words + ", " + missing;
  }
  if (column.drifted) {
    column.verdict = "drifted";
    column.reason = words;
    return;
  }
  column.verdict = "stable";
  column.reason =
      column.adjusted_pvalue && *column.adjusted_pvalue <= 0.05 && column.effect < rule.min_effect
          ? "moved by less than matters (effect " + detail::rounded(column.effect, 3) + " < " +
                detail::rounded(rule.min_effect, 3) + "): " + words
          : "no more than chance would do";
}

void check_rule(const CompareRule& rule, const std::string& where) {
  if (!(rule.min_effect >= 0.0 && rule.min_effect <= 1.0)) {
    fail_value("drift.bad_rule", where, "min_effect is a share between 0 and 1");
  }
  if (!rule.test.empty() && measure_info(rule.test).kind != MeasureInfo::Kind::test) {
    fail_value("drift.bad_rule", where, "'" + rule.test + "' is a distance and has no p-value");
  }
  for (const std::string& name : rule.distances) (void)measure_info(name);
}

using Columns = std::vector<ColumnDistribution>;

using ByName = std::map<std::string_view, const ColumnDistribution*>;

ByName by_name(const Columns& columns) {
  ByName names;
  for (const ColumnDistribution& column : columns) names.emplace(column.name, &column);
  return names;
}

Columns columns_of(const Profile& profile) {
  Columns columns;
  for (const std::string& name : profile.columns()) {
    const ColumnProfile& column = profile.column(name);
    columns.push_back({name, to_string(column.type()), is_numeric(column.type().kind),
                       column.count() != 0, Distribution::of_profile(column)});
  }
  return columns;
}

void check(const Columns& reference, const Columns& current, const CompareOptions& options) {
  if (!(options.alpha > 0.0 && options.alpha < 1.0)) {
    fail_value("drift.bad_rule", "alpha", "a chance between 0 and 1 is needed");
  }
  check_rule(options.rule, "");
  const ByName before = by_name(reference);
  const ByName after = by_name(current);
  for (const auto& [name, rule] : options.rules) {
    if (!before.contains(name) && !after.contains(name)) {
      std::vector<std::string> names;
      for (const ColumnDistribution& column : reference) names.push_back(column.name);
      fail_key("drift.bad_rule", name,
               "a rule for a column that neither side has" + detail::suggestion(name, names));
    }
    check_rule(rule, name);
  }
}

}  // namespace

const ColumnDrift& Drift::column(std::string_view name) const {
  std::vector<std::string> names;
  for (const ColumnDrift& column : columns) {
    if (column.name == name) return column;
    names.push_back(column.name);
  }
  fail_key("drift.unknown_column", std::string(name),
           "no such column was compared" + detail::suggestion(name, names));
}

Drift compare(const Profile& reference, const Profile& current, const CompareOptions& options) {
  return compare(columns_of(reference), columns_of(current), options);
}

Drift compare(const Columns& reference, const Columns& current, const CompareOptions& options) {
  check(reference, current, options);
  Drift drift;
  drift.alpha = options.alpha;
  drift.correction = options.correction;
  const auto rule_of = [&](const std::string& name) -> const CompareRule& {
    const auto own = options.rules.find(name);
    return own == options.rules.end() ? options.rule : own->second;
  };
  using Sides = std::pair<const ColumnDistribution*, const ColumnDistribution*>;
  std::vector<Sides> sides;
  const ByName known = by_name(reference);
  const ByName found = by_name(current);
  for (const ColumnDistribution& column : reference) {
    const auto at = found.find(column.name);
    sides.emplace_back(&column, at == found.end() ? nullptr : at->second);
  }
  for (const ColumnDistribution& column : current) {
    if (!known.contains(column.name)) sides.emplace_back(nullptr, &column);
  }
  std::vector<double> pvalues;
  for (const auto& [before, after] : sides) {
    ColumnDrift column;
    column.name = before != nullptr ? before->name : after->name;
    if (before == nullptr || after == nullptr) {
      cannot(column, before == nullptr ? "the reference has no such column"
                                       : "the current side has no such column");
    } else if (before->type != after->type && before->has_cells && after->has_cells &&
               !(before->numeric && after->numeric)) {
      cannot(column, "the type was " + before->type + " and is " + after->type);
    } else {
      measure_column(column, before->values, after->values, rule_of(column.name), options.alpha);
    }
    pvalues.push_back(column.pvalue.value_or(std::numeric_limits<double>::quiet_NaN()));
    drift.columns.push_back(std::move(column));
  }
  const std::vector<double> adjusted = adjust(pvalues, options.correction);
  for (std::size_t i = 0; i < drift.columns.size(); ++i) {
    ColumnDrift& column = drift.columns[i];
    if (!column.pvalue) continue;
    column.adjusted_pvalue = adjusted[i];
    column.drifted =
        adjusted[i] <= options.alpha && column.effect >= rule_of(column.name).min_effect;
    explain(column, sides[i].first->values, sides[i].second->values, rule_of(column.name));
    drift.drifted = drift.drifted || column.drifted;
  }
  return drift;
}

}  // namespace zeroskew
