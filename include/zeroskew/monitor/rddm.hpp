#pragma once
/// RDDM: DDM that forgets the old part of a long stable concept.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// Barros, Cabral, Goncalves & Santos, "RDDM: Reactive drift detection method", Expert Systems with
/// Applications 90, 2017. After an alarm it goes on from the values since the first warning.
class RDDM : public Signal {
 public:
  static constexpr std::string_view name = "RDDM";
  static constexpr std::string_view doc =
      "Error rate against its lowest value, forgetting old values";
  static constexpr std::string_view input = "error";

  struct Parameters {
    double warning_level = 1.773;
    double drift_level = 2.258;
    std::uint64_t min_count = 129;
    std::uint64_t max_concept = 40000;
    std::uint64_t min_concept = 7000;
    std::uint64_t warning_limit = 1400;

    template <class Self, class Visitor>
    static void visit(Self& p, Visitor&& v) {
      v("warning_level", p.warning_level, detail::positive,
        "deviations above the lowest rate that warn");
      v("drift_level", p.drift_level, detail::positive,
        "deviations above the lowest rate that alarm");
      v("min_count", p.min_count, detail::at_least(1), "no verdict before more values than this");
      v("max_concept", p.max_concept, detail::at_least(1),
        "values after which a stable concept is shortened");
      v("min_concept", p.min_concept, Limits{1, 1e8}, "values to which it is shortened");
      v("warning_limit", p.warning_limit, detail::at_least(1),
        "values of warning that make an alarm");
    }
    [[nodiscard]] bool operator==(const Parameters&) const = default;
  };

  RDDM() : RDDM(Parameters()) {}
  explicit RDDM(const Parameters& parameters);

  /// Takes 0 (right) or 1 (wrong), anything else is ignored; true if the error rate has risen.
  bool update(double x);
  void reset() { *this = RDDM(parameters_); }

  /// The share of errors in the current concept.
  [[nodiscard]] double rate() const noexcept { return rate_; }

  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static RDDM read(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool consistent() const noexcept;
  [[nodiscard]] bool operator==(const RDDM&) const = default;

  template <class Self, class Visitor>
  static void visit_state(Self& self, Visitor&& visit) {
    visit_signal(self, visit);
    visit(self.kept_);
    visit(self.first_);
    visit(self.begin_);
    visit(self.warned_);
    visit(self.n_);
    visit(self.rate_);
    visit(self.deviation_);
    visit(self.lowest_rate_);
    visit(self.lowest_deviation_);
  }

 private:
  void begin_concept();
  void count_error(double x) noexcept;
  void keep(std::uint8_t x);

  Parameters parameters_;
  std::vector<std::uint8_t> kept_;
  std::uint64_t first_ = 0;
  bool begin_ = false;
  std::uint64_t warned_ = 0;
  double n_ = 0.0;
  double rate_ = 0.0;
  double deviation_ = 0.0;
  double lowest_rate_ = 1e300;
  double lowest_deviation_ = 1e300;
};

}  // namespace zeroskew
