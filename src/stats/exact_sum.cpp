#include "zeroskew/stats/exact_sum.hpp"

#include <bit>

namespace zeroskew {
namespace {

struct Decoded {
  bool negative;
  std::uint64_t mantissa;
  int exponent;  // value = mantissa * 2^exponent
};

Decoded decode(double value) noexcept {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const int biased = static_cast<int>((bits >> 52) & 0x7ff);
  const std::uint64_t fraction = bits & ((std::uint64_t{1} << 52) - 1);
  const bool negative = (bits >> 63) != 0;
  if (biased == 0) return {negative, fraction, -1074};
  return {negative, fraction | std::uint64_t{1} << 52, biased - 1075};
}

}  // namespace

// Each addition puts less than 2^32 into a word, so 2^30 of them cannot overflow it.
void ExactSum::add_bits(bool negative, detail::uint128 bits, int exponent) noexcept {
  const auto position = static_cast<unsigned>(exponent - lowest_bit);
  std::size_t i = position / 32;
  const unsigned shift = position % 32;
  // At most 128 + 31 bits: the part shifted out of the top goes into a fifth word.
  const std::uint64_t above = shift == 0 ? 0 : static_cast<std::uint64_t>(bits >> (128 - shift));
  bits <<= shift;
  const std::int64_t sign = negative ? -1 : 1;
  for (int k = 0; k < 4 && bits != 0; ++k, ++i, bits >>= 32) {
    word_[i] += sign * static_cast<std::int64_t>(static_cast<std::uint32_t>(bits));
  }
  if (above != 0) word_[position / 32 + 4] += sign * static_cast<std::int64_t>(above);
  if (++pending_ >= (1u << 30)) settle();
}

void ExactSum::add_times(bool negative, detail::uint128 bits, std::uint64_t count,
                         int exponent) noexcept {
  if (count == 1) return add_bits(negative, bits, exponent);
  const auto low = static_cast<std::uint64_t>(bits);
  const auto high = static_cast<std::uint64_t>(bits >> 64);
  add_bits(negative, static_cast<detail::uint128>(low) * count, exponent);
  if (high != 0) add_bits(negative, static_cast<detail::uint128>(high) * count, exponent + 64);
}

void ExactSum::add(double value, std::uint64_t count) noexcept {
  const Decoded d = decode(value);
  add_bits(d.negative, static_cast<detail::uint128>(d.mantissa) * count, d.exponent);
}

void ExactSum::add_square(double value, std::uint64_t count) noexcept {
  const Decoded d = decode(value);
  add_times(false, static_cast<detail::uint128>(d.mantissa) * d.mantissa, count, 2 * d.exponent);
}

void ExactSum::add_product(double a, double b) noexcept {
  const Decoded x = decode(a);
  const Decoded y = decode(b);
  add_bits(x.negative != y.negative, static_cast<detail::uint128>(x.mantissa) * y.mantissa,
           x.exponent + y.exponent);
}

void ExactSum::add(std::int64_t value) noexcept {
  const auto bits = static_cast<std::uint64_t>(value);
  add_bits(value < 0, value < 0 ? 0 - bits : bits, 0);
}

// Brings every word but the last into [0, 2^32); the last one carries the sign.
void ExactSum::settle() noexcept {
  std::int64_t carry = 0;
  for (std::size_t i = 0; i + 1 < words; ++i) {
    const std::int64_t total = word_[i] + carry;
    carry = total >> 32;
    word_[i] = total - carry * (std::int64_t{1} << 32);
  }
  word_[words - 1] += carry;
  pending_ = 0;
}

ExactSum& ExactSum::operator+=(const ExactSum& other) noexcept {
  ExactSum settled = other;
  settled.settle();
  settle();
  for (std::size_t i = 0; i < words; ++i) word_[i] += settled.word_[i];
  settle();
  return *this;
}

ExactSum::Parts ExactSum::parts() const {
  ExactSum settled = *this;
  settled.settle();
  const bool negative = settled.word_[words - 1] < 0;
  if (negative) {
    for (std::int64_t& word : settled.word_) word = -word;
    settled.settle();
  }
  std::size_t first = 0;
  while (first < words && settled.word_[first] == 0) ++first;
  if (first == words) return {false, {}, 0};
  std::vector<std::uint32_t> digits;
  for (std::size_t i = first; i < words; ++i) {
    digits.push_back(static_cast<std::uint32_t>(settled.word_[i]));
  }
  return {negative, detail::BigUint(std::move(digits)),
          lowest_bit + 32 * static_cast<std::int64_t>(first)};
}

bool ExactSum::fits(const Parts& parts) noexcept {
  if (parts.magnitude.is_zero()) return !parts.negative && parts.exponent == 0;
  const std::int64_t start = parts.exponent - lowest_bit;
  return start >= 0 && start % 32 == 0 && parts.magnitude.digits()[0] != 0 &&
         static_cast<std::size_t>(start / 32) + parts.magnitude.digits().size() < words;
}

ExactSum ExactSum::from_parts(const Parts& parts) noexcept {
  ExactSum sum;
  if (parts.magnitude.is_zero()) return sum;
  auto i = static_cast<std::size_t>((parts.exponent - lowest_bit) / 32);
  for (const std::uint32_t digit : parts.magnitude.digits()) {
    sum.word_[i++] = parts.negative ? -std::int64_t{digit} : std::int64_t{digit};
  }
  sum.settle();
  return sum;
}

double ExactSum::value() const {
  const Parts p = parts();
  const double magnitude = detail::round_ratio(p.magnitude, detail::BigUint(1), p.exponent);
  return p.negative ? -magnitude : magnitude;
}

}  // namespace zeroskew
