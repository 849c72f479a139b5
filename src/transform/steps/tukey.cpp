// Tukey's g-and-h distribution: numbers back to the normal draws that would make them.

#include "transform/steps/inverse.hpp"
#include "transform/steps/learned_steps.hpp"
#include "zeroskew/detail/math.hpp"

namespace zeroskew::steps {
namespace {

namespace math = detail::math;

// x = location + scale T(z) with T(z) = (exp(g z) - 1) / g exp(h z^2 / 2).
struct Shape {
  double location = 0.0;
  double scale = 1.0;
  double g = 0.0;
  double h = 0.0;

  [[nodiscard]] double skewed(double z) const noexcept {
    return std::fabs(g) < 1e-9 ? z : math::expm1(g * z) / g;
  }
  [[nodiscard]] double at(double z) const noexcept {
    return skewed(z) * math::exp(0.5 * h * z * z);
  }
  [[nodiscard]] double slope(double z) const noexcept {
    const double tail = math::exp(0.5 * h * z * z);
    const double rise = std::fabs(g) < 1e-9 ? 1.0 : math::exp(g * z);
    return tail * (rise + h * z * skewed(z));
  }
  // Newton's method inside a bracket that shrinks: T rises.
  [[nodiscard]] double normal(double x) const noexcept {
    if (x != x) return nan;
    const double u = (x - location) / scale;
    double low = -farthest;
    double high = farthest;
    if (!(u > at(low))) return low;
    if (!(u < at(high))) return high;
    double z = u < -1.0 ? -1.0 : (u > 1.0 ? 1.0 : u);
    for (int i = 0; i < 200; ++i) {
      const double off = at(z) - u;
      if (off == 0.0) return z;
      (off < 0.0 ? low : high) = z;
      double next = z - off / slope(z);
      if (!(next > low && next < high)) next = low + 0.5 * (high - low);
      if (next == z || next == low || next == high) return next;
      z = next;
    }
    return z;
  }

  static constexpr double farthest = 8.0;
};

// A pair of quantiles, 2^-k and 1 - 2^-k, and the normal's.
struct Letter {
  double z = 0.0;
  double below = 0.0;  // from the median down
  double above = 0.0;  // and up
};

std::vector<Letter> letters_of(const FitInput& input, const Spread& spread, double median) {
  std::vector<Letter> letters;
  const double n = static_cast<double>(spread.total());
  for (double p = 0.25; p > 0x1p-11 && n * p >= 4.0; p *= 0.5) {
    const Letter letter{-math::normal_quantile(p),
                        median - finite(spread.quantile(p), input, "lower quantile"),
                        finite(spread.quantile(1.0 - p), input, "upper quantile") - median};
    if (letter.below > 0.0 && letter.above > 0.0) letters.push_back(letter);
  }
  return letters;
}

double median_of(std::vector<double> values) {
  if (values.empty()) return 0.0;
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
}

// Hoaglin's letter values (1985): each pair gives a g, whose median is taken; the logarithm of the
// pairs' distance, freed of g, is a line in z^2 / 2 with slope h and intercept log(scale).
Settings fit_tukey(const FitInput& input) {
  const NumberStats& numbers = numbers_in(input);
  const Spread spread = numbers.spread();
  Shape shape;
  shape.location = finite(spread.quantile(0.5), input, "median");
  shape.scale = divisor(finite(numbers.std(), input, "standard deviation"));
  const std::vector<Letter> letters = letters_of(input, spread, shape.location);
  if (is_set(input.settings, "g")) {
    shape.g = number_of(input.settings, "g");
  } else {
    std::vector<double> each;
    for (const Letter& letter : letters) {
      each.push_back(math::log(letter.above / letter.below) / letter.z);
    }
    shape.g = std::clamp(median_of(std::move(each)), -5.0, 5.0);
  }
  // Least squares, centred; few points, in a fixed order.
  double mean_x = 0.0;
  double mean_y = 0.0;
  std::vector<std::pair<double, double>> points;
  for (const Letter& letter : letters) {
    const double width = shape.skewed(letter.z) - shape.skewed(-letter.z);
    points.emplace_back(0.5 * letter.z * letter.z,
                        math::log((letter.above + letter.below) / width));
    mean_x += points.back().first;
    mean_y += points.back().second;
  }
  if (!points.empty()) {
    mean_x /= static_cast<double>(points.size());
    mean_y /= static_cast<double>(points.size());
    double product = 0.0;
    double square = 0.0;
    for (const auto& [x, y] : points) {
      product += (x - mean_x) * (y - mean_y);
      square += (x - mean_x) * (x - mean_x);
    }
    shape.h = is_set(input.settings, "h") ? number_of(input.settings, "h")
              : square > 0.0              ? std::clamp(product / square, 0.0, 5.0)
                                          : 0.0;
    shape.scale = math::exp(mean_y - shape.h * mean_x);
  }
  return {{"location", shape.location + 0.0},
          {"scale", finite(shape.scale, input, "scale")},
          {"g", shape.g + 0.0},
          {"h", shape.h + 0.0}};
}

Shape shape_of(const Settings& learned) {
  const Shape shape{number_of(learned, "location"), number_of(learned, "scale"),
                    number_of(learned, "g"), number_of(learned, "h")};
  if (!(shape.scale > 0.0) || !(shape.h >= 0.0)) {
    malformed("tukey_gh", "the scale is not above 0, or h is below 0");
  }
  return shape;
}

Prepared prepare_tukey(std::span<const Field> inputs, const Settings& settings,
                       const Settings& learned) {
  return number_map(inputs, settings,
                    [shape = shape_of(learned)](double x) noexcept { return shape.normal(x); });
}

Prepared inverse_tukey(std::span<const Field> inputs, const Settings&, const Settings& learned) {
  return number_inverse(inputs, [shape = shape_of(learned)](double z) noexcept {
    return shape.location + shape.scale * shape.at(z);
  });
}

}  // namespace

StepInfo tukey_gh() {
  return {
      .name = "tukey_gh",
      .doc =
          "Makes skewed and heavy-tailed numbers normal: the z of Tukey's g-and-h "
          "distribution, x = location + scale (exp(g z) - 1) / g exp(h z^2 / 2), fitted to "
          "letter values (Hoaglin, 1985); z is held inside +-8. (tf.transform's "
          "scale_to_gaussian is its h-h form, fitted by L-moments.)",
      .role = StepRole::fitted,
      .accepts = number_kinds,
      .on_overflow = OnOverflow::bounded,
      .parameters =
          {{.name = "g", .doc = "skewness; none: fitted", .optional = true, .lo = -5.0, .hi = 5.0},
           {.name = "h",
            .doc = "weight of the tails; none: fitted",
            .optional = true,
            .lo = 0.0,
            .hi = 5.0}},
      .learned = {learned_number("location", "the median"), learned_number("scale", "scale"),
                  learned_number("g", "skewness"), learned_number("h", "weight of the tails")},
      .one_output = true,
      .fit = fit_tukey,
      .prepare = prepare_tukey,
      .inverse = inverse_tukey};
}

}  // namespace zeroskew::steps
