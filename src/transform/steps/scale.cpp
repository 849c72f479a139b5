// Steps that move and stretch numbers by what was learned.

#include "transform/steps/inverse.hpp"
#include "transform/steps/steps.hpp"

namespace zeroskew::steps {
namespace {

Settings fit_standardize(const FitInput& input) {
  const NumberStats& numbers = numbers_in(input);
  return {{"mean", finite(numbers.mean(), input, "mean")},
          {"std", finite(numbers.std(), input, "standard deviation")}};
}

Prepared prepare_standardize(std::span<const Field> inputs, const Settings& settings,
                             const Settings& learned) {
  const double mean = flag_of(settings, "with_mean") ? number_of(learned, "mean") : 0.0;
  const double scale = flag_of(settings, "with_std") ? divisor(number_of(learned, "std")) : 1.0;
  return number_map(inputs, settings,
                    [mean, scale](double x) noexcept { return (x - mean) / scale; });
}

Prepared inverse_standardize(std::span<const Field> inputs, const Settings& settings,
                             const Settings& learned) {
  const double mean = flag_of(settings, "with_mean") ? number_of(learned, "mean") : 0.0;
  const double scale = flag_of(settings, "with_std") ? divisor(number_of(learned, "std")) : 1.0;
  return number_inverse(inputs, [mean, scale](double y) noexcept { return y * scale + mean; });
}

Settings fit_min_max(const FitInput& input) {
  const NumberStats& numbers = numbers_in(input);
  return {{"min", finite(numbers.min(), input, "minimum")},
          {"max", finite(numbers.max(), input, "maximum")}};
}

Prepared prepare_min_max(std::span<const Field> inputs, const Settings& settings,
                         const Settings& learned) {
  const double low = number_of(settings, "low");
  const double high = number_of(settings, "high");
  if (!(low < high)) {
    fail_value(
        "transform.bad_parameter", "min_max",
        "low is " + detail::shortest(low) + "; it must be below high, " + detail::shortest(high));
  }
  const double min = number_of(learned, "min");
  const double range = divisor(number_of(learned, "max") - min);
  const double width = high - low;
  if (!flag_of(settings, "clip")) {
    return number_map(inputs, settings,
                      [=](double x) noexcept { return (x - min) / range * width + low; });
  }
  return number_map(inputs, settings, [=](double x) noexcept {
    const double y = (x - min) / range * width + low;
    return y < low ? low : (y > high ? high : y);
  });
}

Prepared inverse_min_max(std::span<const Field> inputs, const Settings& settings,
                         const Settings& learned) {
  const double low = number_of(settings, "low");
  const double width = number_of(settings, "high") - low;
  const double min = number_of(learned, "min");
  const double range = divisor(number_of(learned, "max") - min);
  return number_inverse(inputs, [=](double y) noexcept { return (y - low) / width * range + min; });
}

Settings fit_robust(const FitInput& input) {
  const double low = number_of(input.settings, "low");
  const double high = number_of(input.settings, "high");
  if (!(low < high)) {
    fail_value(
        "transform.bad_parameter", "robust",
        "low is " + detail::shortest(low) + "; it must be below high, " + detail::shortest(high));
  }
  const Spread spread = numbers_in(input).spread();
  return {
      {"median", finite(spread.quantile(0.5), input, "median")},
      {"range", finite(spread.quantile(high) - spread.quantile(low), input, "range of quantiles")}};
}

Prepared prepare_robust(std::span<const Field> inputs, const Settings& settings,
                        const Settings& learned) {
  const double median = flag_of(settings, "with_center") ? number_of(learned, "median") : 0.0;
  const double range = flag_of(settings, "with_scale") ? divisor(number_of(learned, "range")) : 1.0;
  return number_map(inputs, settings,
                    [median, range](double x) noexcept { return (x - median) / range; });
}

Prepared inverse_robust(std::span<const Field> inputs, const Settings& settings,
                        const Settings& learned) {
  const double median = flag_of(settings, "with_center") ? number_of(learned, "median") : 0.0;
  const double range = flag_of(settings, "with_scale") ? divisor(number_of(learned, "range")) : 1.0;
  return number_inverse(inputs, [median, range](double y) noexcept { return y * range + median; });
}

Settings fit_max_abs(const FitInput& input) {
  const NumberStats& numbers = numbers_in(input);
  return {{"max_abs", finite(std::max(std::fabs(numbers.min()), std::fabs(numbers.max())), input,
                             "largest magnitude")}};
}

Prepared prepare_max_abs(std::span<const Field> inputs, const Settings& settings,
                         const Settings& learned) {
  const double scale = divisor(number_of(learned, "max_abs"));
  return number_map(inputs, settings, [scale](double x) noexcept { return x / scale; });
}

Prepared inverse_max_abs(std::span<const Field> inputs, const Settings&, const Settings& learned) {
  const double scale = divisor(number_of(learned, "max_abs"));
  return number_inverse(inputs, [scale](double y) noexcept { return y * scale; });
}

Parameter share(std::string name, std::string doc, double fallback) {
  return {.name = std::move(name),
          .kind = SettingKind::number,
          .doc = std::move(doc),
          .fallback = fallback,
          .lo = 0.0,
          .hi = 1.0};
}

Parameter flag(std::string name, std::string doc, bool fallback) {
  return {.name = std::move(name),
          .kind = SettingKind::boolean,
          .doc = std::move(doc),
          .fallback = fallback};
}

}  // namespace

StepInfo standardize() {
  return {.name = "standardize",
          .doc =
              "(x - mean) / std, with the population's standard deviation (divided by n), as "
              "scikit-learn's StandardScaler and tf.transform do; a column without spread is "
              "only centred. NaN stays NaN, missing stays missing.",
          .role = StepRole::fitted,
          .accepts = number_kinds,
          .parameters = {flag("with_mean", "subtract the mean", true),
                         flag("with_std", "divide by the standard deviation", true)},
          .learned = {learned_number("mean", "mean of the values"),
                      learned_number("std", "the population's standard deviation")},
          .one_output = true,
          .fit = fit_standardize,
          .prepare = prepare_standardize,
          .inverse = inverse_standardize};
}

StepInfo min_max() {
  return {
      .name = "min_max",
      .doc =
          "(x - min) / (max - min) * (high - low) + low. A column of one value becomes low. "
          "(tf.transform gives a sigmoid there; scikit-learn rounds differently in the last "
          "bits.)",
      .role = StepRole::fitted,
      .accepts = number_kinds,
      .parameters = {{.name = "low", .doc = "where the minimum goes", .fallback = 0.0},
                     {.name = "high", .doc = "where the maximum goes", .fallback = 1.0},
                     flag("clip", "hold later values inside [low, high]", false)},
      .learned = {learned_number("min", "smallest value"), learned_number("max", "largest value")},
      .one_output = true,
      .fit = fit_min_max,
      .prepare = prepare_min_max,
      .inverse = inverse_min_max};
}

StepInfo robust() {
  return {.name = "robust",
          .doc = "(x - median) / (quantile(high) - quantile(low)): scikit-learn's RobustScaler.",
          .role = StepRole::fitted,
          .accepts = number_kinds,
          .parameters = {share("low", "share of values below the range", 0.25),
                         share("high", "share of values up to its upper end", 0.75),
                         flag("with_center", "subtract the median", true),
                         flag("with_scale", "divide by the range", true)},
          .learned = {learned_number("median", "median"),
                      learned_number("range", "distance of the two quantiles")},
          .one_output = true,
          .fit = fit_robust,
          .prepare = prepare_robust,
          .inverse = inverse_robust};
}

StepInfo max_abs() {
  return {.name = "max_abs",
          .doc = "x / max |x|: keeps zeros and signs.",
          .role = StepRole::fitted,
          .accepts = number_kinds,
          .learned = {learned_number("max_abs", "largest magnitude")},
          .one_output = true,
          .fit = fit_max_abs,
          .prepare = prepare_max_abs,
          .inverse = inverse_max_abs};
}

}  // namespace zeroskew::steps
