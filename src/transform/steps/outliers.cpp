// Numbers far from the others: held, made missing, or marked.

#include "transform/steps/common.hpp"
#include "transform/steps/learned_steps.hpp"

namespace zeroskew::steps {
namespace {

// The median distance from the median, each cell of the distribution taken at its middle.
double median_deviation(const Spread& spread, double median) {
  std::vector<std::pair<double, std::uint64_t>> distances;
  for (const Spread::Cell& cell : spread.cells()) {
    const double middle = cell.lo + 0.5 * (cell.hi - cell.lo);
    distances.emplace_back(std::fabs(middle - median), cell.count);
  }
  std::sort(distances.begin(), distances.end());
  std::uint64_t seen = 0;
  for (const auto& [distance, count] : distances) {
    const std::uint64_t next = seen + count;
    if (2 * next > spread.total()) return distance;
    if (2 * next == spread.total()) {  // between two order statistics
      const auto after = std::upper_bound(distances.begin(), distances.end(),
                                          std::pair{distance, ~std::uint64_t{0}});
      return after == distances.end() ? distance : distance + 0.5 * (after->first - distance);
    }
    seen = next;
  }
  return 0.0;
}

Settings fit_outliers(const FitInput& input) {
  const std::string& method = text_of(input.settings, "method");
  const NumberStats& numbers = numbers_in(input);
  const double factor = is_set(input.settings, "factor") ? number_of(input.settings, "factor")
                        : method == "iqr"                ? 1.5
                        : method == "zscore"             ? 3.0
                                                         : 3.5;
  double low = 0.0;
  double high = 0.0;
  if (method == "zscore") {
    low = numbers.mean() - factor * numbers.std();
    high = numbers.mean() + factor * numbers.std();
  } else {
    const Spread spread = numbers.spread();
    if (method == "iqr") {
      const double first = spread.quantile(0.25);
      const double third = spread.quantile(0.75);
      low = first - factor * (third - first);
      high = third + factor * (third - first);
    } else {
      // 0.6745 (x - median) / deviation, compared with the factor (Iglewicz and Hoaglin, 1993)
      const double median = spread.quantile(0.5);
      const double reach = factor * median_deviation(spread, median) / 0.6744897501960817;
      low = median - reach;
      high = median + reach;
    }
  }
  return {{"low", finite(low, input, "lower fence")}, {"high", finite(high, input, "upper fence")}};
}

class Fences final : public Operation {
 public:
  Fences(double low, double high, bool marks) : low_(low), high_(high), marks_(marks) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    double* x = as_numbers(block, in[0], out[0]);
    std::uint8_t* valid = block.valid(out[0]);
    for (std::size_t i = 0; i < block.rows(); ++i) {
      const bool outside = x[i] < low_ || x[i] > high_;
      if (marks_) {
        x[i] = valid[i] != 0 && outside ? 1.0 : 0.0;
      } else if (outside) {
        valid[i] = 0;
      }
    }
  }

 private:
  double low_;
  double high_;
  bool marks_;
};

Prepared prepare_outliers(std::span<const Field> inputs, const Settings& settings,
                          const Settings& learned) {
  const double low = number_of(learned, "low");
  const double high = number_of(learned, "high");
  const std::string& action = text_of(settings, "action");
  if (action == "clip") {
    return number_map(inputs, settings, [low, high](double x) noexcept {
      return x < low ? low : (x > high ? high : x);
    });
  }
  const bool marks = action == "flag";
  Prepared prepared =
      one_output(inputs, settings, floating(), std::make_shared<const Fences>(low, high, marks));
  if (marks && !is_set(settings, "output")) {
    prepared.outputs[0].name = inputs[0].name + "_outlier";
    prepared.keeps_inputs = true;
  }
  return prepared;
}

}  // namespace

StepInfo outliers() {
  return {.name = "outliers",
          .doc =
              "Numbers outside fences: held at them, made missing, or marked with 1 in a column "
              "<name>_outlier. NaN is no outlier; missing stays missing.",
          .role = StepRole::fitted,
          .accepts = number_kinds,
          .on_overflow = OnOverflow::bounded,
          .parameters = {{.name = "method",
                          .kind = SettingKind::choice,
                          .doc = "fences at factor interquartile ranges beyond the quartiles "
                                 "(Tukey), at factor standard deviations from the mean, or where "
                                 "0.6745 |x - median| is factor median absolute deviations",
                          .fallback = "iqr",
                          .choices = {"iqr", "zscore", "mad"}},
                         {.name = "factor",
                          .doc = "how far; none: 1.5 for iqr, 3 for zscore, 3.5 for mad",
                          .optional = true,
                          .lo = 0.0},
                         {.name = "action",
                          .kind = SettingKind::choice,
                          .doc = "what becomes of them",
                          .fallback = "clip",
                          .choices = {"clip", "missing", "flag"}}},
          .learned = {learned_number("low", "the lower fence"),
                      learned_number("high", "the upper fence")},
          .one_output = true,
          .fit = fit_outliers,
          .prepare = prepare_outliers};
}

}  // namespace zeroskew::steps
