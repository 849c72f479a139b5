#pragma once
/// CUSUM: sums of standardised deviations beyond an allowance, up and down.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "zeroskew/monitor/baseline.hpp"
#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// E. S. Page, Biometrika 41, 1954. The defaults k = 0.5, h = 5 run 465 values between false alarms
/// on average if mean and deviation are known; a short burn-in makes that vary. After an alarm the
/// next value starts afresh (and learns anew, if there is a burn-in).
class Cusum : public Signal {
 public:
  static constexpr std::string_view name = "Cusum";
  static constexpr std::string_view doc = "Sums of standardised deviations beyond an allowance";
  static constexpr std::string_view input = "number";

  struct Parameters {
    double k = 0.5;
    double h = 5.0;
    std::uint64_t burn_in = 100;
    double mean = 0.0;
    double deviation = 1.0;
    Side side = Side::both;
    double target_run_length = 0.0;

    template <class Self, class Visitor>
    static void visit(Self& p, Visitor&& v) {
      v("k", p.k, detail::not_negative,
        "allowance, in standard deviations: half the shift to find");
      v("h", p.h, detail::positive, "alarm above this; unused with a target run length");
      v("burn_in", p.burn_in, detail::at_least(0), "values to learn mean and deviation from");
      v("mean", p.mean, detail::any_real, "mean without change, if there is no burn-in");
      v("deviation", p.deviation, detail::positive, "its standard deviation, likewise");
      v("side", p.side, Limits{0, 2}, "changes that count");
      v("target_run_length", p.target_run_length, detail::not_negative,
        "values between false alarms, which then sets h (0: h as given)");
    }
    [[nodiscard]] bool operator==(const Parameters&) const = default;
  };

  Cusum() : Cusum(Parameters()) {}
  explicit Cusum(const Parameters& parameters);

  /// Takes a value; true if the mean has changed.
  bool update(double x) noexcept {
    if (!admit(detail::is_finite(x))) return false;
    if (drifted_) [[unlikely]]
      restart();
    if (!baseline_.ready()) {
      baseline_.learn(x);
      return say(false);
    }
    const double z = baseline_.standardised(x);
    const double up = rise_ + (z - parameters_.k);
    const double down = fall_ - (z + parameters_.k);
    rise_ = up > 0.0 ? up : 0.0;
    fall_ = down > 0.0 ? down : 0.0;
    return say((rise_ > threshold_ && parameters_.side != Side::down) ||
               (fall_ > threshold_ && parameters_.side != Side::up));
  }
  void reset() { *this = Cusum(parameters_); }

  [[nodiscard]] double threshold() const noexcept { return threshold_; }
  [[nodiscard]] double rise() const noexcept { return rise_; }
  [[nodiscard]] double fall() const noexcept { return fall_; }

  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static Cusum read(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool consistent() const noexcept { return rise_ >= 0.0 && fall_ >= 0.0; }
  [[nodiscard]] bool operator==(const Cusum&) const = default;

  template <class Self, class Visitor>
  static void visit_state(Self& self, Visitor&& visit) {
    visit_signal(self, visit);
    visit(self.baseline_);
    visit(self.rise_);
    visit(self.fall_);
  }

 private:
  void restart() noexcept;

  Parameters parameters_;
  double threshold_ = 0.0;
  detail::Baseline baseline_;
  double rise_ = 0.0;
  double fall_ = 0.0;
};

}  // namespace zeroskew
