#include "zeroskew/policy/guard.hpp"

#include <vector>

#include "zeroskew/detail/format.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

constexpr GuardMeasure all[] = {
    {"drifted", "number of features that drifted"},
    {"drifted_share", "share of the features that drifted"},
    {"missing_increase", "largest increase of a feature's share of missing and NaN values"},
    {"new_share", "largest share of values that the baseline has no name or no bin for"},
    {"wrong_type_share", "largest share of a feature's values that are of another type"},
    {"failed_share", "share of rows that could not be transformed"},
};

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

GuardAction guard_action_of(std::string_view word) {
  for (const GuardAction action : {GuardAction::pass, GuardAction::warn, GuardAction::error}) {
    if (to_string(action) == word) return action;
  }
  fail_value("policy.guard", std::string(word), "an action is pass, warn or error");
}

void check_guard(const Guard& guard) {
  std::vector<std::string_view> names;
  bool known = false;
  for (const GuardMeasure& measure : all) {
    names.push_back(measure.name);
    known = known || measure.name == guard.measure;
  }
  if (!known) {
    fail_key("policy.guard", guard.measure,
             "guards cannot measure this" + detail::suggestion(guard.measure, names));
  }
  if (!(guard.limit >= 0.0) || !(guard.limit - guard.limit == 0.0)) {
    fail_value("policy.guard", guard.measure,
               "a limit is zero or above, not " + detail::shortest(guard.limit));
  }
}

}  // namespace zeroskew
