#include "zeroskew/policy/guard.hpp"

#include <algorithm>
#include <vector>

#include "zeroskew/detail/format.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/drift/registry.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/policy/rule.hpp"

namespace zeroskew {
namespace {

constexpr GuardMeasure all[] = {
    {"drifted", "number of features that drifted"},
    {"drifted_share", "share of the features that drifted"},
    {"missing_increase", "largest increase of a feature's share of missing and NaN values"},
    {"new_share", "largest share of values that the baseline has no name or no bin for"},
    {"wrong_type_share", "largest share of a feature's values that are of another type"},
    {"failed_share", "share of rows that could not be transformed"},
    {"anomalies",
     "number of anomalies of severity ERROR by the policy's schema; servers and gates count them"},
};

std::vector<std::string_view> served_names() {
  std::vector<std::string_view> names;
  for (const GuardMeasure& measure : all) names.push_back(measure.name);
  return names;
}

// Measures that take profiles: a baseline is one.
std::vector<std::string_view> moved_names() {
  std::vector<std::string_view> names;
  for (const MeasureInfo& measure : measures()) {
    if (measure.intervals) names.push_back(measure.name);
  }
  return names;
}

bool has(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void check_parameters(const Guard& guard) {
  std::vector<std::string_view> known;
  for (const MeasureParameter& parameter : measure_info(guard.measure).parameters) {
    if (parameter.name != "threshold") known.push_back(parameter.name);
  }
  for (const auto& [name, value] : guard.parameters) {
    if (!has(known, name)) {
      fail_key("policy.guard", name,
               "there is no such member of a guard and no such parameter of " + guard.measure +
                   detail::suggestion(name, known));
    }
  }
  (void)options_of(guard);
}

}  // namespace

std::span<const GuardMeasure> guard_measures() noexcept {
  return all;
}

std::string_view to_string(GuardAction action) noexcept {
  switch (action) {
    case GuardAction::pass:
      return "pass";
    case GuardAction::warn:
      return "warn";
    case GuardAction::error:
      break;
  }
  return "error";
}

std::string to_string(const Guard& guard) {
  const std::string what = guard.is_budget()
                               ? to_string(DriftRule{guard.column, guard.measure, guard.parameters})
                               : guard.measure;
  return what + " <= " + detail::shortest(guard.limit) + ", else " +
         std::string(to_string(guard.action));
}

GuardAction guard_action_of(std::string_view word) {
  for (const GuardAction action : {GuardAction::pass, GuardAction::warn, GuardAction::error}) {
    if (to_string(action) == word) return action;
  }
  fail_value("policy.guard", std::string(word), "an action is pass, warn or error");
}

MeasureOptions options_of(const Guard& guard) {
  return options_of(DriftRule{guard.column, guard.measure, guard.parameters});
}

void check_guard(const Guard& guard) {
  const std::vector<std::string_view> served = served_names();
  const std::vector<std::string_view> moved = moved_names();
  const bool is_served = has(served, guard.measure);
  const bool is_moved = has(moved, guard.measure);
  if (guard.is_budget() ? !is_moved : !is_served) {
    std::string why =
        guard.is_budget()
            ? "a drift budget cannot measure this" + detail::suggestion(guard.measure, moved)
            : "guards cannot measure this" + detail::suggestion(guard.measure, served);
    if (guard.is_budget() && is_served) {
      why = "is measured over all that is served; it takes no column";
    } else if (!guard.is_budget() && is_moved) {
      why = "measures how far augmentation moves a column; name the \"column\", or \"*\"";
    }
    fail_key("policy.guard", guard.measure, why);
  }
  if (!guard.is_budget() && !guard.parameters.empty()) {
    fail_value("policy.guard", guard.measure, "takes no parameters");
  }
  if (guard.parameters.contains("threshold")) {
    fail_value("policy.guard", guard.measure, "takes no threshold: the limit is one");
  }
  if (guard.is_budget()) check_parameters(guard);
  if (!(guard.limit >= 0.0) || !(guard.limit - guard.limit == 0.0)) {
    fail_value("policy.guard", guard.measure,
               "a limit is zero or above, not " + detail::shortest(guard.limit));
  }
}

}  // namespace zeroskew
