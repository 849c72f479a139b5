#pragma once
/// Page-Hinkley: has the sum of deviations from the running mean left its extreme by too much?

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// E. S. Page, "Continuous inspection schemes", Biometrika 41, 1954, with the forgetting factor of
/// Sebastiao & Fernandes 2017; both sides by default. After an alarm the next value starts afresh.
class PageHinkley : public Signal {
 public:
  static constexpr std::string_view name = "PageHinkley";
  static constexpr std::string_view doc = "Sum of deviations from the running mean";
  static constexpr std::string_view input = "number";

  struct Parameters {
    std::uint64_t min_count = 30;
    double delta = 0.005;
    double lambda = 50.0;
    double alpha = 0.9999;
    Side side = Side::both;
    double target_run_length = 0.0;
    double deviation = 1.0;

    template <class Self, class Visitor>
    static void visit(Self& p, Visitor&& v) {
      v("min_count", p.min_count, detail::at_least(1), "no alarm before this many values");
      v("delta", p.delta, detail::not_negative, "change of the mean that does not matter");
      v("lambda", p.lambda, detail::positive, "alarm above this; unused with a target run length");
      v("alpha", p.alpha, Limits{0.0, 1.0}, "weight that the sums keep at each value");
      v("side", p.side, Limits{0, 2}, "changes that count");
      v("target_run_length", p.target_run_length, detail::not_negative,
        "values between false alarms if the mean were known, which sets lambda (0: as given)");
      v("deviation", p.deviation, detail::positive,
        "standard deviation of the values, for the target run length");
    }
    [[nodiscard]] bool operator==(const Parameters&) const = default;
  };

  PageHinkley() : PageHinkley(Parameters()) {}
  explicit PageHinkley(const Parameters& parameters);

  /// Takes a value; true if the mean has changed.
  bool update(double x) noexcept {
    if (!admit(detail::is_finite(x))) return false;
    if (drifted_) [[unlikely]]
      restart();
    n_ += 1.0;
    sum_ += x;
    const double deviation = x - sum_ / n_;
    rise_ = parameters_.alpha * rise_ + (deviation - parameters_.delta);
    fall_ = parameters_.alpha * fall_ + (deviation + parameters_.delta);
    lowest_ = rise_ < lowest_ ? rise_ : lowest_;
    highest_ = fall_ > highest_ ? fall_ : highest_;
    const bool over = (rise_ - lowest_ > up_) | (highest_ - fall_ > down_);
    return say(over && n_ >= static_cast<double>(parameters_.min_count));
  }
  void reset() { *this = PageHinkley(parameters_); }

  /// The alarm level in use: lambda, or what the target run length asks for.
  [[nodiscard]] double threshold() const noexcept { return threshold_; }
  /// The two statistics that are compared with it.
  [[nodiscard]] double rise() const noexcept { return n_ > 0.0 ? rise_ - lowest_ : 0.0; }
  [[nodiscard]] double fall() const noexcept { return n_ > 0.0 ? highest_ - fall_ : 0.0; }

  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static PageHinkley read(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool consistent() const noexcept { return n_ >= 0.0; }
  [[nodiscard]] bool operator==(const PageHinkley&) const = default;

  template <class Self, class Visitor>
  static void visit_state(Self& self, Visitor&& visit) {
    visit_signal(self, visit);
    visit(self.n_);
    visit(self.sum_);
    visit(self.rise_);
    visit(self.fall_);
    visit(self.lowest_);
    visit(self.highest_);
  }

 private:
  void restart() noexcept;

  Parameters parameters_;
  double threshold_ = 0.0;
  double up_ = 0.0;  // thresholds of the two sides; infinite where a side does not count
  double down_ = 0.0;
  double n_ = 0.0;  // a double, so that no conversion stands in the loop
  double sum_ = 0.0;
  double rise_ = 0.0;
  double fall_ = 0.0;
  double lowest_ = 1e300;
  double highest_ = -1e300;
};

}  // namespace zeroskew
