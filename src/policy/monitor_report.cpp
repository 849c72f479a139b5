// From counts to a report.

#include "zeroskew/policy/monitor_report.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "detail/canonical_json.hpp"
#include "policy/monitor_state.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/drift/registry.hpp"
#include "zeroskew/monitor/e_bh.hpp"

namespace zeroskew {
namespace {

using Json = nlohmann::json;

double share(std::uint64_t part, std::uint64_t whole) noexcept {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::uint64_t sum_of_bins(const RecordedCounts& counts) noexcept {
  std::uint64_t sum = 0;
  for (const std::uint64_t n : counts.bins) sum += n;
  return sum;
}

// Cells where the baseline has none: other names, and bins that it left empty.
std::uint64_t new_cells(const WatchedFeature& watched, const RecordedCounts& counts) noexcept {
  std::uint64_t cells = 0;
  for (std::size_t i = 0; i < counts.bins.size(); ++i) {
    if (watched.reference_counts.bins[i] == 0) cells += counts.bins[i];
  }
  return cells;
}

std::vector<MeasureResult> measures_of(const WatchedFeature& watched, const Distribution& current,
                                       double min_effect) {
  std::vector<MeasureResult> results;
  if (watched.rules.empty()) {
    MeasureOptions options;
    options.threshold = min_effect;
    results.push_back(measure("js_distance", watched.reference, current, options));
    return results;
  }
  for (const DriftRule& rule : watched.rules) {
    results.push_back(measure(rule.measure, watched.reference, current, options_of(rule)));
  }
  return results;
}

MonitoredFeature describe(const std::string& name, WatchedFeature& watched,
                          const RecordedFeature& recorded, const RecordedCounts& counts,
                          std::uint64_t wrong_type, const MonitorOptions& options) {
  MonitoredFeature feature;
  feature.name = name;
  feature.wrong_type = wrong_type;
  feature.seen = counts.total() + wrong_type;
  feature.missing = counts.missing;
  feature.nan = counts.nan;
  const std::uint64_t finite = sum_of_bins(counts);
  feature.mean = watched.labels || finite == 0 ? std::numeric_limits<double>::quiet_NaN()
                                               : counts.sum / static_cast<double>(finite);
  feature.missing_share = share(counts.missing + counts.nan, counts.total());
  const RecordedCounts& before = watched.reference_counts;
  feature.baseline_missing_share = share(before.missing + before.nan, before.total());
  feature.new_share =
      share(new_cells(watched, counts), counts.total() - counts.missing - counts.nan);
  std::vector<std::uint64_t> now = categories_of(counts);
  std::vector<std::uint64_t> fresh = now;
  for (std::size_t i = 0; i < fresh.size(); ++i) fresh[i] -= watched.tested[i];
  watched.test.update(fresh);
  watched.tested = std::move(now);
  feature.evalue = watched.test.evalue();
  feature.pvalue = watched.test.pvalue();
  feature.measures = measures_of(watched, distribution_of(recorded, counts), options.min_effect);
  return feature;
}

void judge(MonitoredFeature& feature, bool evidence, const MonitorOptions& options) {
  if (feature.seen < options.min_rows) {
    feature.verdict = "waiting: " + std::to_string(feature.seen) + " of " +
                      std::to_string(options.min_rows) + " values";
    return;
  }
  const auto exceeded = std::find_if(feature.measures.begin(), feature.measures.end(),
                                     [](const MeasureResult& m) { return m.drifted; });
  const bool large = exceeded != feature.measures.end();
  feature.drifted = evidence && large;
  if (feature.drifted) {
    feature.verdict =
        "drifted: " + exceeded->name + " is " + detail::rounded(exceeded->statistic, 3);
    if (exceeded->threshold) {
      feature.verdict += ", above " + detail::rounded(*exceeded->threshold, 3);
    }
    feature.verdict += ", and the odds against chance are " + detail::rounded(feature.evalue, 3);
  } else if (evidence) {
    feature.verdict = "moved: certain, but too little to matter";
  } else if (large) {
    feature.verdict = "unclear: a rule is exceeded, but chance explains it";
  } else {
    feature.verdict = "steady";
  }
}

double guard_value(const std::string& name, const MonitorReport& report) {
  double value = 0.0;
  // A row that could not even be read failed, and was never recorded.
  if (name == "failed_share") return share(report.failed, std::max(report.rows, report.failed));
  for (const MonitoredFeature& feature : report.features) {
    if (name == "drifted" || name == "drifted_share") {
      value += feature.drifted ? 1.0 : 0.0;
    } else if (name == "missing_increase") {
      value = std::max(value, feature.missing_share - feature.baseline_missing_share);
    } else if (name == "new_share") {
      value = std::max(value, feature.new_share);
    } else if (name == "wrong_type_share") {
      value = std::max(value, share(feature.wrong_type, feature.seen));
    }
  }
  if (name == "drifted_share" && !report.features.empty()) {
    value /= static_cast<double>(report.features.size());
  }
  return value;
}

// JSON has no number that is not finite.
Json number(double x) {
  if (x - x == 0.0) return x;
  return detail::shortest(x);
}

Json count(std::uint64_t n) {
  if (n <= (std::uint64_t{1} << 53)) return n;
  return std::to_string(n);
}

Json to_json_value(const MeasureResult& result) {
  Json value = {{"name", result.name},       {"statistic", number(result.statistic)},
                {"lo", number(result.lo)},   {"hi", number(result.hi)},
                {"drifted", result.drifted}, {"definition", result.definition}};
  if (result.pvalue) value["pvalue"] = number(*result.pvalue);
  if (result.threshold) value["threshold"] = number(*result.threshold);
  if (!result.reason.empty()) value["reason"] = result.reason;
  return value;
}

}  // namespace

MonitorReport Monitor::report() const {
  State& state = *state_;
  const std::lock_guard lock(state.reporting);
  MonitorReport report;
  report.policy = state.digest;
  report.alpha = state.options.alpha;
  const MonitorSnapshot now = state.snapshot();
  report.failed = now.failed;
  std::vector<double> evalues;
  for (std::size_t f = 0; f < state.features.size(); ++f) {
    report.features.push_back(describe(state.names[f], state.features[f], now.features[f],
                                       now.counts[f], now.wrong_type[f], state.options));
    report.rows = std::max(report.rows, report.features.back().seen);
    evalues.push_back(report.features.back().evalue);
  }
  report.evalue = combined_evalue(evalues);
  const std::vector<bool> found = e_benjamini_hochberg(evalues, state.options.alpha);
  for (std::size_t f = 0; f < found.size(); ++f) {
    judge(report.features[f], found[f], state.options);
  }
  for (const Guard& guard : state.guards) {
    const double value = guard_value(guard.measure, report);
    report.guards.push_back({guard, value, value > guard.limit});
  }
  return report;
}

bool MonitorReport::drifted() const noexcept {
  return std::any_of(features.begin(), features.end(),
                     [](const MonitoredFeature& f) { return f.drifted; });
}

GuardAction MonitorReport::action() const noexcept {
  GuardAction worst = GuardAction::pass;
  for (const GuardState& state : guards) {
    if (state.broken) worst = std::max(worst, state.guard.action);
  }
  return worst;
}

const MonitoredFeature* MonitorReport::find(std::string_view name) const noexcept {
  for (const MonitoredFeature& feature : features) {
    if (feature.name == name) return &feature;
  }
  return nullptr;
}

std::string MonitorReport::to_json() const {
  Json list = Json::array();
  for (const MonitoredFeature& f : features) {
    Json measures = Json::array();
    for (const MeasureResult& result : f.measures) measures.push_back(to_json_value(result));
    list.push_back({{"name", f.name},
                    {"seen", count(f.seen)},
                    {"missing", count(f.missing)},
                    {"nan", count(f.nan)},
                    {"wrong_type", count(f.wrong_type)},
                    {"mean", number(f.mean)},
                    {"missing_share", f.missing_share},
                    {"baseline_missing_share", f.baseline_missing_share},
                    {"new_share", f.new_share},
                    {"evalue", number(f.evalue)},
                    {"pvalue", f.pvalue},
                    {"measures", std::move(measures)},
                    {"drifted", f.drifted},
                    {"verdict", f.verdict}});
  }
  Json guarded = Json::array();
  for (const GuardState& state : guards) {
    guarded.push_back({{"measure", state.guard.measure},
                       {"limit", state.guard.limit},
                       {"action", to_string(state.guard.action)},
                       {"value", number(state.value)},
                       {"broken", state.broken}});
  }
  return detail::canonical_json({{"policy", policy},
                                 {"rows", count(rows)},
                                 {"failed", count(failed)},
                                 {"alpha", alpha},
                                 {"evalue", number(evalue)},
                                 {"drifted", drifted()},
                                 {"action", to_string(action())},
                                 {"features", std::move(list)},
                                 {"guards", std::move(guarded)}});
}

}  // namespace zeroskew
