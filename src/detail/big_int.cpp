#include "zeroskew/detail/big_int.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "zeroskew/detail/int128.hpp"

namespace zeroskew::detail {

BigUint::BigUint(std::uint64_t value)
    : digits_{static_cast<std::uint32_t>(value), static_cast<std::uint32_t>(value >> 32)} {
  trim();
}

BigUint::BigUint(std::vector<std::uint32_t> digits) : digits_(std::move(digits)) {
  trim();
}

void BigUint::trim() noexcept {
  while (!digits_.empty() && digits_.back() == 0) digits_.pop_back();
}

std::int64_t BigUint::bit_length() const noexcept {
  if (digits_.empty()) return 0;
  return static_cast<std::int64_t>(digits_.size()) * 32 - std::countl_zero(digits_.back());
}

std::uint64_t BigUint::low() const noexcept {
  std::uint64_t value = digits_.empty() ? 0 : digits_[0];
  if (digits_.size() > 1) value |= static_cast<std::uint64_t>(digits_[1]) << 32;
  return value;
}

BigUint BigUint::operator+(const BigUint& other) const {
  const auto& longer = digits_.size() >= other.digits_.size() ? digits_ : other.digits_;
  const auto& shorter = digits_.size() >= other.digits_.size() ? other.digits_ : digits_;
  std::vector<std::uint32_t> sum(longer.size() + 1);
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < longer.size(); ++i) {
    carry += std::uint64_t{longer[i]} + (i < shorter.size() ? shorter[i] : 0);
    sum[i] = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  sum.back() = static_cast<std::uint32_t>(carry);
  return BigUint(std::move(sum));
}

BigUint BigUint::operator-(const BigUint& other) const {
  std::vector<std::uint32_t> rest(digits_.size());
  std::int64_t borrow = 0;
  for (std::size_t i = 0; i < digits_.size(); ++i) {
    std::int64_t digit = std::int64_t{digits_[i]} - borrow;
    if (i < other.digits_.size()) digit -= other.digits_[i];
    borrow = digit < 0 ? 1 : 0;
    rest[i] = static_cast<std::uint32_t>(digit + (borrow << 32));
  }
  return BigUint(std::move(rest));
}

BigUint BigUint::operator*(const BigUint& other) const {
  std::vector<std::uint32_t> product(digits_.size() + other.digits_.size());
  for (std::size_t i = 0; i < digits_.size(); ++i) {
    std::uint64_t carry = 0;
    for (std::size_t j = 0; j < other.digits_.size(); ++j) {
      carry += std::uint64_t{digits_[i]} * other.digits_[j] + product[i + j];
      product[i + j] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    product[i + other.digits_.size()] = static_cast<std::uint32_t>(carry);
  }
  return BigUint(std::move(product));
}

BigUint BigUint::shifted_left(std::int64_t bits) const {
  if (is_zero()) return {};
  const auto whole = static_cast<std::size_t>(bits / 32);
  const int part = static_cast<int>(bits % 32);
  std::vector<std::uint32_t> shifted(digits_.size() + whole + 1);
  for (std::size_t i = 0; i < digits_.size(); ++i) {
    const std::uint64_t wide = std::uint64_t{digits_[i]} << part;
    shifted[i + whole] |= static_cast<std::uint32_t>(wide);
    shifted[i + whole + 1] |= static_cast<std::uint32_t>(wide >> 32);
  }
  return BigUint(std::move(shifted));
}

BigUint BigUint::shifted_right(std::int64_t bits) const {
  const auto whole = static_cast<std::size_t>(bits / 32);
  if (whole >= digits_.size()) return {};
  const int part = static_cast<int>(bits % 32);
  std::vector<std::uint32_t> shifted(digits_.size() - whole);
  for (std::size_t i = 0; i < shifted.size(); ++i) {
    std::uint64_t wide = digits_[i + whole];
    if (i + whole + 1 < digits_.size()) wide |= std::uint64_t{digits_[i + whole + 1]} << 32;
    shifted[i] = static_cast<std::uint32_t>(wide >> part);
  }
  return BigUint(std::move(shifted));
}

int BigUint::compare(const BigUint& other) const noexcept {
  if (digits_.size() != other.digits_.size()) return digits_.size() < other.digits_.size() ? -1 : 1;
  for (std::size_t i = digits_.size(); i-- > 0;) {
    if (digits_[i] != other.digits_[i]) return digits_[i] < other.digits_[i] ? -1 : 1;
  }
  return 0;
}

// Knuth, The Art of Computer Programming, volume 2, algorithm D.
BigUint::Division BigUint::divided_by(const BigUint& divisor) const {
  if (compare(divisor) < 0) return {{}, !is_zero()};
  if (divisor.digits_.size() == 1) {
    std::vector<std::uint32_t> quotient(digits_.size());
    std::uint64_t rest = 0;
    for (std::size_t i = digits_.size(); i-- > 0;) {
      rest = rest << 32 | digits_[i];
      quotient[i] = static_cast<std::uint32_t>(rest / divisor.digits_[0]);
      rest %= divisor.digits_[0];
    }
    return {BigUint(std::move(quotient)), rest != 0};
  }
  const int shift = std::countl_zero(divisor.digits_.back());
  const std::vector<std::uint32_t> v = divisor.shifted_left(shift).digits_;
  std::vector<std::uint32_t> u = shifted_left(shift).digits_;
  u.resize(digits_.size() + 1);
  const std::size_t n = v.size();
  const std::size_t m = digits_.size() - n;
  std::vector<std::uint32_t> quotient(m + 1);
  constexpr std::uint64_t base = std::uint64_t{1} << 32;
  for (std::size_t j = m + 1; j-- > 0;) {
    const std::uint64_t top = std::uint64_t{u[j + n]} << 32 | u[j + n - 1];
    std::uint64_t guess = top / v[n - 1];
    std::uint64_t rest = top % v[n - 1];
    while (guess >= base || guess * v[n - 2] > (rest << 32 | u[j + n - 2])) {
      --guess;
      rest += v[n - 1];
      if (rest >= base) break;
    }
    std::int64_t borrow = 0;
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < n; ++i) {
      carry += guess * v[i];
      const std::int64_t digit =
          std::int64_t{u[i + j]} - borrow - static_cast<std::int64_t>(carry & 0xffffffffu);
      carry >>= 32;
      u[i + j] = static_cast<std::uint32_t>(digit);
      borrow = digit < 0 ? 1 : 0;
    }
    const std::int64_t last = std::int64_t{u[j + n]} - borrow - static_cast<std::int64_t>(carry);
    u[j + n] = static_cast<std::uint32_t>(last);
    if (last < 0) {
      --guess;
      std::uint64_t back = 0;
      for (std::size_t i = 0; i < n; ++i) {
        back += std::uint64_t{u[i + j]} + v[i];
        u[i + j] = static_cast<std::uint32_t>(back);
        back >>= 32;
      }
      u[j + n] += static_cast<std::uint32_t>(back);
    }
    quotient[j] = static_cast<std::uint32_t>(guess);
  }
  const bool remainder = std::any_of(u.begin(), u.begin() + static_cast<std::ptrdiff_t>(n),
                                     [](std::uint32_t digit) { return digit != 0; });
  return {BigUint(std::move(quotient)), remainder};
}

BigUint power_of_ten(int exponent) {
  BigUint power(1);
  for (int i = 0; i < exponent; ++i) power = power * BigUint(10);
  return power;
}

namespace {

// significand * 2^exponent (+ something below, if sticky) to double, once, ties to even.
double round_bits(const BigUint& significand, std::int64_t exponent, bool sticky) {
  const std::int64_t length = significand.bit_length();
  if (length == 0) return 0.0;
  // The weight of the last bit that the result can hold: 53 bits, or the subnormals' last.
  const std::int64_t last = std::max<std::int64_t>(length + exponent - 53, -1074);
  const std::int64_t drop = last - exponent;
  if (drop <= 0) {
    return std::ldexp(static_cast<double>(significand.low()), static_cast<int>(exponent));
  }
  BigUint kept = significand.shifted_right(drop);
  const bool half = !(significand.shifted_right(drop - 1).low() & 1) ? false : true;
  const bool below =
      sticky || kept.shifted_left(drop).compare(
                    half ? significand - BigUint(1).shifted_left(drop - 1) : significand) != 0;
  std::uint64_t mantissa = kept.low();
  if (half && (below || (mantissa & 1) != 0)) ++mantissa;
  if (last > 1024) return std::numeric_limits<double>::infinity();
  return std::ldexp(static_cast<double>(mantissa), static_cast<int>(last));
}

}  // namespace

double round_ratio(const BigUint& numerator, const BigUint& denominator, std::int64_t exponent) {
  if (numerator.is_zero()) return 0.0;
  // 66 bits of quotient or more: 53 of the result, a rounding bit, and room.
  const std::int64_t lift =
      std::max<std::int64_t>(0, denominator.bit_length() - numerator.bit_length() + 66);
  const auto [quotient, remainder] = numerator.shifted_left(lift).divided_by(denominator);
  return round_bits(quotient, exponent - lift, remainder);
}

double round_root(const BigUint& numerator, const BigUint& denominator, std::int64_t exponent) {
  if (numerator.is_zero()) return 0.0;
  // Scale so that the quotient has 124 to 127 bits and the exponent is even; its integer root
  // then has 62 bits or more, and the rest of the root is only "is there any".
  std::int64_t lift = denominator.bit_length() - numerator.bit_length() + 125;
  if ((exponent - lift) % 2 != 0) ++lift;
  const auto scaled = lift >= 0 ? numerator.shifted_left(lift).divided_by(denominator)
                                : numerator.divided_by(denominator.shifted_left(-lift));
  const auto& digits = scaled.quotient.digits();
  uint128 square = 0;
  for (std::size_t i = digits.size(); i-- > 0;) square = square << 32 | digits[i];
  uint128 root = uint128{1} << 64;
  for (;;) {
    const uint128 next = (root + square / root) >> 1;
    if (next >= root) break;
    root = next;
  }
  const bool sticky = scaled.remainder || root * root != square;
  return round_bits(BigUint(static_cast<std::uint64_t>(root)), (exponent - lift) / 2, sticky);
}

}  // namespace zeroskew::detail
