// Steps that bend numbers: logarithm, powers, ranks.

#include "transform/steps/inverse.hpp"
#include "transform/steps/steps.hpp"
#include "zeroskew/detail/math.hpp"

namespace zeroskew::steps {
namespace {

namespace math = detail::math;

Prepared prepare_log1p(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  return number_map(inputs, settings, [](double x) noexcept { return math::log1p(x); });
}

Prepared inverse_log1p(std::span<const Field> inputs, const Settings&, const Settings&) {
  return number_inverse(inputs, [](double y) noexcept { return math::expm1(y); });
}

// ((1 + y)^lambda - 1) / lambda, which is log(1 + y) for lambda = 0.
double power_of_one_plus(double y, double lambda) noexcept {
  const double log = math::log1p(y);
  return lambda == 0.0 ? log : math::expm1(lambda * log) / lambda;
}

double lambda_of(const Settings& settings, const Settings& learned) {
  if (is_set(settings, "lambda")) return number_of(settings, "lambda");
  if (!is_set(learned, "lambda")) malformed("power", "lambda was not learned");
  return number_of(learned, "lambda");
}

double power_of(double x, double lambda, bool box_cox) noexcept {
  if (box_cox) {
    if (!(x > 0.0)) return nan;
    const double log = math::log(x);
    return lambda == 0.0 ? log : math::expm1(lambda * log) / lambda;
  }
  return x >= 0.0 ? power_of_one_plus(x, lambda) : -power_of_one_plus(-x, 2.0 - lambda);
}

// The profile log-likelihood of lambda, short of what does not depend on it: sums are exact and
// rounded once, so the order of the values does not matter.
double likelihood(const std::vector<ValueCount>& counts, double lambda, bool box_cox) {
  Moments made;
  Moments jacobian;
  for (const ValueCount& entry : counts) {
    const auto count = static_cast<std::uint64_t>(entry.count.value);
    const double x = number_value(entry.value);
    const double y = power_of(x, lambda, box_cox);
    if (!std::isfinite(y)) return -std::numeric_limits<double>::infinity();
    made.add(y, count);
    jacobian.add(box_cox ? math::log(x) : (x >= 0.0 ? math::log1p(x) : -math::log1p(-x)), count);
  }
  const double variance = made.variance();
  if (!(variance > 0.0)) return -std::numeric_limits<double>::infinity();
  const double n = static_cast<double>(made.count());
  return -0.5 * n * math::log(variance) + (lambda - 1.0) * jacobian.sum();
}

// The maximum of the likelihood on [-5, 5]: a scan, then golden sections down to 2^-40.
Settings fit_power(const FitInput& input) {
  if (is_set(input.settings, "lambda")) return {{"lambda", number_of(input.settings, "lambda")}};
  const bool box_cox = text_of(input.settings, "method") == "box_cox";
  const std::vector<ValueCount> counts = counts_in(input);
  for (const ValueCount& entry : counts) {
    const double x = finite(number_value(entry.value), input, "largest value");
    if (box_cox && !(x > 0.0)) {
      fail_value(
          "transform.not_positive", input.fields[0].name,
          "Box-Cox needs positive values, and one is " + detail::shortest(x) + "; use yeo_johnson");
    }
  }
  double best = 1.0;
  double most = likelihood(counts, best, box_cox);
  for (int i = -10; i <= 10; ++i) {
    const double lambda = 0.5 * i;
    const double value = likelihood(counts, lambda, box_cox);
    if (value > most) {
      best = lambda;
      most = value;
    }
  }
  constexpr double section = 0.6180339887498949;
  double low = best - 0.5;
  double high = best + 0.5;
  double a = high - section * (high - low);
  double b = low + section * (high - low);
  double at_a = likelihood(counts, a, box_cox);
  double at_b = likelihood(counts, b, box_cox);
  while (high - low > 0x1p-30) {
    if (at_a >= at_b) {
      high = b;
      b = a;
      at_b = at_a;
      a = high - section * (high - low);
      at_a = likelihood(counts, a, box_cox);
    } else {
      low = a;
      a = b;
      at_a = at_b;
      b = low + section * (high - low);
      at_b = likelihood(counts, b, box_cox);
    }
  }
  return {{"lambda", finite(0.5 * (low + high), input, "lambda")}};
}

Prepared inverse_power(std::span<const Field> inputs, const Settings& settings,
                       const Settings& learned) {
  const double lambda = lambda_of(settings, learned);
  const auto back = [](double y, double by) noexcept {  // of power_of_one_plus
    return by == 0.0 ? math::expm1(y) : math::expm1(math::log1p(by * y) / by);
  };
  if (text_of(settings, "method") == "box_cox") {
    return number_inverse(inputs, [=](double y) noexcept {
      return lambda == 0.0 ? math::exp(y) : math::exp(math::log1p(lambda * y) / lambda);
    });
  }
  return number_inverse(inputs, [=](double y) noexcept {
    return y >= 0.0 ? back(y, lambda) : -back(-y, 2.0 - lambda);
  });
}

Prepared prepare_power(std::span<const Field> inputs, const Settings& settings,
                       const Settings& learned) {
  const double lambda = lambda_of(settings, learned);
  if (text_of(settings, "method") == "box_cox") {
    return number_map(inputs, settings, [lambda](double x) noexcept {
      if (!(x > 0.0)) return nan;
      const double log = math::log(x);
      return lambda == 0.0 ? log : math::expm1(lambda * log) / lambda;
    });
  }
  return number_map(inputs, settings, [lambda](double x) noexcept {
    return x >= 0.0 ? power_of_one_plus(x, lambda) : -power_of_one_plus(-x, 2.0 - lambda);
  });
}

Settings fit_rank(const FitInput& input) {
  const NumberStats& numbers = numbers_in(input);
  const Spread spread = numbers.spread();
  const auto most = static_cast<std::uint64_t>(integer_of(input.settings, "quantiles"));
  const std::uint64_t count = std::max<std::uint64_t>(1, std::min(most, spread.total()));
  std::vector<double> quantiles;
  for (std::uint64_t i = 0; i < count; ++i) {
    const double share = count == 1 ? 0.0 : static_cast<double>(i) / static_cast<double>(count - 1);
    quantiles.push_back(finite(spread.quantile(share), input, "quantile"));
  }
  return {{"quantiles", std::move(quantiles)}};
}

// Piecewise linear through the learned quantiles; where several are equal (a frequent value), half
// way between the lowest and the highest of their shares.
class Rank final : public Operation {
 public:
  Rank(std::vector<double> quantiles, bool normal)
      : quantiles_(std::move(quantiles)), normal_(normal) {}

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    double* x = as_numbers(block, in[0], out[0]);
    for (std::size_t i = 0; i < block.rows(); ++i) {
      const double share = x[i] != x[i] ? x[i] : share_of(x[i]);
      x[i] = normal_ ? normal(share) : share;
    }
  }

