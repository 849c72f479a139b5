#pragma once
// How results are filled in, the same for every measure.

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "zeroskew/detail/format.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::detail {

// Options that no measure can honour are the caller's mistake, whatever the data.
inline void check_options(const std::string& name, const MeasureOptions& options) {
  if (!(options.alpha > 0.0 && options.alpha < 1.0)) {
    fail_value("drift.alpha", name, "alpha must lie between 0 and 1");
  }
  if (options.threshold && !(*options.threshold == *options.threshold)) {
    fail_value("drift.threshold", name, "the threshold is NaN; give a number");
  }
}

[[noreturn]] inline void fail_option(const std::string& name, const char* option,
                                     const std::string& found, const std::string& right) {
  fail_value(std::string("drift.") + option, name,
             std::string(option) + " '" + found + "' is unknown; use " + right);
}

// Nothing could be computed: NaN, never a number that looks like an answer.
inline MeasureResult cannot(std::string name, const MeasureOptions& options, std::string reason) {
  MeasureResult result;
  result.name = std::move(name);
  result.statistic = result.lo = result.hi = std::numeric_limits<double>::quiet_NaN();
  result.alpha = options.alpha;
  result.reason = std::move(reason);
  return result;
}

inline MeasureResult test_result(std::string name, const MeasureOptions& options, double statistic,
                                 double pvalue, std::string definition) {
  MeasureResult result;
  result.name = std::move(name);
  result.statistic = result.lo = result.hi = statistic;
  result.pvalue = std::clamp(pvalue, 0.0, 1.0);
  result.alpha = options.alpha;
  result.drifted = *result.pvalue <= options.alpha;
  result.definition = std::move(definition);
  return result;
}

// A test whose own law does not hold for the data at hand (ties, sizes far apart, small cells)
// keeps its p-value, which other tools print too, but calls drift only what a law that holds
// calls so.
inline void judge_also(MeasureResult& result, double valid, const std::string& law) {
  if (!result.drifted || valid <= result.alpha) return;
  result.drifted = false;
  result.definition +=
      "; no drift, since its law does not hold here: by " + law + " p = " + rounded(valid, 3);
}

// Drift is statistic > threshold: the caller's if given, else what the null stays below with
// probability 1 - alpha at these sizes. A measure from sketches alarms only if it does so at `lo`.
inline MeasureResult distance_result(std::string name, const MeasureOptions& options,
                                     double statistic, double lo, double hi,
                                     std::optional<double> null_threshold, std::string definition) {
  MeasureResult result;
  result.name = std::move(name);
  result.statistic = statistic;
  result.lo = std::min(lo, statistic);
  result.hi = std::max(hi, statistic);
  result.threshold = options.threshold ? options.threshold : null_threshold;
  result.alpha = options.alpha;
  result.drifted =
      result.threshold && (options.threshold ? statistic : result.lo) > *result.threshold;
  result.definition = std::move(definition);
  return result;
}

}  // namespace zeroskew::detail
