#include "zeroskew/drift/compare.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "detail/parallel.hpp"
#include "drift/aligned.hpp"
#include "drift/compare_source.hpp"
#include "drift/contributors.hpp"
#include "drift/distance_functions.hpp"
#include "drift/runs.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/drift/anderson.hpp"
#include "zeroskew/drift/chi_square.hpp"
#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/ks.hpp"
#include "zeroskew/drift/registry.hpp"
#include "zeroskew/drift/total_variation.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/stats/column_profile.hpp"
#include "zeroskew/stats/number_stats.hpp"

namespace zeroskew {
namespace {

using detail::Absence;
using detail::absence_of;
using detail::percent;
using detail::Side;
using detail::side_of;
using detail::Source;

// Both sides' absent and present cells; nothing where no cell is absent or none is present.
std::optional<MeasureResult> missing_test(const Absence& reference, const Absence& current,
                                          double alpha) {
  const std::array<double, 2> a{reference.absent, reference.present};
  const std::array<double, 2> b{current.absent, current.present};
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

// A column's two sides in the form that its test reads.
struct Sides {
  Distribution reference;
  Distribution current;
};

Sides sides_of(const Source& reference, const Source& current) {
  return {reference.values(), current.values()};
}

// The value test with the effect: how far the values lie apart, from 0 to 1.
struct Judged {
  MeasureResult test;
  double effect = 0.0;
};

// Tests that hold their level for the kind of column at hand.
MeasureResult value_test(const Distribution& reference, const Distribution& current,
                         const std::string& wanted, const MeasureOptions& options) {
  if (!wanted.empty()) return measure(wanted, reference, current, options);
  if (reference.kind == Distribution::Kind::labels) return chi2_2samp(reference, current, options);
  if (!reference.exact || !current.exact) return ks_2samp(reference, current, options);
  const std::size_t cells = reference.cells.size() + current.cells.size();
  if (cells <= 2 * detail::few_values) return chi2_2samp(reference, current, options);
  // Hardly any value twice: the law of Kolmogorov and Smirnov holds as it is.
  if (static_cast<double>(cells) > 0.9 * (reference.total() + current.total())) {
    return ks_2samp(reference, current, options);
  }
  MeasureOptions ties = options;
  ties.definition = "ties";
  return anderson_2samp(reference, current, ties);
}

double value_effect(const Distribution& reference, const Distribution& current,
                    const MeasureResult& test) {
  if (test.name == "ks" && test.comparable()) return test.statistic;
  if (reference.kind == current.kind && reference.kind == Distribution::Kind::labels) {
    MeasureOptions options;
    options.threshold = 1.0;  // only the distance is wanted, not what chance would do
    const MeasureResult result = total_variation(reference, current, options);
    return result.comparable() ? result.statistic : 0.0;
  }
  if (!detail::why_not_numbers(reference, current).empty()) return 0.0;
  return detail::function_gap(reference, current).value;
}

// Numbers that are all known need no distribution: what is sorted is tested.
std::optional<Judged> judge_numbers(const Source& reference, const Source& current,
                                    const MeasureOptions& options) {
  if (reference.profile == nullptr || current.profile == nullptr) return std::nullopt;
  const NumberStats* before = reference.profile->numbers();
  const NumberStats* after = current.profile->numbers();
  if (before == nullptr || after == nullptr || before->sketch() || after->sketch()) {
    return std::nullopt;
  }
  const auto known = [](const NumberStats& side) {
    return side.values().exact() && side.values().total() > 0 &&
           side.positive_infinities() + side.negative_infinities() == 0;
  };
  if (!known(*before) || !known(*after)) return std::nullopt;
  const std::size_t cells = before->values().table().size() + after->values().table().size();
  const std::uint64_t rows = before->values().total() + after->values().total();
  if (cells <= 2 * detail::few_values) return std::nullopt;
  Judged judged;
  if (static_cast<double>(cells) > 0.9 * static_cast<double>(rows)) {
    judged.test = ks_2samp(detail::values_of(*before), detail::values_of(*after), options);
    judged.effect = judged.test.comparable() ? judged.test.statistic : 0.0;
  } else {
    const detail::Runs a = detail::Runs::of(*before);
    const detail::Runs b = detail::Runs::of(*after);
    MeasureOptions ties = options;
    ties.definition = "ties";
    judged.test = detail::anderson_of(a, b, ties);
    judged.effect = detail::largest_share_gap(a, b);
  }
  return judged;
}

void cannot(ColumnDrift& column, const std::string& why) {
  column.verdict = "cannot compare";
  column.reason = "cannot compare, because " + why;
}

void measure_column(ColumnDrift& column, const Source& before, const Source& after,
                    const CompareRule& rule, double alpha) {
  double least = 1.0;
  int tests = 0;
  const auto note = [&](MeasureResult result) {
    if (result.comparable() && result.pvalue) {
      least = std::min(least, *result.pvalue);
      ++tests;
    }
    column.tests.push_back(std::move(result));
  };
  MeasureOptions options;
  options.alpha = alpha;
  const Absence reference = absence_of(before);
  const Absence current = absence_of(after);
  const bool values = reference.present > 0.0 && current.present > 0.0;
  if (values) {
    // Where a path count would take long the limit law is as good.
    const double pairs = reference.present * current.present;
    if (reference.present != current.present && pairs > 40000.0) options.method = "asymptotic";
    auto judged = rule.test.empty() ? judge_numbers(before, after, options) : std::nullopt;
    if (!judged) {
      if (!rule.test.empty()) options.method = "auto";
      const Sides sides = sides_of(before, after);
      judged.emplace();
      judged->test = value_test(sides.reference, sides.current, rule.test, options);
      judged->effect = value_effect(sides.reference, sides.current, judged->test);
    }
    column.effect = judged->effect;
    note(std::move(judged->test));
  }
  if (auto result = missing_test(reference, current, alpha)) {
    note(std::move(*result));
    column.effect = std::max(column.effect, std::fabs(current.share() - reference.share()));
  }
  if (tests > 0) column.pvalue = std::min(1.0, least * tests);
  const auto nested = [](const Source& side) {
    return side.profile != nullptr && side.profile->values() == nullptr &&
           side.profile->count() > 0;
  };
  if (tests == 0 && nested(before) && nested(after)) {
    cannot(column, "lists and structures are compared by columns made of their parts");
  } else if (tests == 0 && !values) {
    cannot(column, reference.present > 0.0 ? "the current side has no value"
                   : current.present > 0.0 ? "the reference has no value"
                                           : "neither side has a value");
  } else if (tests == 0) {
    const std::string why = column.tests[0].reason;
    column.verdict = "cannot compare";
    column.reason = why;
  }
}

// What moved most, in words.
std::string moved(const ColumnDrift& column, const Source& before, const Source& after) {
  const Absence reference = absence_of(before);
  const Absence current = absence_of(after);
  std::string words;
  if (reference.present > 0.0 && current.present > 0.0) {
    const Sides sides = sides_of(before, after);
    const auto fresh = detail::new_categories(sides.reference, sides.current, 1);
    if (!fresh.empty()) {
      words = "new value '" + fresh.front().name + "' has " + percent(fresh.front().current);
    } else {
      const auto most = detail::contributors(sides.reference, sides.current, 1);
      if (!most.empty()) {
        words = most.front().name + " " + percent(most.front().reference) + " -> " +
                percent(most.front().current);
      }
    }
  }
  if (reference.absent + current.absent > 0.0) {
    const bool first = column.tests.size() > 1 && column.tests[0].pvalue &&
                       column.tests[1].pvalue && *column.tests[1].pvalue < *column.tests[0].pvalue;
    const std::string missing =
        "missing " + percent(reference.share()) + " -> " + percent(current.share());
    words = words.empty() ? missing : first ? missing + ", " + words : words + ", " + missing;
  }
  return words;
}

void explain(ColumnDrift& column, const Source& before, const Source& after,
             const CompareRule& rule, double alpha) {
  if (column.drifted) {
    column.verdict = "drifted";
    column.reason = moved(column, before, after);
    return;
  }
  column.verdict = "stable";
  column.reason = *column.adjusted_pvalue <= alpha
                      ? "moved by less than matters (effect " + detail::rounded(column.effect, 3) +
                            " < " + detail::rounded(rule.min_effect, 3) +
                            "): " + moved(column, before, after)
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

void check(const Side& reference, const Side& current, const CompareOptions& options) {
  if (!(options.alpha > 0.0 && options.alpha < 1.0)) {
    fail_value("drift.bad_rule", "alpha", "a chance between 0 and 1 is needed");
  }
  check_rule(options.rule, "");
  for (const auto& [name, rule] : options.rules) {
    if (!reference.find(name) && !current.find(name)) {
      fail_key(
          "drift.bad_rule", name,
          "a rule for a column that neither side has" + detail::suggestion(name, reference.names));
    }
    check_rule(rule, name);
  }
}

ColumnDetails details_of(const Source& reference, const Source& current, const CompareRule& rule) {
  ColumnDetails details;
  if (!(absence_of(reference).present > 0.0) || !(absence_of(current).present > 0.0)) {
    return details;
  }
  const Sides sides = sides_of(reference, current);
  for (const std::string& name : rule.distances) {
    const MeasureInfo& info = measure_info(name);
    const bool labels = sides.reference.kind == Distribution::Kind::labels;
    if (labels ? info.labels : info.numbers) {
      details.distances.push_back(measure(name, sides.reference, sides.current));
    }
  }
  details.contributors = detail::contributors(sides.reference, sides.current, 10);
  details.new_categories = detail::new_categories(sides.reference, sides.current, 10);
  return details;
}

Drift compare_sides(const Side& reference, const Side& current, const CompareOptions& options,
                    const std::function<std::vector<PairDrift>()>& pairs) {
  check(reference, current, options);
  Drift drift;
  drift.pairs = pairs();
  drift.alpha = options.alpha;
  drift.correction = options.correction;
  std::vector<std::string> names = reference.names;
  for (const std::string& name : current.names) {
    if (!reference.find(name)) names.push_back(name);
  }
  const auto rule_of = [&](const std::string& name) -> const CompareRule& {
    const auto own = options.rules.find(name);
    return own == options.rules.end() ? options.rule : own->second;
  };
  std::vector<std::pair<Source, Source>> sides(names.size());
  // Few columns at a time: neighbours share no memory that is written to.
  constexpr std::size_t block = 8;
  const auto over_columns = [&](auto&& visit) {
    const std::size_t blocks = (names.size() + block - 1) / block;
    detail::in_parallel(blocks, options.threads, [&](std::size_t at) {
      for (std::size_t i = at * block; i < std::min(names.size(), (at + 1) * block); ++i) {
        visit(drift.columns[i], sides[i]);
      }
    });
  };
  drift.columns.resize(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) drift.columns[i].name = names[i];
  over_columns([&](ColumnDrift& column, auto& side) {
    const Source before = side.first = reference.find(column.name);
    const Source after = side.second = current.find(column.name);
    if (!before || !after) {
      cannot(column,
             !before ? "the reference has no such column" : "the current side has no such column");
    } else if (!before.same_type(after) && before.has_cells() && after.has_cells() &&
               !(before.numeric() && after.numeric())) {
      cannot(column, "the type was " + before.type() + " and is " + after.type());
    } else {
      measure_column(column, before, after, rule_of(column.name), options.alpha);
    }
  });
  std::vector<double> pvalues;
  for (const ColumnDrift& column : drift.columns) {
    pvalues.push_back(column.pvalue.value_or(std::numeric_limits<double>::quiet_NaN()));
  }
  for (const PairDrift& pair : drift.pairs) {
    pvalues.push_back(pair.pvalue.value_or(std::numeric_limits<double>::quiet_NaN()));
  }
  const std::vector<double> adjusted = adjust(pvalues, options.correction);
  for (std::size_t i = 0; i < drift.columns.size(); ++i) {
    ColumnDrift& column = drift.columns[i];
    if (!column.pvalue) continue;
    column.adjusted_pvalue = adjusted[i];
    column.drifted =
        adjusted[i] <= options.alpha && column.effect >= rule_of(column.name).min_effect;
    drift.drifted = drift.drifted || column.drifted;
  }
  over_columns([&](ColumnDrift& column, const auto& side) {
    if (!column.pvalue) return;
    const CompareRule& rule = rule_of(column.name);
    explain(column, side.first, side.second, rule, options.alpha);
    if (options.details) column.details = details_of(side.first, side.second, rule);
  });
  for (std::size_t i = 0; i < drift.pairs.size(); ++i) {
    PairDrift& pair = drift.pairs[i];
    if (pair.pvalue) pair.adjusted_pvalue = adjusted[drift.columns.size() + i];
    detail::judge(pair, drift, options.pair_effect);
    drift.drifted = drift.drifted || pair.drifted;
  }
  return drift;
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

ColumnDetails compare_details(const ColumnProfile& reference, const ColumnProfile& current,
                              const CompareRule& rule) {
  return details_of({&reference, nullptr}, {&current, nullptr}, rule);
}

Drift compare(const Profile& reference, const Profile& current, const CompareOptions& options) {
  return compare_sides(side_of(reference), side_of(current), options,
                       [&] { return measure_pairs(reference, current, options.alpha); });
}

Drift compare(const std::vector<ColumnDistribution>& reference,
              const std::vector<ColumnDistribution>& current, const CompareOptions& options) {
  return compare_sides(side_of(reference), side_of(current), options,
                       [] { return std::vector<PairDrift>(); });
}

}  // namespace zeroskew
