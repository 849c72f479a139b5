#include "zeroskew/stats/positive_sum.hpp"

#include <algorithm>

#include "stats/decoded.hpp"

namespace zeroskew {
namespace {

// Both magnitudes in units of one power of two.
struct Aligned {
  detail::BigUint a;
  detail::BigUint b;
  std::int64_t exponent = 0;
};

Aligned aligned(const PositiveSum& a, const PositiveSum& b) {
  const PositiveSum::Parts x = a.parts();
  const PositiveSum::Parts y = b.parts();
  const std::int64_t exponent = std::min(x.exponent, y.exponent);
  return {x.magnitude.shifted_left(x.exponent - exponent),
          y.magnitude.shifted_left(y.exponent - exponent), exponent};
}

}  // namespace

void PositiveSum::add_digits(const std::uint32_t* digits, std::size_t count, std::int64_t place) {
  if (count == 0) return;
  if (digits_.empty()) place_ = place;
  if (place < place_) {
    digits_.insert(digits_.begin(), static_cast<std::size_t>(place_ - place), 0);
    place_ = place;
  }
  auto at = static_cast<std::size_t>(place - place_);
  if (digits_.size() < at + count) digits_.resize(at + count);
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < count || carry != 0; ++i, ++at) {
    if (at == digits_.size()) digits_.push_back(0);
    const std::uint64_t total = digits_[at] + carry + (i < count ? digits[i] : 0u);
    digits_[at] = static_cast<std::uint32_t>(total);
    carry = total >> 32;
  }
}

void PositiveSum::add_bits(detail::uint128 bits, std::int64_t exponent) {
  if (bits == 0) return;
  const std::int64_t place = exponent >= 0 ? exponent / 32 : -((31 - exponent) / 32);
  const auto shift = static_cast<unsigned>(exponent - 32 * place);
  std::uint32_t digits[5];
  const auto above = shift == 0 ? 0u : static_cast<std::uint32_t>(bits >> (128 - shift));
  bits <<= shift;
  for (int i = 0; i < 4; ++i) digits[i] = static_cast<std::uint32_t>(bits >> (32 * i));
  digits[4] = above;
  std::size_t count = 5;
  while (count > 0 && digits[count - 1] == 0) --count;
  std::size_t first = 0;
  while (first < count && digits[first] == 0) ++first;
  add_digits(digits + first, count - first, place + static_cast<std::int64_t>(first));
}

void PositiveSum::add(double value) {
  const Decoded d = decode(value);
  add_bits(d.mantissa, d.exponent);
}

PositiveSum& PositiveSum::operator+=(const PositiveSum& other) {
  if (this == &other) {
    const PositiveSum copy = other;
    return *this += copy;
  }
  add_digits(other.digits_.data(), other.digits_.size(), other.place_);
  return *this;
}

bool PositiveSum::is_zero() const noexcept {
  return std::all_of(digits_.begin(), digits_.end(), [](std::uint32_t d) { return d == 0; });
}

double PositiveSum::value() const {
  const Parts p = parts();
  return detail::round_ratio(p.magnitude, detail::BigUint(1), p.exponent);
}

int PositiveSum::compare(const PositiveSum& other) const {
  const Aligned pair = aligned(*this, other);
  return pair.a.compare(pair.b);
}

PositiveSum::Parts PositiveSum::parts() const {
  std::size_t first = 0;
  while (first < digits_.size() && digits_[first] == 0) ++first;
  if (first == digits_.size()) return {};
  return {detail::BigUint(std::vector<std::uint32_t>(
              digits_.begin() + static_cast<std::ptrdiff_t>(first), digits_.end())),
          32 * (place_ + static_cast<std::int64_t>(first))};
}

bool PositiveSum::fits(const Parts& parts) noexcept {
  if (parts.magnitude.is_zero()) return parts.exponent == 0;
  return parts.exponent % 32 == 0 && parts.magnitude.digits()[0] != 0 &&
         parts.exponent >= lowest_bit && parts.exponent <= highest_bit &&
         parts.exponent + parts.magnitude.bit_length() <= highest_bit;
}

PositiveSum PositiveSum::from_parts(const Parts& parts) {
  PositiveSum sum;
  sum.digits_ = parts.magnitude.digits();
  sum.place_ = parts.exponent / 32;
  return sum;
}

double difference(const PositiveSum& a, const PositiveSum& b) {
  const Aligned pair = aligned(a, b);
  return detail::round_ratio(pair.a - pair.b, detail::BigUint(1), pair.exponent);
}

}  // namespace zeroskew
