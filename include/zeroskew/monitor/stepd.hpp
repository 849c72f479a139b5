#pragma once
/// STEPD: a test of equal proportions between the newest values and all before.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// Nishida & Yamauchi, "Detecting concept drift using statistical testing", Discovery Science 2007:
/// the difference with continuity correction, either way, against the upper tail of the normal
/// distribution. After an alarm the next value starts afresh.
class STEPD : public Signal {
 public:
  static constexpr std::string_view name = "STEPD";
  static constexpr std::string_view doc = "Error rate of the newest values against all before";
  static constexpr std::string_view input = "error";

  struct Parameters {
    double alpha_drift = 0.003;
    double alpha_warning = 0.05;
    std::uint64_t window = 30;

    template <class Self, class Visitor>
    static void visit(Self& p, Visitor&& v) {
      v("alpha_drift", p.alpha_drift, detail::share, "level of an alarm, at each value");
      v("alpha_warning", p.alpha_warning, detail::share, "level of a warning, at each value");
      v("window", p.window, Limits{1, 1e7}, "newest values");
    }
    [[nodiscard]] bool operator==(const Parameters&) const = default;
  };

  STEPD() : STEPD(Parameters()) {}
  explicit STEPD(const Parameters& parameters);

  /// Takes 0 (right) or 1 (wrong), anything else is ignored; true if the error rate has changed.
  bool update(double x);
  void reset() { *this = STEPD(parameters_); }

  /// The normal deviate of the last test; 0 where there was none.
  [[nodiscard]] double statistic() const noexcept { return statistic_; }

  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static STEPD read(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool consistent() const noexcept;
  [[nodiscard]] bool operator==(const STEPD&) const = default;

  template <class Self, class Visitor>
  static void visit_state(Self& self, Visitor&& visit) {
    visit_signal(self, visit);
    visit(self.newest_);
    visit(self.next_);
    visit(self.recent_errors_);
    visit(self.older_);
    visit(self.older_errors_);
    visit(self.statistic_);
  }

 private:
  Parameters parameters_;
  double at_drift_ = 0.0;
  double at_warning_ = 0.0;
  std::vector<std::uint8_t> newest_;
  std::uint64_t next_ = 0;
  std::uint64_t recent_errors_ = 0;
  std::uint64_t older_ = 0;
  std::uint64_t older_errors_ = 0;
  double statistic_ = 0.0;
};

}  // namespace zeroskew
