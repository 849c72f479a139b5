#pragma once
/// The mean and deviation that control charts standardise with: given, or learnt from a burn-in.

#include <cmath>
#include <cstdint>

namespace zeroskew::detail {

/// Learns from the first `burn_in` values, and from further ones as long as all were equal.
class Baseline {
 public:
  Baseline() = default;
  Baseline(std::uint64_t burn_in, double mean, double deviation) noexcept
      : left_(burn_in), mean_(burn_in == 0 ? mean : 0.0), deviation_(deviation) {}

  [[nodiscard]] bool ready() const noexcept { return left_ == 0; }
  void learn(double x) noexcept {
    n_ += 1.0;
    const double gap = x - mean_;
    mean_ += gap / n_;
    squares_ += gap * (x - mean_);
    if (left_ > 1)
      --left_;
    else if (squares_ > 0.0) {
      left_ = 0;
      deviation_ = std::sqrt(squares_ / (n_ - 1.0));
    }
  }
  [[nodiscard]] double standardised(double x) const noexcept { return (x - mean_) / deviation_; }
  [[nodiscard]] double mean() const noexcept { return mean_; }
  [[nodiscard]] double deviation() const noexcept { return deviation_; }

  template <class Self, class Visitor>
  static void visit(Self& self, Visitor&& v) {
    v(self.left_);
    v(self.n_);
    v(self.mean_);
    v(self.squares_);
    v(self.deviation_);
  }
  [[nodiscard]] bool operator==(const Baseline&) const = default;

 private:
  std::uint64_t left_ = 0;
  double n_ = 0.0;
  double mean_ = 0.0;
  double squares_ = 0.0;
  double deviation_ = 1.0;
};

}  // namespace zeroskew::detail
