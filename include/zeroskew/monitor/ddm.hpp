#pragma once
/// DDM: has the error rate left its lowest value by some deviations?

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// Gama, Medas, Castillo & Rodrigues, "Learning with drift detection", SBIA 2004. After an alarm
/// the next value starts afresh.
class DDM : public Signal {
 public:
  static constexpr std::string_view name = "DDM";
  static constexpr std::string_view doc = "Error rate against its lowest value";
  static constexpr std::string_view input = "error";

  struct Parameters {
    double warning_level = 2.0;
    double drift_level = 3.0;
    std::uint64_t min_count = 30;

    template <class Self, class Visitor>
    static void visit(Self& p, Visitor&& v) {
      v("warning_level", p.warning_level, detail::positive,
        "deviations above the lowest rate that warn");
      v("drift_level", p.drift_level, detail::positive,
        "deviations above the lowest rate that alarm");
      v("min_count", p.min_count, detail::at_least(1), "no verdict before this many values");
    }
    [[nodiscard]] bool operator==(const Parameters&) const = default;
  };

  DDM() : DDM(Parameters()) {}
  explicit DDM(const Parameters& parameters);

  /// Takes 0 (right) or 1 (wrong), anything else is ignored; true if the error rate has risen.
  bool update(double x) noexcept;
  void reset() { *this = DDM(parameters_); }

  /// The share of errors since the last alarm.
  [[nodiscard]] double rate() const noexcept { return rate_; }

  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static DDM read(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool consistent() const noexcept;
  [[nodiscard]] bool operator==(const DDM&) const = default;

  template <class Self, class Visitor>
  static void visit_state(Self& self, Visitor&& visit) {
    visit_signal(self, visit);
    visit(self.n_);
    visit(self.rate_);
    visit(self.lowest_rate_);
    visit(self.lowest_deviation_);
  }

 private:
  Parameters parameters_;
  double n_ = 0.0;
  double rate_ = 0.0;
  double lowest_rate_ = 1e300;
  double lowest_deviation_ = 1e300;
};

}  // namespace zeroskew