 private:
  [[nodiscard]] double share_of(double x) const noexcept {
    if (x <= quantiles_.front()) return 0.0;
    if (x >= quantiles_.back()) return 1.0;
    const auto above = std::upper_bound(quantiles_.begin(), quantiles_.end(), x);
    const auto from = std::lower_bound(quantiles_.begin(), quantiles_.end(), x);
    if (from != above) {
      return 0.5 * (share_at(from - quantiles_.begin()) + share_at(above - quantiles_.begin() - 1));
    }
    const double low = *(above - 1);
    const double part = (x - low) / (*above - low);
    const double a = share_at(above - quantiles_.begin() - 1);
    const double b = share_at(above - quantiles_.begin());
    return a + part * (b - a);
  }
  [[nodiscard]] double share_at(std::ptrdiff_t i) const noexcept {
    return static_cast<double>(i) / static_cast<double>(quantiles_.size() - 1);
  }
  // scikit-learn's ends: the normal quantiles of 1e-7 less one rounding unit.
  [[nodiscard]] static double normal(double share) noexcept {
    constexpr double least = 1e-7 - 0x1p-52;
    const double low = math::normal_quantile(least);
    const double high = math::normal_quantile(1.0 - least);
    const double z = math::normal_quantile(share);
    return z < low ? low : (z > high ? high : z);
  }

