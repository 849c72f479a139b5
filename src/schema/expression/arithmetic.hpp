#pragma once
// Integers that saturate, units of time, and comparisons.

#include <cstdint>
#include <functional>
#include <limits>

#include "schema/expression/node.hpp"
#include "zeroskew/detail/wide.hpp"

namespace zeroskew::detail::arithmetic {

inline constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
inline constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

inline std::int64_t plus(std::int64_t a, std::int64_t b) noexcept {
  if (b > 0 && a > kMost - b) return kMost;
  if (b < 0 && a < kLeast - b) return kLeast;
  return a + b;
}
inline std::int64_t negative(std::int64_t a) noexcept {
  return a == kLeast ? kMost : -a;
}
inline std::int64_t less_by(std::int64_t a, std::int64_t b) noexcept {
  if (b < 0 && a > kMost + b) return kMost;
  if (b > 0 && a < kLeast + b) return kLeast;
  return a - b;
}
inline std::int64_t times(std::int64_t a, std::int64_t b) noexcept {
  const auto magnitude = [](std::int64_t v) {
    return v < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(v) : static_cast<std::uint64_t>(v);
  };
  const bool below = (a < 0) != (b < 0);
  const Wide product = multiply_wide(magnitude(a), magnitude(b));
  const std::uint64_t limit = static_cast<std::uint64_t>(kMost) + (below ? 1 : 0);
  if (product.hi != 0 || product.lo > limit) return below ? kLeast : kMost;
  return static_cast<std::int64_t>(below ? std::uint64_t{0} - product.lo : product.lo);
}
inline std::int64_t whole(double value) noexcept {
  if (value >= 0x1p63) return kMost;
  if (value < -0x1p63) return kLeast;
  return static_cast<std::int64_t>(value);
}

// Nanoseconds of a unit.
inline std::int64_t length_of(TimeUnit unit) noexcept {
  switch (unit) {
    case TimeUnit::day:
      return 86'400'000'000'000;
    case TimeUnit::second:
      return 1'000'000'000;
    case TimeUnit::millisecond:
      return 1'000'000;
    case TimeUnit::microsecond:
      return 1'000;
    case TimeUnit::nanosecond:
    case TimeUnit::none:
      break;
  }
  return 1;
}

// -1, 0, 1, or 2 where there is no order (NaN). Exact, also beyond 2^53.
inline int order_of(std::int64_t a, double b) noexcept {
  if (!(b == b)) return 2;
  if (b >= 0x1p63) return -1;
  if (b < -0x1p63) return 1;
  const auto floor = static_cast<std::int64_t>(b);  // toward zero
  if (a != floor) return a < floor ? -1 : 1;
  const double rest = b - static_cast<double>(floor);
  return rest > 0.0 ? -1 : rest < 0.0 ? 1 : 0;
}

template <class F>
void with_comparison(Op op, F f) {
  switch (op) {
    case Op::equal:
      return f(std::equal_to<>());
    case Op::unequal:
      return f(std::not_equal_to<>());
    case Op::less:
      return f(std::less<>());
    case Op::at_most:
      return f(std::less_equal<>());
    case Op::greater:
      return f(std::greater<>());
    default:
      return f(std::greater_equal<>());
  }
}

inline bool holds(Op op, int order) noexcept {
  switch (op) {
    case Op::equal:
      return order == 0;
    case Op::unequal:
      return order != 0;
    case Op::less:
      return order == -1;
    case Op::at_most:
      return order == -1 || order == 0;
    case Op::greater:
      return order == 1;
    default:
      return order == 0 || order == 1;
  }
}

}  // namespace zeroskew::detail::arithmetic
