#pragma once
/// EWMA chart: an exponentially weighted mean of standardised values against fixed limits.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "zeroskew/monitor/baseline.hpp"
#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// S. W. Roberts, "Control chart tests based on geometric moving averages", Technometrics 1, 1959;
/// limits at `limit` asymptotic standard deviations (Lucas & Saccucci, Technometrics 32, 1990).
/// After an alarm the next value starts afresh.
class Ewma : public Signal {
 public:
  static constexpr std::string_view name = "Ewma";
  static constexpr std::string_view doc = "Weighted mean of standardised values against limits";
  static constexpr std::string_view input = "number";

  struct Parameters {
    double lambda = 0.2;
    double limit = 3.0;
    std::uint64_t burn_in = 100;
    double mean = 0.0;
    double deviation = 1.0;
    Side side = Side::both;
    double target_run_length = 0.0;

    template <class Self, class Visitor>
    static void visit(Self& p, Visitor&& v) {
      v("lambda", p.lambda, Limits{0.01, 1.0}, "weight of the newest value");
      v("limit", p.limit, detail::positive, "alarm beyond; unused with a target run length");
      v("burn_in", p.burn_in, detail::at_least(0), "values to learn mean and deviation from");
      v("mean", p.mean, detail::any_real, "mean without change, if there is no burn-in");
      v("deviation", p.deviation, detail::positive, "its standard deviation, likewise");
      v("side", p.side, Limits{0, 2}, "changes that count");
      v("target_run_length", p.target_run_length, detail::not_negative,
        "values between false alarms, which then sets the limit (0: as given)");
    }
    [[nodiscard]] bool operator==(const Parameters&) const = default;
  };

  Ewma() : Ewma(Parameters()) {}
  explicit Ewma(const Parameters& parameters);

  /// Takes a value; true if the mean has changed.
  bool update(double x) noexcept {
    if (!admit(detail::is_finite(x))) return false;
    if (drifted_) [[unlikely]]
      restart();
    if (!baseline_.ready()) {
      baseline_.learn(x);
      return say(false);
    }
    average_ += parameters_.lambda * (baseline_.standardised(x) - average_);
    return say((average_ > bound_ && parameters_.side != Side::down) ||
               (-average_ > bound_ && parameters_.side != Side::up));
  }
  void reset() { *this = Ewma(parameters_); }

  /// The weighted mean, and the bound for its magnitude, in standard deviations of a value.
  [[nodiscard]] double average() const noexcept { return average_; }
  [[nodiscard]] double threshold() const noexcept { return bound_; }

  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static Ewma read(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool consistent() const noexcept { return detail::is_finite(average_); }
  [[nodiscard]] bool operator==(const Ewma&) const = default;

  template <class Self, class Visitor>
  static void visit_state(Self& self, Visitor&& visit) {
    visit_signal(self, visit);
    visit(self.baseline_);
    visit(self.average_);
  }

 private:
  void restart() noexcept;

  Parameters parameters_;
  double bound_ = 0.0;
  detail::Baseline baseline_;
  double average_ = 0.0;
};

}  // namespace zeroskew
