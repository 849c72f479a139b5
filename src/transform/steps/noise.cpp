// Augmenting steps on numbers: noise, scale, shift. Draw 0 of a row's stream is all they use.

#include "transform/steps/common.hpp"
#include "transform/steps/steps.hpp"

namespace zeroskew::steps {
namespace {

// out = f(x, row's stream) where the step acts and the cell is there.
template <class F>
class NumberDraw final : public Operation {
 public:
  explicit NumberDraw(F f) : f_(std::move(f)) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext& rows) const override {
    double* x = as_numbers(block, in[0], out[0]);
    if (!rows.active) return;
    for_acting(rows, block.rows(),
               [&](std::size_t i, const Stream& stream) { x[i] = f_(x[i], stream); });
  }

 private:
  F f_;
};

template <class F>
Prepared number_draw(std::span<const Field> inputs, const Settings& settings, F f) {
  return one_output(inputs, settings, floating(),
                    std::make_shared<const NumberDraw<F>>(std::move(f)));
}

// The unit of a noise: 1, or the column's standard deviation.
Settings fit_unit(const FitInput& input) {
  if (!flag_of(input.settings, "relative")) return {{"unit", 1.0}};
  return {{"unit", finite(numbers_in(input).std(), input, "standard deviation")}};
}

Prepared prepare_gaussian(std::span<const Field> inputs, const Settings& settings,
                          const Settings& learned) {
  const double scale = number_of(settings, "std") * number_of(learned, "unit");
  return number_draw(inputs, settings, [scale](double x, const Stream& stream) noexcept {
    return x + scale * stream.normal(0);
  });
}

Prepared prepare_laplace(std::span<const Field> inputs, const Settings& settings,
                         const Settings& learned) {
  const double scale = number_of(settings, "scale") * number_of(learned, "unit");
  return number_draw(inputs, settings, [scale](double x, const Stream& stream) noexcept {
    return x + scale * stream.laplace(0);
  });
}

Prepared prepare_uniform(std::span<const Field> inputs, const Settings& settings,
                         const Settings& learned) {
  const double scale = number_of(settings, "width") * number_of(learned, "unit");
  return number_draw(inputs, settings, [scale](double x, const Stream& stream) noexcept {
    return x + scale * (2.0 * stream.uniform_open(0) - 1.0);
  });
}

Prepared prepare_multiplicative(std::span<const Field> inputs, const Settings& settings,
                                const Settings&) {
  const double scale = number_of(settings, "std");
  return number_draw(inputs, settings, [scale](double x, const Stream& stream) noexcept {
    return x * (1.0 + scale * stream.normal(0));
  });
}

struct Range {
  double low;
  double width;
};
Range range_of(const Settings& settings, const char* step) {
  const double low = number_of(settings, "low");
  const double high = number_of(settings, "high");
  if (!(low <= high)) {
    fail_value(
        "transform.bad_parameter", step,
        "low is " + detail::shortest(low) + "; it must be at most high, " + detail::shortest(high));
  }
  return {low, high - low};
}

Prepared prepare_scale(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  const auto [low, width] = range_of(settings, "random_scale");
  return number_draw(inputs, settings,
                     [low = low, width = width](double x, const Stream& stream) noexcept {
                       return x * (low + width * stream.uniform(0));
                     });
}

Prepared prepare_shift(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  const auto [low, width] = range_of(settings, "random_shift");
  return number_draw(inputs, settings,
                     [low = low, width = width](double x, const Stream& stream) noexcept {
                       return x + (low + width * stream.uniform(0));
                     });
}

Parameter relative() {
  return {.name = "relative",
          .kind = SettingKind::boolean,
          .doc = "in units of the column's standard deviation when fitting",
          .fallback = false};
}

Parameter positive(std::string name, std::string doc) {
  return {.name = std::move(name), .doc = std::move(doc), .lo = 0.0};
}

StepInfo noise(std::string name, std::string doc, Parameter size) {
  return {.name = std::move(name),
          .doc = std::move(doc),
          .role = StepRole::augmenting,
          .accepts = number_kinds,
          .parameters = {std::move(size), relative()},
          .learned = {learned_number("unit", "1, or the column's standard deviation")},
          .one_output = true,
          .fit = fit_unit};
}

StepInfo in_range(std::string name, std::string doc, double low, double high) {
  return {.name = std::move(name),
          .doc = std::move(doc),
          .role = StepRole::augmenting,
          .accepts = number_kinds,
          .parameters = {{.name = "low", .doc = "lower end of the range", .fallback = low},
                         {.name = "high", .doc = "upper end of the range", .fallback = high}},
          .one_output = true};
}

}  // namespace

StepInfo gaussian_noise() {
  StepInfo info = noise("gaussian_noise", "Adds std times a standard normal draw.",
                        positive("std", "standard deviation of the noise"));
  info.prepare = prepare_gaussian;
  return info;
}

StepInfo laplace_noise() {
  StepInfo info = noise("laplace_noise", "Adds scale times a draw with density exp(-|x|) / 2.",
                        positive("scale", "mean magnitude of the noise"));
  info.prepare = prepare_laplace;
  return info;
}

StepInfo uniform_noise() {
  StepInfo info = noise("uniform_noise", "Adds a draw from (-width, width).",
                        positive("width", "largest magnitude of the noise"));
  info.prepare = prepare_uniform;
  return info;
}

StepInfo multiplicative_noise() {
  return {.name = "multiplicative_noise",
          .doc = "Multiplies by 1 + std times a standard normal draw.",
          .role = StepRole::augmenting,
          .accepts = number_kinds,
          .parameters = {positive("std", "standard deviation of the factor")},
          .one_output = true,
          .prepare = prepare_multiplicative};
}

StepInfo random_scale() {
  StepInfo info = in_range("random_scale", "Multiplies by a draw from [low, high).", 0.9, 1.1);
  info.prepare = prepare_scale;
  return info;
}

StepInfo random_shift() {
  StepInfo info = in_range("random_shift", "Adds a draw from [low, high).", -1.0, 1.0);
  info.prepare = prepare_shift;
  return info;
}

}  // namespace zeroskew::steps
