#pragma once
/// KSWIN: a Kolmogorov-Smirnov test between the newest values of a sliding window and the rest.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// Raab, Heusinger & Schleif, "Reactive soft prototype computing for concept drift streams",
/// Neurocomputing 2020. Where they compare the newest `recent` values with as many drawn at random
/// from the older ones, this compares them with all older ones: nothing is random, and the test
/// sees more. The alarm level is that of the asymptotic two-sample test at `alpha`, per value: it
/// is no bound for a whole stream. After an alarm the newest values stay as the new window.
class KSWIN : public Signal {
 public:
  static constexpr std::string_view name = "KSWIN";
  static constexpr std::string_view doc = "Kolmogorov-Smirnov test inside a sliding window";
  static constexpr std::string_view input = "number";

  struct Parameters {
    double alpha = 0.005;
    std::uint64_t window = 100;
    std::uint64_t recent = 30;

    template <class Self, class Visitor>
    static void visit(Self& p, Visitor&& v) {
      v("alpha", p.alpha, detail::share, "level of each test");
      v("window", p.window, Limits{2, 1e6}, "values in the sliding window");
      v("recent", p.recent, Limits{1, 1e6}, "newest values, compared with the others");
    }
    [[nodiscard]] bool operator==(const Parameters&) const = default;
  };

  KSWIN() : KSWIN(Parameters()) {}
  explicit KSWIN(const Parameters& parameters);

  /// Takes a value; true if the newest values are distributed otherwise than the older ones.
  bool update(double x);
  void reset() { *this = KSWIN(parameters_); }

  /// The largest distance between the two distribution functions at the last test.
  [[nodiscard]] double statistic() const noexcept { return statistic_; }
  [[nodiscard]] double threshold() const noexcept { return threshold_; }

  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static KSWIN read(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool consistent() const;
  [[nodiscard]] bool operator==(const KSWIN&) const = default;

  template <class Self, class Visitor>
  static void visit_state(Self& self, Visitor&& visit) {
    visit_signal(self, visit);
    visit(self.ring_);
    visit(self.next_);
    visit(self.older_);
    visit(self.newest_);
    visit(self.statistic_);
  }

 private:
  [[nodiscard]] double value(std::size_t age) const noexcept;
  [[nodiscard]] double distance() const noexcept;

  Parameters parameters_;
  double threshold_ = 0.0;
  std::vector<double> ring_;    // up to `window` values
  std::uint64_t next_ = 0;      // the place of the oldest value, once the ring is full
  std::vector<double> older_;   // sorted
  std::vector<double> newest_;  // sorted
  double statistic_ = 0.0;
};

}  // namespace zeroskew
