#pragma once
/// Whole numbers of any size, for results that are exact until they are rounded once.

#include <cstdint>
#include <vector>

namespace zeroskew::detail {

/// A non-negative whole number: 32-bit digits, least significant first, no leading zeros.
class BigUint {
 public:
  BigUint() = default;
  explicit BigUint(std::uint64_t value);
  explicit BigUint(std::vector<std::uint32_t> digits);

  [[nodiscard]] bool is_zero() const noexcept { return digits_.empty(); }
  [[nodiscard]] std::int64_t bit_length() const noexcept;
  [[nodiscard]] const std::vector<std::uint32_t>& digits() const noexcept { return digits_; }
  /// The low 64 bits.
  [[nodiscard]] std::uint64_t low() const noexcept;

  [[nodiscard]] BigUint operator+(const BigUint& other) const;
  /// @pre other <= *this
  [[nodiscard]] BigUint operator-(const BigUint& other) const;
  [[nodiscard]] BigUint operator*(const BigUint& other) const;
  [[nodiscard]] BigUint shifted_left(std::int64_t bits) const;
  [[nodiscard]] BigUint shifted_right(std::int64_t bits) const;
  [[nodiscard]] int compare(const BigUint& other) const noexcept;
  [[nodiscard]] bool operator==(const BigUint&) const = default;

  struct Division;
  /// Quotient and whether anything remained. @pre divisor is not zero
  [[nodiscard]] Division divided_by(const BigUint& divisor) const;

 private:
  void trim() noexcept;
  std::vector<std::uint32_t> digits_;
};

struct BigUint::Division {
  BigUint quotient;
  bool remainder = false;
};

/// 10^exponent.
[[nodiscard]] BigUint power_of_ten(int exponent);

/// numerator / denominator * 2^exponent, rounded once to the nearest double, ties to even.
[[nodiscard]] double round_ratio(const BigUint& numerator, const BigUint& denominator,
                                 std::int64_t exponent);

/// The square root of numerator / denominator * 2^exponent, rounded once.
[[nodiscard]] double round_root(const BigUint& numerator, const BigUint& denominator,
                                std::int64_t exponent);

}  // namespace zeroskew::detail
