#include "zeroskew/stats/moments.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "zeroskew/kernel/numbers.hpp"

namespace zeroskew {
namespace {

using detail::BigUint;

// A fraction numerator / denominator * 2^exponent.
struct Ratio {
  BigUint numerator;
  BigUint denominator;
  std::int64_t exponent = 0;
};

// 10^(scale * power) moves to whichever side of the fraction keeps it whole.
Ratio scaled(Ratio ratio, int scale, int power) {
  const BigUint ten = detail::power_of_ten((scale < 0 ? -scale : scale) * power);
  (scale < 0 ? ratio.numerator : ratio.denominator) =
      (scale < 0 ? ratio.numerator : ratio.denominator) * ten;
  return ratio;
}

// n S2 and S1^2 in units of one power of two.
struct Pair {
  BigUint squares;
  BigUint square;
  std::int64_t exponent = 0;
};

Pair aligned(std::uint64_t count, const ExactSum& sum, const ExactSum& squares) {
  const ExactSum::Parts s1 = sum.parts();
  const ExactSum::Parts s2 = squares.parts();
  const std::int64_t exponent =
      s1.magnitude.is_zero() ? s2.exponent : std::min(s2.exponent, 2 * s1.exponent);
  const BigUint left = s2.magnitude * BigUint(count);
  const BigUint right = s1.magnitude * s1.magnitude;
  return {left.shifted_left(s2.exponent - exponent),
          right.is_zero() ? right : right.shifted_left(2 * s1.exponent - exponent), exponent};
}

// (n S2 - S1^2) / n^2; never negative (Cauchy-Schwarz).
Ratio variance_ratio(std::uint64_t count, const ExactSum& sum, const ExactSum& squares) {
  const Pair pair = aligned(count, sum, squares);
  return {pair.squares - pair.square, BigUint(count) * BigUint(count), pair.exponent};
}

}  // namespace

void Moments::add_magnitude(bool negative, std::uint64_t value, std::uint64_t count) noexcept {
  count_ += count;
  const auto wide = static_cast<detail::uint128>(value);
  sum_.add_bits(negative, wide * count, 0);
  squares_.add_times(false, wide * value, count, 0);
}

void Moments::add(const std::array<std::uint64_t, 4>& value) noexcept {
  const bool negative = (value[3] >> 63) != 0;
  std::array<std::uint64_t, 4> magnitude = value;
  std::uint64_t carry = 1;
  for (std::uint64_t& part : magnitude) {
    if (!negative) break;
    part = ~part + carry;
    carry = (carry != 0 && part == 0) ? 1 : 0;
  }
  ++count_;
  for (int i = 0; i < 4; ++i) {
    const auto digit = static_cast<detail::uint128>(magnitude[static_cast<std::size_t>(i)]);
    if (digit == 0) continue;
    sum_.add_bits(negative, digit, 64 * i);
    for (int j = 0; j < 4; ++j) {
      squares_.add_bits(false, digit * magnitude[static_cast<std::size_t>(j)], 64 * (i + j));
    }
  }
}

void Moments::add_block(std::span<const double> values, double largest) noexcept {
  int exponent = 0;
  std::frexp(largest, &exponent);
  kernel::BlockSums sums;
  if (exponent >= -400 && exponent <= 500 && largest != 0.0) {
    kernel::block_sums(values, exponent, sums);
  }
  if (!sums.complete) {
    // Too wide a range of magnitudes for one grid: value by value.
    if (largest == 0.0) {
      count_ += values.size();
      return;
    }
    for (const double value : values) add(value);
    return;
  }
  count_ += values.size();
  const auto put = [](ExactSum& to, std::int64_t sum, int power) {
    const auto bits = static_cast<std::uint64_t>(sum);
    if (sum != 0) to.add_bits(sum < 0, sum < 0 ? 0 - bits : bits, power);
  };
  for (int k = 0; k < 4; ++k) put(sum_, sums.first[k], exponent - kernel::BlockSums::grid[k]);
  for (int k = 0; k < 7; ++k) {
    put(squares_, sums.square[k], 2 * exponent - kernel::BlockSums::square_grid[k]);
  }
}

// Each value is upper * 2^32 + lower with 0 <= lower < 2^32, so that sums of products of 32-bit
// halves are all there is to add.
template <class Integer>
void Moments::add_halves(std::span<const Integer> values) noexcept {
  std::int64_t uppers = 0;
  std::int64_t lowers = 0;
  detail::uint128 upper_squares = 0;
  detail::uint128 lower_squares = 0;
  detail::int128 products = 0;
  for (const Integer value : values) {
    const auto upper = static_cast<std::int64_t>(value >> 32);
    const auto lower = static_cast<std::int64_t>(static_cast<std::uint32_t>(value));
    uppers += upper;
    lowers += lower;
    const auto high = static_cast<std::uint64_t>(upper < 0 ? -upper : upper);
    const auto low = static_cast<std::uint64_t>(lower);
    upper_squares += high * high;
    lower_squares += low * low;
    products += static_cast<detail::int128>(upper) * lower;
  }
  const auto put = [](ExactSum& to, detail::int128 sum, int power) {
    const auto bits = static_cast<detail::uint128>(sum);
    to.add_bits(sum < 0, sum < 0 ? 0 - bits : bits, power);
  };
  count_ += values.size();
  put(sum_, uppers, 32);
  put(sum_, lowers, 0);
  squares_.add_bits(false, upper_squares, 64);
  squares_.add_bits(false, lower_squares, 0);
  put(squares_, products, 33);
}

void Moments::add_block(std::span<const std::int64_t> values) noexcept { add_halves(values); }

void Moments::add_block(std::span<const std::uint64_t> values) noexcept { add_halves(values); }

bool Moments::consistent() const {
  if (squares_.parts().negative) return false;
  const Pair pair = aligned(count_, sum_, squares_);
  return pair.squares.compare(pair.square) >= 0;
}

double Moments::sum(int scale) const {
  const ExactSum::Parts p = sum_.parts();
  const Ratio r = scaled({p.magnitude, BigUint(1), p.exponent}, scale, 1);
  const double magnitude = detail::round_ratio(r.numerator, r.denominator, r.exponent);
  return p.negative ? -magnitude : magnitude;
}

double Moments::mean(int scale) const {
  if (count_ == 0) return std::numeric_limits<double>::quiet_NaN();
  const ExactSum::Parts p = sum_.parts();
  const Ratio r = scaled({p.magnitude, BigUint(count_), p.exponent}, scale, 1);
  const double magnitude = detail::round_ratio(r.numerator, r.denominator, r.exponent);
  return p.negative ? -magnitude : magnitude;
}

double Moments::variance(int scale) const {
  if (count_ == 0) return std::numeric_limits<double>::quiet_NaN();
  const Ratio r = scaled(variance_ratio(count_, sum_, squares_), scale, 2);
  return detail::round_ratio(r.numerator, r.denominator, r.exponent);
}

double Moments::std(int scale) const {
  if (count_ == 0) return std::numeric_limits<double>::quiet_NaN();
  const Ratio r = scaled(variance_ratio(count_, sum_, squares_), scale, 2);
  return detail::round_root(r.numerator, r.denominator, r.exponent);
}

}  // namespace zeroskew
