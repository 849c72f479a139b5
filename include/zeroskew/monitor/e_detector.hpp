#pragma once
/// Finds changes of the mean of bounded values, with a guaranteed run length between false alarms.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// Shin, Ramdas & Rinaldo, "E-detectors", NEJSDS 2024: a Shiryaev-Roberts sum of betting
/// e-processes, one begun at each value, for bets of several sizes on either side. As long as each
/// value's mean given the past is `mean`, a false alarm takes at least `target_run_length` values
/// on average: a theorem, for any distribution within the bounds. After an alarm the next value
/// starts afresh.
class EDetector : public Signal {
 public:
  static constexpr std::string_view name = "EDetector";
  static constexpr std::string_view doc =
      "Change of the mean of bounded values, with a guaranteed run length";
  static constexpr std::string_view input = "share";

  struct Parameters {
    double mean = 0.5;
    double lo = 0.0;
    double hi = 1.0;
    double target_run_length = 10000.0;
    Side side = Side::both;

    template <class Self, class Visitor>
    static void visit(Self& p, Visitor&& v) {
      v("mean", p.mean, detail::any_real, "mean without change");
      v("lo", p.lo, detail::any_real, "smallest possible value");
      v("hi", p.hi, detail::any_real, "largest possible value");
      v("target_run_length", p.target_run_length, Limits{1.0, 1e15},
        "values between false alarms, at least, on average");
      v("side", p.side, Limits{0, 2}, "changes that count");
    }
    [[nodiscard]] bool operator==(const Parameters&) const = default;
  };

  EDetector() : EDetector(Parameters()) {}
  explicit EDetector(const Parameters& parameters);

  /// Takes a value in [lo, hi], anything else is ignored; true if the mean has changed.
  bool update(double x) noexcept;
  void reset() { *this = EDetector(parameters_); }

  /// The evidence that is compared with the target run length.
  [[nodiscard]] double evidence() const noexcept { return evidence_; }

  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static EDetector read(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool consistent() const;
  [[nodiscard]] bool operator==(const EDetector&) const = default;

  template <class Self, class Visitor>
  static void visit_state(Self& self, Visitor&& visit) {
    visit_signal(self, visit);
    visit(self.evidence_);
    visit(self.up_);
    visit(self.down_);
  }

 private:
  // Bets of 1/2, 1/4, ... of the largest that cannot ruin, per side.
  static constexpr std::size_t bets = 8;

  Parameters parameters_;
  double centre_ = 0.5;
  double evidence_ = 0.0;
  std::vector<double> up_;
  std::vector<double> down_;
};

}  // namespace zeroskew
