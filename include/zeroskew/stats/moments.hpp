#pragma once
/// Sum, mean and variance of finite numbers: exact sums of the values and their squares, rounded
/// once when asked.

#include <array>
#include <cstdint>
#include <span>

#include "zeroskew/stats/exact_sum.hpp"

namespace zeroskew {

class Moments {
 public:
  void add(double value, std::uint64_t count = 1) noexcept {  ///< @pre finite
    count_ += count;
    sum_.add(value, count);
    squares_.add_square(value, count);
  }
  void add(std::int64_t value, std::uint64_t count = 1) noexcept {
    add_magnitude(value < 0, value < 0 ? 0 - static_cast<std::uint64_t>(value)
                                       : static_cast<std::uint64_t>(value), count);
  }
  void add(std::uint64_t value, std::uint64_t count = 1) noexcept {
    add_magnitude(false, value, count);
  }
  /// Adds a little-endian two's complement number of 256 bits (decimals).
  void add(const std::array<std::uint64_t, 4>& value) noexcept;
  /// A block of finite doubles, none above `largest` in magnitude. At most 1,024.
  void add_block(std::span<const double> values, double largest) noexcept;
  /// A block of integers. At most 1,024.
  void add_block(std::span<const std::int64_t> values) noexcept;
  void add_block(std::span<const std::uint64_t> values) noexcept;
  /// Adds exact sums over `count` values.
  void add_sums(std::uint64_t count, const ExactSum& sum, const ExactSum& squares) noexcept {
    count_ += count;
    sum_ += sum;
    squares_ += squares;
  }
  Moments& operator+=(const Moments& other) noexcept {
    add_sums(other.count_, other.sum_, other.squares_);
    return *this;
  }

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  [[nodiscard]] const ExactSum& sums() const noexcept { return sum_; }
  [[nodiscard]] const ExactSum& squares() const noexcept { return squares_; }

  // `scale`: the values added were the true ones times 10^scale (decimals). All are rounded once
  // from the exact rational; all but the sum are NaN if nothing was added.
  [[nodiscard]] double sum(int scale = 0) const;
  [[nodiscard]] double mean(int scale = 0) const;
  /// The population's: sum of squared distances from the mean, divided by the count.
  [[nodiscard]] double variance(int scale = 0) const;
  [[nodiscard]] double std(int scale = 0) const;

  [[nodiscard]] bool operator==(const Moments&) const = default;

  /// True if the sums can be those of some numbers: n S2 >= S1^2, and 0 of nothing.
  [[nodiscard]] bool consistent() const;
  /// @pre what was written by another Moments
  [[nodiscard]] static Moments from_sums(std::uint64_t count, const ExactSum& sum,
                                         const ExactSum& squares) noexcept {
    Moments moments;
    moments.add_sums(count, sum, squares);
    return moments;
  }

 private:
  template <class Integer>
  void add_halves(std::span<const Integer> values) noexcept;
  void add_magnitude(bool negative, std::uint64_t value, std::uint64_t count) noexcept;

  std::uint64_t count_ = 0;
  ExactSum sum_;
  ExactSum squares_;
};

}  // namespace zeroskew