  std::vector<double> quantiles_;
  bool normal_;
};

Prepared rank(std::span<const Field> inputs, const Settings& settings, const Settings& learned,
              bool normal) {
  const std::vector<double>& quantiles = numbers_of(learned, "quantiles");
  if (quantiles.empty() || !std::is_sorted(quantiles.begin(), quantiles.end())) {
    malformed("quantile_rank", "the quantiles are not in order");
  }
  return one_output(inputs, settings, floating(), std::make_shared<const Rank>(quantiles, normal));
}

Prepared prepare_quantile_rank(std::span<const Field> inputs, const Settings& settings,
                               const Settings& learned) {
  return rank(inputs, settings, learned, false);
}

Prepared prepare_gauss_rank(std::span<const Field> inputs, const Settings& settings,
                            const Settings& learned) {
  return rank(inputs, settings, learned, true);
}

// The learned quantile at a share, by linear interpolation.
double quantile_at(const std::vector<double>& quantiles, double share) noexcept {
  if (share != share) return share;
  if (!(share > 0.0) || quantiles.size() == 1) return quantiles.front();
  if (share >= 1.0) return quantiles.back();
  const double place = share * static_cast<double>(quantiles.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  if (below + 1 >= quantiles.size()) return quantiles.back();
  const double part = place - static_cast<double>(below);
  return quantiles[below] + part * (quantiles[below + 1] - quantiles[below]);
}

Prepared inverse_quantile_rank(std::span<const Field> inputs, const Settings&,
                               const Settings& learned) {
  return number_inverse(inputs, [quantiles = numbers_of(learned, "quantiles")](double y) noexcept {
    return quantile_at(quantiles, y);
  });
}

Prepared inverse_gauss_rank(std::span<const Field> inputs, const Settings&,
                            const Settings& learned) {
  return number_inverse(inputs, [quantiles = numbers_of(learned, "quantiles")](double y) noexcept {
    const double share = math::normal_cdf(y);
    constexpr double least = 1e-7 - 0x1p-52;  // where gauss_rank holds its ends
    return quantile_at(quantiles, share <= least * 1.001         ? 0.0
                                  : share >= 1.0 - least * 1.001 ? 1.0
                                                                 : share);
  });
}

StepInfo rank_info(std::string name, std::string doc) {
  return {.name = std::move(name),
          .doc = std::move(doc),
          .role = StepRole::fitted,
          .accepts = number_kinds,
          .on_overflow = OnOverflow::bounded,
          .parameters = {{.name = "quantiles",
                          .kind = SettingKind::integer,
                          .doc = "how many quantiles are learned, at most one a value",
                          .fallback = std::int64_t{1000},
                          .lo = 1,
                          .hi = 100000}},
          .learned = {{.name = "quantiles",
                       .kind = SettingKind::numbers,
                       .doc = "quantiles at equal steps from 0 to 1"}},
          .one_output = true,
          .fit = fit_rank};
}

}  // namespace

StepInfo log1p() {
  return {.name = "log1p",
          .doc = "log(1 + x): -inf at -1, NaN below.",
          .accepts = number_kinds,
          .one_output = true,
          .prepare = prepare_log1p,
          .inverse = inverse_log1p};
}

StepInfo power() {
  return {.name = "power",
          .doc =
              "Yeo and Johnson's (2000) or Box and Cox's (1964) power transformation, not "
              "standardised, with a given lambda or the most likely one when fitting, as "
              "scikit-learn's PowerTransformer takes it. Box-Cox gives NaN for numbers that are "
              "not positive.",
          .role = StepRole::fitted,
          .accepts = number_kinds,
          .parameters = {{.name = "lambda",
                          .doc = "the exponent; none: fitted by maximum likelihood in [-5.5, 5.5]",
                          .optional = true,
                          .lo = -10.0,
                          .hi = 10.0},
                         {.name = "method",
                          .kind = SettingKind::choice,
                          .doc = "which one",
                          .fallback = "yeo_johnson",
                          .choices = {"yeo_johnson", "box_cox"}}},
          .learned = {{.name = "lambda", .doc = "the exponent", .optional = true}},
          .one_output = true,
          .fit = fit_power,
          .prepare = prepare_power,
          .inverse = inverse_power};
}

StepInfo quantile_rank() {
  StepInfo info = rank_info("quantile_rank",
                            "The share of learned values below a number, by linear interpolation "
                            "between quantiles: scikit-learn's QuantileTransformer.");
  info.prepare = prepare_quantile_rank;
  info.inverse = inverse_quantile_rank;
  return info;
}

StepInfo gauss_rank() {
  StepInfo info = rank_info("gauss_rank",
                            "The normal quantile of quantile_rank, held inside +-5.2: "
                            "scikit-learn's QuantileTransformer(output_distribution='normal').");
  info.prepare = prepare_gauss_rank;
  info.inverse = inverse_gauss_rank;
  return info;
}

}  // namespace zeroskew::steps
