#pragma once
/// A sum of non-negative numbers without rounding, in as many digits as it needs.

#include <cstdint>
#include <vector>

#include "zeroskew/detail/big_int.hpp"
#include "zeroskew/detail/int128.hpp"

namespace zeroskew {

/// For sums that there are many of (one a value): a few dozen bytes for ordinary numbers, where an
/// ExactSum takes a kilobyte. Order and merging leave no trace.
class PositiveSum {
 public:
  /// Powers of two that digits may have: wide enough for a double times the square of another.
  static constexpr std::int64_t lowest_bit = -3232;
  static constexpr std::int64_t highest_bit = 3232;

  void add(double value);  ///< @pre finite, not negative
  /// Adds bits * 2^exponent. @pre lowest_bit <= exponent, the result is below 2^highest_bit
  void add_bits(detail::uint128 bits, std::int64_t exponent);
  PositiveSum& operator+=(const PositiveSum& other);

  [[nodiscard]] bool is_zero() const noexcept;
  /// The sum, rounded once to the nearest double (ties to even).
  [[nodiscard]] double value() const;
  /// -1, 0 or 1.
  [[nodiscard]] int compare(const PositiveSum& other) const;

  /// magnitude * 2^exponent.
  struct Parts {
    detail::BigUint magnitude;
    std::int64_t exponent = 0;

    [[nodiscard]] bool operator==(const Parts&) const = default;
  };
  /// The canonical form: the exponent is a multiple of 32, the last digit is not 0; zero is {0, 0}.
  [[nodiscard]] Parts parts() const;
  [[nodiscard]] static bool fits(const Parts& parts) noexcept;
  /// The inverse of `parts`. @pre fits(parts)
  [[nodiscard]] static PositiveSum from_parts(const Parts& parts);

  [[nodiscard]] bool operator==(const PositiveSum& other) const { return parts() == other.parts(); }

 private:
  void add_digits(const std::uint32_t* digits, std::size_t count, std::int64_t place);

  std::vector<std::uint32_t> digits_;  // least significant first
  std::int64_t place_ = 0;             // of the first digit: it counts 2^(32 * place_)
};

/// a - b, rounded once. @pre b <= a
[[nodiscard]] double difference(const PositiveSum& a, const PositiveSum& b);

}  // namespace zeroskew
