#pragma once
/// Is the mean of bounded values still what it was? A test that may be looked at after every value.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/detail/math.hpp"
#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// Waudby-Smith & Ramdas, "Estimating means of bounded random variables by betting", JRSS-B 2024:
/// the capital of a gambler who bets against the mean (aGRAPA bets), and the empirical-Bernstein
/// confidence sequence. If each value's mean given the past is `mean`, the probability of ever
/// alarming is at most alpha. An alarm stands until `reset`.
class SequentialMean : public Signal {
 public:
  static constexpr std::string_view name = "SequentialMean";
  static constexpr std::string_view doc = "Anytime-valid test of the mean of bounded values";
  static constexpr std::string_view input = "share";

  struct Parameters {
    double mean = 0.5;
    double lo = 0.0;
    double hi = 1.0;
    double alpha = 0.05;
    Side side = Side::both;

    template <class Self, class Visitor>
    static void visit(Self& p, Visitor&& v) {
      v("mean", p.mean, detail::any_real, "mean without change");
      v("lo", p.lo, detail::any_real, "smallest possible value");
      v("hi", p.hi, detail::any_real, "largest possible value");
      v("alpha", p.alpha, detail::share, "bound on the probability of ever raising a false alarm");
      v("side", p.side, Limits{0, 2}, "changes that count");
    }
    [[nodiscard]] bool operator==(const Parameters&) const = default;
  };

  SequentialMean() : SequentialMean(Parameters()) {}
  explicit SequentialMean(const Parameters& parameters);

  /// Takes a value in [lo, hi], anything else is ignored; true from the first alarm on.
  bool update(double x) noexcept;
  void reset() { *this = SequentialMean(parameters_); }

  /// The evidence now: an e-value at every stopping time.
  [[nodiscard]] double evalue() const noexcept { return detail::math::exp(log_evalue_); }
  [[nodiscard]] double log_evalue() const noexcept { return log_evalue_; }
  /// An anytime-valid p-value: one over the largest evidence so far.
  [[nodiscard]] double pvalue() const noexcept {
    return log_best_ > 0.0 ? detail::math::exp(-log_best_) : 1.0;
  }
  /// Bounds that contain the mean at all times with probability 1 - alpha, if it is constant.
  struct Interval {
    double lo = 0.0;
    double hi = 0.0;
  };
  [[nodiscard]] Interval interval() const noexcept;

  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static SequentialMean read(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool consistent() const;
  [[nodiscard]] bool operator==(const SequentialMean&) const = default;

  template <class Self, class Visitor>
  static void visit_state(Self& self, Visitor&& visit) {
    visit_signal(self, visit);
    visit(self.n_);
    visit(self.sum_);
    visit(self.squares_);
    visit(self.log_evalue_);
    visit(self.log_best_);
    visit(self.weights_);
    visit(self.weighted_);
    visit(self.noise_);
    visit(self.low_);
    visit(self.high_);
  }

 private:
  Parameters parameters_;
  double centre_ = 0.5;
  double log_alpha_ = 0.0;
  double n_ = 0.0;
  double sum_ = 0.0;
  double squares_ = 0.25;
  double log_evalue_ = 0.0;
  double log_best_ = 0.0;
  double weights_ = 0.0;
  double weighted_ = 0.0;
  double noise_ = 0.0;
  double low_ = 0.0;
  double high_ = 1.0;
};

}  // namespace zeroskew
