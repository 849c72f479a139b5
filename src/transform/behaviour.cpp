#include "zeroskew/transform/behaviour.hpp"

#include <algorithm>

#include "zeroskew/transform/step_info.hpp"

namespace zeroskew {
namespace {

std::string_view unknown_words(const StepInfo& step) noexcept {
  const auto takes = [&](Kind kind) {
    return step.accepts.empty() ||
           std::find(step.accepts.begin(), step.accepts.end(), kind) != step.accepts.end();
  };
  if (!takes(Kind::string)) return "takes no categories";
  switch (step.on_unknown) {
    case OnUnknown::zeros:
      return "0 in every column";
    case OnUnknown::one_value:
      return "one value that stands for all others";
    case OnUnknown::kept:
      return "stays as it is";
    case OnUnknown::alike:
      break;
  }
  return "as any other value";
}

std::string_view overflow_words(OnOverflow overflow) noexcept {
  switch (overflow) {
    case OnOverflow::none:
      return "cannot be";
    case OnOverflow::bounded:
      return "held at bounds";
    case OnOverflow::missing:
      return "missing";
    case OnOverflow::infinite:
      break;
  }
  return "infinite, or NaN";
}

}  // namespace

Behaviour behaviour_of(const StepInfo& step) noexcept {
  return {unknown_words(step), step.ignores_missing ? "no error" : "error transform.missing_column",
          step.keeps_others ? "passes through" : "removed",
          step.moves_only ? "no error" : "error transform.wrong_type",
          overflow_words(step.on_overflow)};
}

}  // namespace zeroskew
