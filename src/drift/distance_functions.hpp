#pragma once
// Distribution functions of two sides, swept together from left to right. Within an interval cell
// the estimate rises evenly; the certified bounds put all its mass at one end or the other.

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "drift/sum.hpp"
#include "zeroskew/drift/distribution.hpp"

namespace zeroskew::detail {

struct Bounded {
  double value = 0.0;
  double lo = 0.0;
  double hi = 0.0;
};

// Empty if both are numbers with some mass.
[[nodiscard]] std::string why_not_numbers(const Distribution& a, const Distribution& b);

// sup |F - G|.
[[nodiscard]] Bounded function_gap(const Distribution& a, const Distribution& b);

// One side's distribution function, as mass.
class Climb {
 public:
  explicit Climb(const Distribution& side) : cells_(side.cells), done_(side.negative_infinity) {}

  [[nodiscard]] double next() const noexcept {
    if (i_ == cells_.size()) return std::numeric_limits<double>::infinity();
    return inside_ ? cells_[i_].hi : cells_[i_].lo;
  }
  // Estimated mass below x, for x up to next().
  [[nodiscard]] double at(double x) const noexcept {
    if (!inside_) return done_;
    const auto& cell = cells_[i_];
    return done_ + cell.mass * ((x - cell.lo) / (cell.hi - cell.lo));
  }
  [[nodiscard]] double lower() const noexcept { return done_; }
  [[nodiscard]] double upper() const noexcept { return inside_ ? done_ + cells_[i_].mass : done_; }
  void advance(double x) noexcept {
    while (i_ < cells_.size() && next() == x) {
      const auto& cell = cells_[i_];
      if (!inside_ && cell.lo < cell.hi) {
        inside_ = true;
        break;
      }
      done_ += cell.mass;
      inside_ = false;
      ++i_;
    }
  }

 private:
  const std::vector<Cell>& cells_;
  std::size_t i_ = 0;
  bool inside_ = false;
  double done_;
};

// What is known at a breakpoint x: shares of each side just below x and up to x, and bounds of the
// shares from x to the next breakpoint.
struct Step {
  double x = 0.0;
  double left_a = 0.0;
  double left_b = 0.0;
  double a = 0.0;
  double b = 0.0;
  double lo_a = 0.0;
  double hi_a = 0.0;
  double lo_b = 0.0;
  double hi_b = 0.0;
};

template <class Visit>
void sweep(const Distribution& a, const Distribution& b, Visit&& visit) {
  const double n = a.total();
  const double m = b.total();
  Climb first(a);
  Climb second(b);
  while (true) {
    Step step;
    step.x = std::min(first.next(), second.next());
    if (step.x == std::numeric_limits<double>::infinity()) return;
    step.left_a = first.at(step.x) / n;
    step.left_b = second.at(step.x) / m;
    first.advance(step.x);
    second.advance(step.x);
    step.a = first.at(step.x) / n;
    step.b = second.at(step.x) / m;
    step.lo_a = first.lower() / n;
    step.hi_a = first.upper() / n;
    step.lo_b = second.lower() / m;
    step.hi_b = second.upper() / m;
    visit(step);
  }
}

}  // namespace zeroskew::detail
