#pragma once
/// Geometric moving average of deviations from the running mean.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// S. W. Roberts, Technometrics 1, 1959, in the form that needs no burn-in: deviations are taken
/// from the mean of all values since the last alarm, and the threshold is in the unit of the
/// values.
class Gma : public Signal {
 public:
  static constexpr std::string_view name = "Gma";
  static constexpr std::string_view doc = "Moving average of deviations from the running mean";
  static constexpr std::string_view input = "number";

  struct Parameters {
    double alpha = 0.99;
    double lambda = 1.0;
    std::uint64_t min_count = 30;
    Side side = Side::both;

    template <class Self, class Visitor>
    static void visit(Self& p, Visitor&& v) {
      v("alpha", p.alpha, detail::share, "weight that the average keeps at each value");
      v("lambda", p.lambda, detail::positive, "alarm beyond this");
      v("min_count", p.min_count, detail::at_least(1), "no alarm before this many values");
      v("side", p.side, Limits{0, 2}, "changes that count");
    }
    [[nodiscard]] bool operator==(const Parameters&) const = default;
  };

  Gma() : Gma(Parameters()) {}
  explicit Gma(const Parameters& parameters);

  /// Takes a value; true if the mean has changed.
  bool update(double x) noexcept {
    if (!admit(detail::is_finite(x))) return false;
    if (drifted_) [[unlikely]]
      n_ = mean_ = average_ = 0.0;
    n_ += 1.0;
    mean_ += (x - mean_) / n_;
    average_ = parameters_.alpha * average_ + (1.0 - parameters_.alpha) * (x - mean_);
    const bool over = (average_ > parameters_.lambda && parameters_.side != Side::down) ||
                      (-average_ > parameters_.lambda && parameters_.side != Side::up);
    return say(over && n_ >= static_cast<double>(parameters_.min_count));
  }
  void reset() { *this = Gma(parameters_); }

  [[nodiscard]] double average() const noexcept { return average_; }

  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static Gma read(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool consistent() const noexcept { return n_ >= 0.0; }
  [[nodiscard]] bool operator==(const Gma&) const = default;

  template <class Self, class Visitor>
  static void visit_state(Self& self, Visitor&& visit) {
    visit_signal(self, visit);
    visit(self.n_);
    visit(self.mean_);
    visit(self.average_);
  }

 private:
  Parameters parameters_;
  double n_ = 0.0;
  double mean_ = 0.0;
  double average_ = 0.0;
};

}  // namespace zeroskew
