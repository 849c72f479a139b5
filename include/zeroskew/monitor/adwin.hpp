#pragma once
/// ADWIN: a window that shrinks when the means of its older and its newer part differ.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// Bifet & Gavalda, "Learning from time-changing data with adaptive windowing", SDM 2007, with the
/// exponential histogram and the normal-approximation cut of their implementation in MOA: every cut
/// between two buckets is tried, those among the newest buckets too. Only the drifted, older part
/// is dropped; the rest of the window stays.
class ADWIN : public Signal {
 public:
  static constexpr std::string_view name = "ADWIN";
  static constexpr std::string_view doc = "Adaptive window on the mean";
  static constexpr std::string_view input = "number";

  struct Parameters {
    double delta = 0.002;
    std::uint64_t clock = 32;
    std::uint64_t max_buckets = 5;
    std::uint64_t min_window = 5;
    std::uint64_t grace = 10;

    template <class Self, class Visitor>
    static void visit(Self& p, Visitor&& v) {
      v("delta", p.delta, detail::share, "bound on false alarms per check; smaller alarms less");
      v("clock", p.clock, Limits{1, 1e9}, "values between two checks");
      v("max_buckets", p.max_buckets, Limits{1, 1000}, "buckets of each size that are kept");
      v("min_window", p.min_window, Limits{1, 1e9}, "fewest values on each side of a cut");
      v("grace", p.grace, detail::at_least(0), "no check before the window holds more than this");
    }
    [[nodiscard]] bool operator==(const Parameters&) const = default;
  };

  ADWIN() : ADWIN(Parameters()) {}
  explicit ADWIN(const Parameters& parameters);

  /// Takes a value; true if the window was cut.
  bool update(double x);
  void reset() { *this = ADWIN(parameters_); }

  /// The current window: number of values, mean, population variance.
  [[nodiscard]] std::uint64_t width() const noexcept { return width_; }
  [[nodiscard]] double mean() const noexcept;
  [[nodiscard]] double variance() const noexcept;

  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static ADWIN read(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool consistent() const noexcept;
  [[nodiscard]] bool operator==(const ADWIN&) const = default;

  template <class Self, class Visitor>
  static void visit_state(Self& self, Visitor&& visit) {
    visit_signal(self, visit);
    visit(self.bucket_);
    visit(self.filled_);
    visit(self.width_);
    visit(self.tick_);
    visit(self.total_);
    visit(self.spread_);
  }

 private:
  // 2^row values: their sum, and their squared deviations from their mean.
  struct Bucket {
    double total = 0.0;
    double spread = 0.0;

    template <class Self, class Visitor>
    static void visit(Self& self, Visitor&& v) {
      v(self.total);
      v(self.spread);
    }
    [[nodiscard]] bool operator==(const Bucket&) const = default;
  };

  [[nodiscard]] std::size_t row_size() const noexcept {
    return static_cast<std::size_t>(parameters_.max_buckets) + 1;
  }
  void append(std::size_t row, Bucket bucket);
  void drop_front(std::size_t row, std::size_t n) noexcept;
  void compress();
  void drop_oldest() noexcept;
  [[nodiscard]] bool find_cut() const noexcept;

  Parameters parameters_;
  std::vector<Bucket> bucket_;         // rows of max_buckets + 1, the oldest of a row first
  std::vector<std::uint64_t> filled_;  // buckets in use, a row each
  std::uint64_t width_ = 0;
  std::uint64_t tick_ = 0;
  double total_ = 0.0;
  double spread_ = 0.0;
};

}  // namespace zeroskew
