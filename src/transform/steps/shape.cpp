// Steps that bend numbers: logarithm, powers, ranks.

#include "transform/steps/common.hpp"
#include "transform/steps/steps.hpp"
#include "zeroskew/detail/math.hpp"

namespace zeroskew::steps {
namespace {

namespace math = detail::math;

Prepared prepare_log1p(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  return number_map(inputs, settings, [](double x) noexcept { return math::log1p(x); });
}

// ((1 + y)^lambda - 1) / lambda, which is log(1 + y) for lambda = 0.
double power_of_one_plus(double y, double lambda) noexcept {
  const double log = math::log1p(y);
  return lambda == 0.0 ? log : math::expm1(lambda * log) / lambda;
}

Prepared prepare_power(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  const double lambda = number_of(settings, "lambda");
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

StepInfo rank_info(std::string name, std::string doc) {
  return {.name = std::move(name),
          .doc = std::move(doc),
          .role = StepRole::fitted,
          .accepts = number_kinds,
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
          .prepare = prepare_log1p};
}

StepInfo power() {
  return {.name = "power",
          .doc =
              "Yeo and Johnson's (2000) or Box and Cox's (1964) power transformation with a "
              "given lambda, not standardised. Box-Cox gives NaN for numbers that are not "
              "positive.",
          .accepts = number_kinds,
          .parameters = {{.name = "lambda", .doc = "the exponent", .lo = -10.0, .hi = 10.0},
                         {.name = "method",
                          .kind = SettingKind::choice,
                          .doc = "which one",
                          .fallback = "yeo_johnson",
                          .choices = {"yeo_johnson", "box_cox"}}},
          .one_output = true,
          .prepare = prepare_power};
}

StepInfo quantile_rank() {
  StepInfo info = rank_info("quantile_rank",
                            "The share of learned values below a number, by linear interpolation "
                            "between quantiles: scikit-learn's QuantileTransformer.");
  info.prepare = prepare_quantile_rank;
  return info;
}

StepInfo gauss_rank() {
  StepInfo info = rank_info("gauss_rank",
                            "The normal quantile of quantile_rank, held inside +-5.2: "
                            "scikit-learn's QuantileTransformer(output_distribution='normal').");
  info.prepare = prepare_gauss_rank;
  return info;
}

}  // namespace zeroskew::steps
