#pragma once
/// HDDM-A: Hoeffding's bound on the difference between two means of one stream.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// Frias-Blanco et al., "Online and non-parametric drift detection methods based on Hoeffding's
/// bounds", TKDE 27, 2015 (A-test), with the factor 2 / confidence of the authors' implementation
/// in MOA. Takes values in [0, 1]. After an alarm the next value starts afresh.
class HDDM_A : public Signal {
 public:
  static constexpr std::string_view name = "HDDM_A";
  static constexpr std::string_view doc = "Hoeffding's bound on the mean of bounded values";
  static constexpr std::string_view input = "share";

  struct Parameters {
    double drift_confidence = 0.001;
    double warning_confidence = 0.005;
    Side side = Side::up;

    template <class Self, class Visitor>
    static void visit(Self& p, Visitor&& v) {
      v("drift_confidence", p.drift_confidence, detail::share, "probability bound for an alarm");
      v("warning_confidence", p.warning_confidence, detail::share,
        "probability bound for a warning");
      v("side", p.side, Limits{0, 2}, "changes that count");
    }
    [[nodiscard]] bool operator==(const Parameters&) const = default;
  };

  HDDM_A() : HDDM_A(Parameters()) {}
  explicit HDDM_A(const Parameters& parameters);

  /// Takes a value in [0, 1], anything else is ignored; true if the mean has changed.
  bool update(double x) noexcept;
  void reset() { *this = HDDM_A(parameters_); }

  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static HDDM_A read(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool consistent() const noexcept;
  [[nodiscard]] bool operator==(const HDDM_A&) const = default;

  template <class Self, class Visitor>
  static void visit_state(Self& self, Visitor&& visit) {
    visit_signal(self, visit);
    visit(self.all_);
    visit(self.lowest_);
    visit(self.highest_);
  }

 private:
  // A prefix of the stream: its length and its mean.
  struct Prefix {
    double n = 0.0;
    double mean = 0.0;

    template <class Self, class Visitor>
    static void visit(Self& self, Visitor&& v) {
      v(self.n);
      v(self.mean);
    }
    [[nodiscard]] bool operator==(const Prefix&) const = default;
  };
  [[nodiscard]] bool differ(double gap, const Prefix& cut, double log_confidence) const noexcept;

  Parameters parameters_;
  double log_drift_ = 0.0;
  double log_warning_ = 0.0;
  double log_cut_ = 0.0;
  Prefix all_;
  Prefix lowest_;
  Prefix highest_;
};

}  // namespace zeroskew
