#pragma once
/// Where the mass of a column lies: an order-free histogram over order keys whose every bucket
/// certifies its own error.

#include <cstdint>
#include <span>
#include <vector>

#include "zeroskew/detail/wide.hpp"
#include "zeroskew/stats/count_table.hpp"
#include "zeroskew/stats/order_key.hpp"
#include "zeroskew/stats/tallies.hpp"

namespace zeroskew {

/// Counts doubles by the top 64 - shift bits of their order key. `shift` is the least one at which
/// at most `capacity` buckets are occupied, so that the state depends on the multiset of values
/// alone, and merging is exact. Keys are roughly logarithmic: a bucket is narrow relative to its
/// values. For ordinary data no bucket holds more than about 0.2% of the mass; for data that
/// clusters far below the resolution a bucket may hold any share, and its bounds say so.
class QuantileSketch {
 public:
  static constexpr std::size_t capacity = 8192;

  /// Adds a value that is not NaN.
  void add(double value, std::uint64_t count = 1) { add_key(order_key(value), count); }
  void add_key(std::uint64_t key, std::uint64_t count = 1) {
    total_ += count;
    add_code(key >> shift_, count);
    if (size_ > capacity) compress();
  }
  void add_keys(std::span<const std::uint64_t> keys);
  /// Adds many keys with their counts, in rising order, at the cost of one compression.
  void absorb(const std::vector<CountTable::Entry>& entries);
  QuantileSketch& operator+=(const QuantileSketch& other);

  [[nodiscard]] std::uint64_t total() const noexcept { return total_; }
  [[nodiscard]] unsigned shift() const noexcept { return shift_; }

  /// A bucket: `count` values in [lo, hi), or at lo == hi when the bucket is a single key.
  struct Bucket {
    double lo = 0.0;
    double hi = 0.0;
    std::uint64_t count = 0;

    [[nodiscard]] bool operator==(const Bucket&) const = default;
  };
  /// In the order of the values.
  [[nodiscard]] std::vector<Bucket> buckets() const;
  /// The state: entries by (key >> shift), in their order.
  [[nodiscard]] std::vector<CountTable::Entry> entries() const;

  [[nodiscard]] bool operator==(const QuantileSketch& other) const {
    return shift_ == other.shift_ && total_ == other.total_ && entries() == other.entries();
  }

  [[nodiscard]] static QuantileSketch from_entries(const std::vector<CountTable::Entry>& entries,
                                                   unsigned shift);

 private:
  static unsigned bits_to_drop(const std::vector<CountTable::Entry>& entries) noexcept;
  // A fifth of them is free at least.
  static constexpr std::size_t slots = capacity / 4 * 5;
  static constexpr std::uint64_t no_code = ~std::uint64_t{0};  // a NaN's, which is not added

  // Where a code is, or would be.
  [[nodiscard]] std::size_t slot_of(std::uint64_t code) const noexcept {
    // Fibonacci hashing, to a number of slots that is no power of two.
    auto i = static_cast<std::size_t>(
        detail::multiply_wide(code * 0x9e3779b97f4a7c15u, slots).hi);
    while (codes_[i] != code && codes_[i] != no_code) {
      if (++i == slots) i = 0;
    }
    return i;
  }
  void add_code(std::uint64_t code, std::uint64_t count) {
    const std::size_t i = slot_of(code);
    if (codes_[i] == no_code) {
      codes_[i] = code;
      ++size_;
    }
    counts_.add(i, count);
  }
  void compress();
  void drop_to(unsigned shift);

  std::vector<std::uint64_t> codes_ = std::vector<std::uint64_t>(slots, no_code);
  Tallies counts_{slots};
  std::size_t size_ = 0;
  std::uint64_t total_ = 0;
  unsigned shift_ = 0;
};

}  // namespace zeroskew
