// Steps that hold numbers inside limits.

#include "transform/steps/common.hpp"
#include "transform/steps/steps.hpp"

namespace zeroskew::steps {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Prepared limits(std::span<const Field> inputs, const Settings& settings, double low, double high) {
  return number_map(inputs, settings, [low, high](double x) noexcept {
    return x < low ? low : (x > high ? high : x);
  });
}

Prepared prepare_clip(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  const double low = is_set(settings, "lower") ? number_of(settings, "lower") : -infinity;
  const double high = is_set(settings, "upper") ? number_of(settings, "upper") : infinity;
  if (!(low <= high)) {
    fail_value("transform.bad_parameter", "clip",
               "lower is " + detail::shortest(low) + "; it must be at most upper, " +
                   detail::shortest(high));
  }
  return limits(inputs, settings, low, high);
}

Settings fit_winsorize(const FitInput& input) {
  const double lower = number_of(input.settings, "lower");
  const double upper = number_of(input.settings, "upper");
  if (!(lower < upper)) {
    fail_value("transform.bad_parameter", "winsorize",
               "lower is " + detail::shortest(lower) + "; it must be below upper, " +
                   detail::shortest(upper));
  }
  const Spread spread = numbers_in(input).spread();
  return {{"low", finite(spread.quantile(lower), input, "lower quantile")},
          {"high", finite(spread.quantile(upper), input, "upper quantile")}};
}

Prepared prepare_winsorize(std::span<const Field> inputs, const Settings& settings,
                           const Settings& learned) {
  return limits(inputs, settings, number_of(learned, "low"), number_of(learned, "high"));
}

}  // namespace

StepInfo clip() {
  return {.name = "clip",
          .doc = "Holds numbers inside [lower, upper], infinities too; NaN stays NaN.",
          .accepts = number_kinds,
          .on_overflow = OnOverflow::bounded,
          .parameters = {{.name = "lower", .doc = "smallest value let through", .optional = true},
                         {.name = "upper", .doc = "largest value let through", .optional = true}},
          .one_output = true,
          .prepare = prepare_clip};
}

StepInfo winsorize() {
  return {.name = "winsorize",
          .doc =
              "Holds numbers between two learned quantiles (linear interpolation between order "
              "statistics).",
          .role = StepRole::fitted,
          .accepts = number_kinds,
          .on_overflow = OnOverflow::bounded,
          .parameters = {{.name = "lower",
                          .doc = "share of the lower quantile",
                          .fallback = 0.01,
                          .lo = 0.0,
                          .hi = 1.0},
                         {.name = "upper",
                          .doc = "share of the upper quantile",
                          .fallback = 0.99,
                          .lo = 0.0,
                          .hi = 1.0}},
          .learned = {learned_number("low", "the lower quantile"),
                      learned_number("high", "the upper quantile")},
          .one_output = true,
          .fit = fit_winsorize,
          .prepare = prepare_winsorize};
}

}  // namespace zeroskew::steps
