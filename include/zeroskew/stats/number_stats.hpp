#pragma once
/// Everything about the numbers of a column (or about lengths): extremes, moments, values, spread.

#include <array>
#include <cstdint>
#include <limits>
#include <utility>
#include <span>
#include <vector>

#include "zeroskew/detail/value_ptr.hpp"
#include "zeroskew/kernel/numbers.hpp"
#include "zeroskew/stats/moments.hpp"
#include "zeroskew/stats/order_key.hpp"
#include "zeroskew/stats/quantile_sketch.hpp"
#include "zeroskew/stats/spread.hpp"
#include "zeroskew/stats/value_counts.hpp"

namespace zeroskew {

class NumberStats {
 public:
  /// @param scale the numbers' true values are the added integers divided by 10^scale (decimals)
  explicit NumberStats(KeyKind kind = KeyKind::floating, int scale = 0) noexcept
      : kind_(kind), scale_(scale) {}

  void add(double value, std::uint64_t count = 1);         ///< floating
  void add(std::int64_t value, std::uint64_t count = 1);   ///< integer
  void add(std::uint64_t value, std::uint64_t count = 1);  ///< unsigned_integer
  /// A block of finite doubles with their order keys and extremes (floating). At most 1,024.
  void add_block(std::span<const double> values, std::span<const std::uint64_t> keys,
                 const kernel::Scan& scan);
  /// A block of signed integers (integer), all of them in [low, high]. At most 1,024.
  void add_block(std::span<const std::int64_t> values, std::int64_t low, std::int64_t high);
  /// A block of unsigned integers (unsigned_integer). At most 1,024.
  void add_block(std::span<const std::uint64_t> values, std::uint64_t low, std::uint64_t high);
  /// A decimal's unscaled value as a little-endian 256-bit number (kind floating). Moments are
  /// exact; order and identity are those of the nearest double.
  void add_decimal(const std::array<std::uint64_t, 4>& unscaled);
  void add_decimal(std::int64_t unscaled);
  NumberStats& operator+=(const NumberStats& other);
  /// Counts at most so many different values exactly; sums have the least limit of their parts.
  void limit_values(std::size_t limit);
  /// Forgets the NaNs and says how many there were.
  std::uint64_t remove_nan() noexcept { return std::exchange(nan_, 0); }

  [[nodiscard]] KeyKind key_kind() const noexcept { return kind_; }
  [[nodiscard]] int scale() const noexcept { return scale_; }
  /// All that was added, NaN too.
  [[nodiscard]] std::uint64_t count() const noexcept { return values_.total() + nan_; }
  [[nodiscard]] std::uint64_t nan() const noexcept { return nan_; }
  [[nodiscard]] std::uint64_t zeros() const noexcept { return zeros_; }
  [[nodiscard]] std::uint64_t positive_infinities() const noexcept { return positive_infinities_; }
  [[nodiscard]] std::uint64_t negative_infinities() const noexcept { return negative_infinities_; }
  /// True if there is a number that is not NaN.
  [[nodiscard]] bool any() const noexcept { return values_.total() != 0; }

  // NaN is left out of all of these; they are NaN where there is nothing left (the sum: 0).
  // Infinities count, so they make sums infinite or NaN and variances NaN.
  [[nodiscard]] double sum() const;
  [[nodiscard]] double mean() const;
  [[nodiscard]] double variance() const;  ///< the population's
  [[nodiscard]] double std() const;
  [[nodiscard]] double min() const noexcept;
  [[nodiscard]] double max() const noexcept;
  /// The extremes' order keys, for exact integers. @pre any()
  [[nodiscard]] std::uint64_t min_key() const noexcept { return min_key_; }
  [[nodiscard]] std::uint64_t max_key() const noexcept { return max_key_; }

  /// Cells for quantiles and histograms; make it once for many questions.
  [[nodiscard]] Spread spread() const;
  [[nodiscard]] const Moments& moments() const noexcept { return moments_; }
  [[nodiscard]] const ValueCounts& values() const noexcept { return values_; }
  /// Present once the values are too many to be counted exactly.
  [[nodiscard]] const QuantileSketch* sketch() const noexcept { return sketch_.get(); }

  [[nodiscard]] bool operator==(const NumberStats&) const = default;

 private:
  friend struct NumberState;
  friend struct ColumnState;
  void add_key(std::uint64_t key, std::uint64_t count);
  template <class Integer>
  void add_integers(std::span<const Integer> values, Integer low, Integer high);
  /// `near`: the nearest doubles' keys, if each value is that double.
  void add_keys(std::span<const std::uint64_t> keys, std::span<const std::uint64_t> near = {});
  struct Atom {
    double value = 0.0;
    std::uint64_t most = 0;
  };
  [[nodiscard]] std::vector<Atom> atoms() const;
  void settle();
  [[nodiscard]] std::vector<CountTable::Entry> sketch_entries() const;
  [[nodiscard]] std::uint64_t sketch_key(std::uint64_t key) const noexcept;

  KeyKind kind_;
  int scale_;
  std::uint64_t nan_ = 0;
  std::uint64_t zeros_ = 0;
  std::uint64_t positive_infinities_ = 0;
  std::uint64_t negative_infinities_ = 0;
  std::uint64_t min_key_ = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t max_key_ = 0;
  Moments moments_;
  ValueCounts values_;
  detail::ValuePtr<QuantileSketch> sketch_;
};

}  // namespace zeroskew
