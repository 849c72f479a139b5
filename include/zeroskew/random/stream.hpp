#pragma once
/// Random numbers as a function: which draw, of which row and column, in which step and epoch.

#include <cstdint>

#include "zeroskew/detail/math_log.hpp"
#include "zeroskew/detail/math_quantile.hpp"
#include "zeroskew/detail/wide.hpp"
#include "zeroskew/random/philox.hpp"

namespace zeroskew {

/// What a stream of draws belongs to.
struct StreamKey {
  std::uint64_t seed = 0;
  std::uint64_t epoch = 0;
  std::uint64_t step = 0;
  std::uint64_t row = 0;     ///< see row_key.hpp
  std::uint64_t column = 0;  ///< e.g. `row_key` of the column's name

  [[nodiscard]] bool operator==(const StreamKey&) const = default;
};

/// 2^64 independent draws, each 64 bits, by number; no state. All functions of draw i come from the
/// same 64 bits, so take a new i for each use.
///
/// Philox runs with a 64-bit key and the counter (draw / 2, row word). Two Philox calls make the
/// key and a row offset of (seed, epoch, step, column), and the row word is row ^ offset. Hence
/// streams of one seed that differ in the row only, the column only, or (epoch, step) only never
/// share a block: Philox is a bijection. Any other two streams do with a chance of 2^-128.
class Stream {
 public:
  constexpr Stream() noexcept : Stream(StreamKey{}) {}
  constexpr explicit Stream(const StreamKey& key) noexcept {
    const PhiloxBlock a = philox({key.epoch, key.step}, key.seed);
    const PhiloxBlock b = philox({a.first ^ key.column, a.second}, ~key.seed);
    key_ = b.first;
    offset_ = b.second;
    row_ = key.row ^ offset_;
  }

  /// The same seed, epoch, step and column for another row: cheap, for a column of rows.
  [[nodiscard]] constexpr Stream with_row(std::uint64_t row) const noexcept {
    Stream other = *this;
    other.row_ = row ^ offset_;
    return other;
  }

  [[nodiscard]] constexpr std::uint64_t bits64(std::uint64_t i) const noexcept {
    const PhiloxBlock block = philox({i >> 1, row_}, key_);
    return (i & 1) != 0 ? block.second : block.first;
  }
  [[nodiscard]] constexpr std::uint32_t bits32(std::uint64_t i) const noexcept {
    return static_cast<std::uint32_t>(bits64(i) >> 32);
  }

  /// In [0, 1), a multiple of 2^-53.
  [[nodiscard]] constexpr double uniform(std::uint64_t i) const noexcept {
    return static_cast<double>(bits64(i) >> 11) * 0x1p-53;
  }
  /// In (0, 1), an odd multiple of 2^-53, symmetric about 1/2.
  [[nodiscard]] constexpr double uniform_open(std::uint64_t i) const noexcept {
    return static_cast<double>((bits64(i) >> 11) | 1) * 0x1p-53;
  }
  /// Standard normal, by the quantile function: |x| <= 8.21.
  [[nodiscard]] double normal(std::uint64_t i) const noexcept {
    return detail::math::normal_quantile(uniform_open(i));
  }
  /// Mean 1.
  [[nodiscard]] constexpr double exponential(std::uint64_t i) const noexcept {
    return -detail::math::log(uniform_open(i));
  }
  /// Density exp(-|x|) / 2: mean 0, variance 2.
  [[nodiscard]] constexpr double laplace(std::uint64_t i) const noexcept {
    const double u = uniform_open(i);
    return u < 0.5 ? detail::math::log(2.0 * u) : -detail::math::log(2.0 * (1.0 - u));
  }
  /// True with probability p, to the next multiple of 2^-53; never for p <= 0 or NaN, always for
  /// p >= 1.
  [[nodiscard]] constexpr bool bernoulli(std::uint64_t i, double p) const noexcept {
    return uniform(i) < p;
  }
  /// In 0 .. n - 1 (0 for n = 0). Each value's probability is within 2^-64 of 1/n.
  [[nodiscard]] constexpr std::uint64_t below(std::uint64_t i, std::uint64_t n) const noexcept {
    return detail::multiply_wide(bits64(i), n).hi;
  }

  /// What Philox runs with: draw i of row r is word i mod 2 of the block of (i / 2, r ^ offset).
  [[nodiscard]] constexpr std::uint64_t philox_key() const noexcept { return key_; }
  [[nodiscard]] constexpr std::uint64_t row_offset() const noexcept { return offset_; }

  [[nodiscard]] constexpr bool operator==(const Stream&) const = default;

 private:
  std::uint64_t key_ = 0;
  std::uint64_t offset_ = 0;
  std::uint64_t row_ = 0;
};

}  // namespace zeroskew
