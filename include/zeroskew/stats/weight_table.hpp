#pragma once
/// How much weight each value has: exact up to 65,536 different values, then by ranges of keys.

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "zeroskew/stats/order_key.hpp"
#include "zeroskew/stats/positive_sum.hpp"

namespace zeroskew {

/// What a column's codes are: order keys of numbers, hashes of texts, or nothing.
enum class WeightKeys : std::uint8_t { none, floating, integer, unsigned_integer, text };

/// Exact sums of weights by code. Past the limit, sums by the top 64 - shift bits of the order key
/// (text: of the mixed hash), `shift` being the least one at which at most `capacity` are occupied:
/// the state depends on the multiset of values and weights alone, and every sum stays exact.
class WeightTable {
 public:
  static constexpr std::size_t exact_limit = 65536;
  static constexpr std::size_t capacity = 8192;

  WeightTable() = default;
  explicit WeightTable(WeightKeys keys) noexcept : keys_(keys) {}

  /// @pre weight is finite and not negative
  void add(std::uint64_t code, double weight);
  WeightTable& operator+=(const WeightTable& other);

  [[nodiscard]] WeightKeys keys() const noexcept { return keys_; }
  [[nodiscard]] bool exact() const noexcept { return exact_; }
  [[nodiscard]] unsigned shift() const noexcept { return shift_; }
  [[nodiscard]] std::size_t size() const noexcept { return sums_.size(); }

  using Entry = std::pair<std::uint64_t, PositiveSum>;
  /// By code (exact), or by key >> shift; in rising order.
  [[nodiscard]] std::vector<Entry> sorted() const;
  /// The weight of a code, or past the limit of all that share its range: an upper bound.
  [[nodiscard]] double at_most(std::uint64_t code) const;
  /// The range of values of an entry's key. @pre numbers
  [[nodiscard]] std::pair<double, double> range_of(std::uint64_t key) const noexcept;

  [[nodiscard]] bool operator==(const WeightTable&) const = default;

  [[nodiscard]] static WeightTable from_entries(WeightKeys keys, bool exact, unsigned shift,
                                                std::vector<Entry> entries);

 private:
  [[nodiscard]] std::uint64_t wide_key(std::uint64_t code) const noexcept;
  void settle();
  void leave_exact();
  void drop_to(unsigned shift);

  WeightKeys keys_ = WeightKeys::none;
  bool exact_ = true;
  unsigned shift_ = 0;
  std::unordered_map<std::uint64_t, PositiveSum> sums_;
};

}  // namespace zeroskew
