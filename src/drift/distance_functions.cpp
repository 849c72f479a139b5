#include "drift/distance_functions.hpp"

namespace zeroskew::detail {

std::string why_not_numbers(const Distribution& a, const Distribution& b) {
  for (const auto* side : {&a, &b}) {
    const std::string name = side == &a ? "reference" : "current";
    if (side->kind == Distribution::Kind::labels) {
      return "cannot compare, because the " + name + " side has names, not numbers";
    }
    if (!(side->total() > 0.0)) {
      return "cannot compare, because the " + name + " side has no values";
    }
  }
  return {};
}

Bounded function_gap(const Distribution& a, const Distribution& b) {
  Bounded gap;
  const double start = std::fabs(a.negative_infinity / a.total() - b.negative_infinity / b.total());
  gap.value = gap.lo = gap.hi = start;
  sweep(a, b, [&gap](const Step& step) {
    gap.value =
        std::max({gap.value, std::fabs(step.left_a - step.left_b), std::fabs(step.a - step.b)});
    gap.lo = std::max({gap.lo, step.lo_a - step.hi_b, step.lo_b - step.hi_a});
    gap.hi = std::max({gap.hi, step.hi_a - step.lo_b, step.hi_b - step.lo_a});
  });
  return gap;
}

}  // namespace zeroskew::detail
