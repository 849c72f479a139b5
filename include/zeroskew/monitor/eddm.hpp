#pragma once
/// EDDM: has the distance between errors shrunk?

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// Baena-Garcia et al., "Early drift detection method", 2006: mean plus two deviations (with n - 1)
/// of the distances between errors, against its largest value. After an alarm the next value starts
/// afresh.
class EDDM : public Signal {
 public:
  static constexpr std::string_view name = "EDDM";
  static constexpr std::string_view doc = "Distance between errors against its largest value";
  static constexpr std::string_view input = "error";

  struct Parameters {
    double alpha = 0.95;
    double beta = 0.9;
    std::uint64_t min_count = 30;

    template <class Self, class Visitor>
    static void visit(Self& p, Visitor&& v) {
      v("alpha", p.alpha, Limits{0.0, 1.0, true}, "share of the largest value below which to warn");
      v("beta", p.beta, Limits{0.0, 1.0, true}, "share of the largest value below which to alarm");
      v("min_count", p.min_count, detail::at_least(1),
        "no verdict before more values and errors than this");
    }
    [[nodiscard]] bool operator==(const Parameters&) const = default;
  };

  EDDM() : EDDM(Parameters()) {}
  explicit EDDM(const Parameters& parameters);

  /// Takes 0 (right) or 1 (wrong), anything else is ignored; true if errors have come closer
  /// together.
  bool update(double x) noexcept;
  void reset() { *this = EDDM(parameters_); }

  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static EDDM read(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool consistent() const noexcept;
  [[nodiscard]] bool operator==(const EDDM&) const = default;

  template <class Self, class Visitor>
  static void visit_state(Self& self, Visitor&& visit) {
    visit_signal(self, visit);
    visit(self.n_);
    visit(self.last_error_);
    visit(self.errors_);
    visit(self.mean_);
    visit(self.squares_);
    visit(self.largest_);
  }

 private:
  Parameters parameters_;
  double n_ = 0.0;
  double last_error_ = 0.0;
  double errors_ = 0.0;
  double mean_ = 0.0;
  double squares_ = 0.0;
  double largest_ = -1.0;
};

}  // namespace zeroskew
