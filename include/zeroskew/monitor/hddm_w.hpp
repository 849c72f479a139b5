#pragma once
/// HDDM-W: McDiarmid's bound on the difference between two weighted means of one stream.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// Frias-Blanco et al., TKDE 27, 2015 (W-test), as the authors' implementation in MOA has it. Takes
/// values in [0, 1]. After an alarm the next value starts afresh.
class HDDM_W : public Signal {
 public:
  static constexpr std::string_view name = "HDDM_W";
  static constexpr std::string_view doc =
      "McDiarmid's bound on the weighted mean of bounded values";
  static constexpr std::string_view input = "share";

  struct Parameters {
    double drift_confidence = 0.001;
    double warning_confidence = 0.005;
    double lambda = 0.05;
    Side side = Side::up;

    template <class Self, class Visitor>
    static void visit(Self& p, Visitor&& v) {
      v("drift_confidence", p.drift_confidence, detail::share, "probability bound for an alarm");
      v("warning_confidence", p.warning_confidence, detail::share,
        "probability bound for a warning");
      v("lambda", p.lambda, Limits{1e-6, 1.0}, "weight of the newest value");
      v("side", p.side, Limits{0, 2}, "changes that count");
    }
    [[nodiscard]] bool operator==(const Parameters&) const = default;
  };

  HDDM_W() : HDDM_W(Parameters()) {}
  explicit HDDM_W(const Parameters& parameters);

  /// Takes a value in [0, 1], anything else is ignored; true if the mean has changed.
  bool update(double x) noexcept;
  void reset() { *this = HDDM_W(parameters_); }

  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static HDDM_W read(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool consistent() const noexcept;
  [[nodiscard]] bool operator==(const HDDM_W&) const = default;

  template <class Self, class Visitor>
  static void visit_state(Self& self, Visitor&& visit) {
    visit_signal(self, visit);
    visit(self.all_);
    visit(self.rise_);
    visit(self.fall_);
  }

 private:
  // A weighted mean and the sum of its squared weights.
  struct Weighted {
    bool any = false;
    double mean = 0.0;
    double squares = 1.0;

    void take(double x, double lambda) noexcept {
      mean = any ? lambda * x + (1.0 - lambda) * mean : x;
      squares = lambda * lambda + (1.0 - lambda) * (1.0 - lambda) * squares;
      any = true;
    }
    template <class Self, class Visitor>
    static void visit(Self& self, Visitor&& v) {
      v(self.any);
      v(self.mean);
      v(self.squares);
    }
    [[nodiscard]] bool operator==(const Weighted&) const = default;
  };
  // Before and after the cut where the mean, bounded from the change's side, was most extreme.
  struct Cut {
    Weighted before;
    Weighted after;
    double extreme = 1e300;

    template <class Self, class Visitor>
    static void visit(Self& self, Visitor&& v) {
      v(self.before);
      v(self.after);
      v(self.extreme);
    }
    [[nodiscard]] bool operator==(const Cut&) const = default;
  };
  void move(Cut& cut, double sign, double x) noexcept;
  [[nodiscard]] static bool differ(const Cut& cut, double sign, double log_confidence) noexcept;

  Parameters parameters_;
  double log_drift_ = 0.0;
  double log_warning_ = 0.0;
  Weighted all_;
  Cut rise_;
  Cut fall_;
};

}  // namespace zeroskew
