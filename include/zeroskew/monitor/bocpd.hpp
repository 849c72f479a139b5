#pragma once
/// Bayesian online change-point detection for a normal mean.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// Adams & MacKay, "Bayesian online changepoint detection", 2007: normal values of known variance,
/// a normal prior for the mean, a constant hazard. An alarm says that the most probable run length
/// fell below the length of the run believed in until then. Of more than `cap` runs the least
/// probable is forgotten.
class BOCPD : public Signal {
 public:
  static constexpr std::string_view name = "BOCPD";
  static constexpr std::string_view doc =
      "Posterior of the time since the last change of a normal mean";
  static constexpr std::string_view input = "number";

  struct Parameters {
    double hazard = 0.01;
    double prior_mean = 0.0;
    double prior_variance = 1.0;
    double variance = 1.0;
    std::uint64_t min_count = 30;
    std::uint64_t cap = 300;

    template <class Self, class Visitor>
    static void visit(Self& p, Visitor&& v) {
      v("hazard", p.hazard, detail::share, "probability of a change at each value");
      v("prior_mean", p.prior_mean, detail::any_real, "mean of the prior for the mean");
      v("prior_variance", p.prior_variance, detail::positive, "its variance");
      v("variance", p.variance, detail::positive, "variance of the values around their mean");
      v("min_count", p.min_count, detail::at_least(1),
        "no alarm before this many values since the start or the last one");
      v("cap", p.cap, Limits{2, 1e6}, "run lengths that are kept");
    }
    [[nodiscard]] bool operator==(const Parameters&) const = default;
  };

  BOCPD() : BOCPD(Parameters()) {}
  explicit BOCPD(const Parameters& parameters);

  /// Takes a value; true if a change is now more probable than none.
  bool update(double x);
  void reset() { *this = BOCPD(parameters_); }

  /// The most probable number of values since the last change.
  [[nodiscard]] std::uint64_t run_length() const noexcept { return likeliest_; }
  /// The probability that the last change was `length` values ago.
  [[nodiscard]] double probability(std::uint64_t length) const noexcept;

  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static BOCPD read(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool consistent() const noexcept;
  [[nodiscard]] bool operator==(const BOCPD&) const = default;

  template <class Self, class Visitor>
  static void visit_state(Self& self, Visitor&& visit) {
    visit_signal(self, visit);
    visit(self.runs_);
    visit(self.likeliest_);
    visit(self.believed_);
    visit(self.since_);
  }

 private:
  // A hypothesis: the run's length, the posterior mean and precision of its mean, its probability.
  struct Run {
    std::uint64_t length = 0;
    double mean = 0.0;
    double precision = 1.0;
    double probability = 0.0;

    template <class Self, class Visitor>
    static void visit(Self& self, Visitor&& v) {
      v(self.length);
      v(self.mean);
      v(self.precision);
      v(self.probability);
    }
    [[nodiscard]] bool operator==(const Run&) const = default;
  };
  void grow(double x);
  void forget();

  Parameters parameters_;
  std::vector<Run> runs_;  // the shortest first
  std::uint64_t likeliest_ = 0;
  std::uint64_t believed_ = 0;
  std::uint64_t since_ = 0;
};

}  // namespace zeroskew
