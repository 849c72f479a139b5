#pragma once
/// A sum without rounding: every double, product of two doubles and integer is added exactly.

#include <array>
#include <cstdint>
#include <vector>

#include "zeroskew/detail/big_int.hpp"
#include "zeroskew/detail/int128.hpp"

namespace zeroskew {

/// A fixed-point number wide enough for the square of every double, 2^64 of them: base-2^32 digits
/// in 64-bit words, so that carries wait (a small superaccumulator: R. Neal, "Fast exact summation
/// using small and large superaccumulators", 2015). Order, chunking and merging leave no trace.
class ExactSum {
 public:
  static constexpr int lowest_bit = -2176;  ///< weight of the last bit is 2^lowest_bit
  static constexpr std::size_t words = 136;

  /// Adds a finite double, `count` times.
  void add(double value, std::uint64_t count = 1) noexcept;
  /// Adds the exact square of a finite double, `count` times.
  void add_square(double value, std::uint64_t count = 1) noexcept;
  /// Adds the exact product of two finite doubles.
  void add_product(double a, double b) noexcept;
  void add(std::int64_t value) noexcept;
  /// Adds bits * count * 2^exponent, negated if asked.
  void add_times(bool negative, detail::uint128 bits, std::uint64_t count, int exponent) noexcept;
  /// Adds bits * 2^exponent, negated if asked. @pre lowest_bit <= exponent < 2048
  void add_bits(bool negative, detail::uint128 bits, int exponent) noexcept;
  ExactSum& operator+=(const ExactSum& other) noexcept;

  /// The sum, rounded once to the nearest double (ties to even).
  [[nodiscard]] double value() const;

  /// Sign and magnitude, the magnitude in units of 2^exponent.
  struct Parts {
    bool negative = false;
    detail::BigUint magnitude;
    std::int64_t exponent = lowest_bit;

    [[nodiscard]] bool operator==(const Parts&) const = default;
  };
  /// The canonical form: no trailing zero digits, zero is {false, 0, 0}.
  [[nodiscard]] Parts parts() const;
  /// The inverse of `parts`. @pre the number fits (see `fits`)
  [[nodiscard]] static ExactSum from_parts(const Parts& parts) noexcept;
  [[nodiscard]] static bool fits(const Parts& parts) noexcept;

  [[nodiscard]] bool operator==(const ExactSum& other) const { return parts() == other.parts(); }

 private:
  void settle() noexcept;

  std::array<std::int64_t, words> word_{};
  std::uint32_t pending_ = 0;
};

}  // namespace zeroskew
