#pragma once
// A sum that keeps what rounding drops (Neumaier 1974). Fed in a fixed order, as from sorted
// values, its result is a function of the multiset.

#include <cmath>

namespace zeroskew::detail {

class Sum {
 public:
  void add(double value) noexcept {
    const double next = sum_ + value;
    rest_ += std::fabs(sum_) >= std::fabs(value) ? (sum_ - next) + value : (value - next) + sum_;
    sum_ = next;
  }
  [[nodiscard]] double value() const noexcept { return sum_ + rest_; }

 private:
  double sum_ = 0.0;
  double rest_ = 0.0;
};

}  // namespace zeroskew::detail
