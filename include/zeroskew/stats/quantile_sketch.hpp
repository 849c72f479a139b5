#pragma once
/// Where the mass of a column lies: an order-free histogram over order keys whose every bucket
/// certifies its own error.

#include <cstdint>
#include <span>
#include <vector>

#include "zeroskew/stats/count_table.hpp"
#include "zeroskew/stats/order_key.hpp"

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
    if (table_.add(key >> shift_, count) && table_.size() > capacity) compress();
  }
  void add_keys(std::span<const std::uint64_t> keys) {
    for (const std::uint64_t key : keys) add_key(key);
  }
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
  [[nodiscard]] std::vector<CountTable::Entry> entries() const { return table_.sorted(); }

  [[nodiscard]] bool operator==(const QuantileSketch&) const = default;

  [[nodiscard]] static QuantileSketch from_entries(const std::vector<CountTable::Entry>& entries,
                                                   unsigned shift);

 private:
  static unsigned bits_to_drop(const std::vector<CountTable::Entry>& entries) noexcept;
  void compress();
  void drop_to(unsigned shift);

  CountTable table_;
  std::uint64_t total_ = 0;
  unsigned shift_ = 0;
};

}  // namespace zeroskew
