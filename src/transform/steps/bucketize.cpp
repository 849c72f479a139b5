#include <functional>

#include "transform/steps/common.hpp"
#include "transform/steps/steps.hpp"

namespace zeroskew::steps {
namespace {

Settings fit(const FitInput& input) {
  const std::string& kind = text_of(input.settings, "kind");
  const auto bins = static_cast<std::size_t>(integer_of(input.settings, "bins"));
  std::vector<double> edges;
  if (kind == "edges") {
    if (!is_set(input.settings, "edges")) {
      fail_value("transform.bad_parameter", "bucketize", "edges is none; kind edges needs them");
    }
    edges = numbers_of(input.settings, "edges");
    if (std::adjacent_find(edges.begin(), edges.end(), std::greater_equal<>()) != edges.end()) {
      fail_value("transform.bad_parameter", "bucketize",
                 "edges is " + to_string(Setting(edges)) + "; each must be above the one before");
    }
    return {{"edges", std::move(edges)}};
  }
  const NumberStats& numbers = numbers_in(input);
  if (kind == "quantile") {
    const Spread spread = numbers.spread();
    for (std::size_t i = 1; i < bins; ++i) {
      const double share = static_cast<double>(i) / static_cast<double>(bins);
      edges.push_back(finite(spread.quantile(share), input, "quantile"));
    }
  } else {
    const double low = finite(numbers.min(), input, "minimum");
    const double high = finite(numbers.max(), input, "maximum");
    const double width = finite(high - low, input, "range");
    for (std::size_t i = 1; i < bins; ++i) {
      edges.push_back(low + width * (static_cast<double>(i) / static_cast<double>(bins)) + 0.0);
    }
  }
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return {{"edges", std::move(edges)}};
}

// The place among the edges from 0, at the first one, to 1, at the last: tf.transform's
// apply_buckets_with_interpolation.
double place_among(const std::vector<double>& edges, double x) noexcept {
  if (x != x) return nan;
  const auto above = std::upper_bound(edges.begin(), edges.end(), x);
  if (above == edges.begin()) return 0.0;
  if (above == edges.end()) return 1.0;
  const double low = *(above - 1);
  const auto whole = static_cast<double>(above - edges.begin() - 1);
  return (whole + (x - low) / (*above - low)) / static_cast<double>(edges.size() - 1);
}

class Bucketize final : public Operation {
 public:
  explicit Bucketize(std::vector<double> edges) : edges_(std::move(edges)) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    const std::uint8_t* valid = block.valid(in[0]);
    std::int64_t* y = block.integers(out[0]);
    for (std::size_t i = 0; i < block.rows(); ++i) {
      double x = 0.0;
      if (in[0].storage == Storage::number) {
        x = block.numbers(in[0])[i];
      } else if (in[0].is_unsigned) {
        x = static_cast<double>(static_cast<std::uint64_t>(block.integers(in[0])[i]));
      } else {
        x = static_cast<double>(block.integers(in[0])[i]);
      }
      block.valid(out[0])[i] = valid[i] != 0 && x == x;
      y[i] = std::upper_bound(edges_.begin(), edges_.end(), x) - edges_.begin();
    }
  }

 private:
  std::vector<double> edges_;
};

Prepared prepare(std::span<const Field> inputs, const Settings& settings, const Settings& learned) {
  const std::vector<double>& edges = numbers_of(learned, "edges");
  if (!std::is_sorted(edges.begin(), edges.end())) malformed("bucketize", "edges are not in order");
  if (flag_of(settings, "interpolate")) {
    return number_map(inputs, settings,
                      [shared = std::make_shared<const std::vector<double>>(edges)](
                          double x) noexcept { return place_among(*shared, x); });
  }
  return one_output(inputs, settings, integer(), std::make_shared<const Bucketize>(edges));
}

}  // namespace

StepInfo bucketize() {
  return {
      .name = "bucketize",
      .doc =
          "The number of inner edges that are at most x: buckets are closed below, as in "
          "tf.transform and scikit-learn's KBinsDiscretizer(encode='ordinal'). Equal edges "
          "are merged. NaN becomes missing.",
      .role = StepRole::fitted,
      .accepts = number_kinds,
      .on_overflow = OnOverflow::bounded,
      .parameters = {{.name = "kind",
                      .kind = SettingKind::choice,
                      .doc = "buckets of equal counts, of equal width, or between given edges",
                      .fallback = "quantile",
                      .choices = {"quantile", "width", "edges"}},
                     {.name = "bins",
                      .kind = SettingKind::integer,
                      .doc = "how many buckets",
                      .fallback = std::int64_t{10},
                      .lo = 1,
                      .hi = 100000},
                     {.name = "edges",
                      .kind = SettingKind::numbers,
                      .doc = "inner edges, rising: one bucket more than edges",
                      .optional = true},
                     {.name = "interpolate",
                      .kind = SettingKind::boolean,
                      .doc = "a number instead: 0 up to the first edge, 1 from the last one on, "
                             "and straight lines between edges that are evenly spaced; NaN "
                             "stays NaN",
                      .fallback = false}},
      .learned = {{.name = "edges", .kind = SettingKind::numbers, .doc = "the inner edges"}},
      .one_output = true,
      .fit = fit,
      .prepare = prepare};
}

}  // namespace zeroskew::steps
