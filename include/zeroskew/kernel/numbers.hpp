#pragma once
/// Kernels over blocks of numbers: what the statistics of a column are made of.

#include <cstddef>
#include <cstdint>
#include <span>

namespace zeroskew::kernel {

/// The most values that one call takes: partial sums stay below 2^53.
inline constexpr std::size_t block_size = 1024;

struct Scan {
  double min = 0.0;
  double max = 0.0;
  std::uint64_t zeros = 0;
  bool finite = true;    ///< no NaN and no infinity; if false, only this member is meaningful
  bool integral = true;  ///< every value is a whole number below 2^51 in magnitude
};

/// Extremes and kinds of a block. @pre 0 < values.size() <= block_size
[[nodiscard]] Scan scan(std::span<const double> values) noexcept;

/// Exact sums of a block: the sum is the sum over k of first[k] * 2^(exponent - grid[k]), the sum
/// of squares that of square[k] * 2^(2 * exponent - square_grid[k]).
struct BlockSums {
  static constexpr int grid[4] = {20, 41, 62, 83};
  static constexpr int square_grid[7] = {40, 61, 82, 103, 124, 145, 166};
  std::int64_t first[4] = {};
  std::int64_t square[7] = {};
  bool complete = false;  ///< false: a value has bits below the last grid, the sums are of no use
};

/// Each value is cut into four limbs of 21 bits on grids common to the block (error-free
/// extraction: Rump, Ogita, Oishi, "Accurate floating-point summation", 2008); products of limbs
/// are below 2^42, so their sums over a block are exact in doubles.
/// @pre |value| < 2^exponent, -400 <= exponent <= 500, values.size() <= block_size
void block_sums(std::span<const double> values, int exponent, BlockSums& sums) noexcept;

/// Order keys (stats/order_key.hpp) of doubles that are not NaN.
void order_keys(std::span<const double> values, std::uint64_t* keys) noexcept;

/// detail::mix of each word.
void mix(std::span<const std::uint64_t> words, std::uint64_t* hashes) noexcept;

}  // namespace zeroskew::kernel
