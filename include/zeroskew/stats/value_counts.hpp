#pragma once
/// How often each value occurs: exact up to a number of different values, then a linear sketch.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "zeroskew/detail/hash.hpp"
#include "zeroskew/detail/value_ptr.hpp"
#include "zeroskew/stats/count_table.hpp"
#include "zeroskew/stats/distinct_sketch.hpp"
#include "zeroskew/stats/estimate.hpp"
#include "zeroskew/stats/tallies.hpp"

namespace zeroskew {

/// Values are 64-bit codes (the order key of a number, the hash of a string). Which form the state
/// has depends only on how many different codes there are, and both forms only on the multiset:
/// exact counts; or, past the limit, counts of hash buckets (a Count-Min sketch of one row) and a
/// DistinctSketch. A bucket's count is an upper bound for each value in it.
class ValueCounts {
 public:
  static constexpr std::size_t exact_limit = 65536;  ///< unless `limit_to` says less
  static constexpr int bucket_bits = 13;
  static constexpr std::size_t bucket_count = std::size_t{1} << bucket_bits;
  /// Past the limit a code whose bucket holds 1/4096 of all is remembered as a candidate, and at
  /// most so many are.
  static constexpr std::uint64_t candidate_share = 4096;
  static constexpr std::size_t most_candidates = 2048;
  /// Past the limit a code that was not seen in more than 1/1024 of all is not named.
  static constexpr std::uint64_t named_share = 1024;

  /// Adds a code; true if its name is worth keeping from now on: a new code while the counts are
  /// exact, one that passes the named share afterwards. When `overfull` is true afterwards, call
  /// `spill`.
  bool add(std::uint64_t code, std::uint64_t count = 1) {
    total_ += count;
    return exact_ ? table_.add(code, count) == count : add_hashed(code, count);
  }

  /// Adds codes with their hashes (detail::mix). @pre !exact()
  /// @param named where the places of codes go for which `add` would be true
  void add_hashed_block(std::span<const std::uint64_t> codes,
                        std::span<const std::uint64_t> hashes,
                        std::vector<std::size_t>* named = nullptr);

  /// How many different values are counted exactly; sums have the least limit of their parts.
  [[nodiscard]] std::size_t limit() const noexcept { return limit_; }
  /// Lowers the limit; the caller looks at `overfull` afterwards.
  void limit_to(std::size_t limit) noexcept { limit_ = std::min(limit_, limit); }
  /// True if the table has passed its limit.
  [[nodiscard]] bool overfull() const noexcept { return exact_ && table_.size() > limit_; }
  /// Turns exact counts into the sketch.
  void spill();
  /// Adds another's counts; the caller looks at `overfull` afterwards.
  void merge(const ValueCounts& other);

  [[nodiscard]] bool exact() const noexcept { return exact_; }
  [[nodiscard]] std::uint64_t total() const noexcept { return total_; }
  /// The exact counts. @pre exact()
  [[nodiscard]] const CountTable& table() const noexcept { return table_; }
  /// The buckets' counts. @pre !exact()
  [[nodiscard]] std::vector<std::uint64_t> buckets() const { return buckets_.values(); }
  [[nodiscard]] const DistinctSketch& sketch() const noexcept { return *sketch_; }
  /// Codes that may be frequent, each with a certain lower bound of its count. They depend on the
  /// order of arrival and are no part of the state; but the bound falls short of the truth by less
  /// than 1/512 of the total, so every code that is more frequent is among them. @pre !exact()
  [[nodiscard]] const CountTable& candidates() const noexcept { return candidates_; }
  /// @pre seen > 0 and seen <= at_most(code)
  void add_candidate(std::uint64_t code, std::uint64_t seen) { candidates_.add(code, seen); }

  [[nodiscard]] Estimate distinct() const;

  struct Frequent {
    std::uint64_t code = 0;
    Estimate count;
  };
  /// Codes with their counts, the most frequent first, the larger code first among equals: all of
  /// them while exact. Afterwards all that make up 1/256 of the total, whatever the order of
  /// arrival, and none that makes up less than 1/1024. Both bounds are certain.
  [[nodiscard]] std::vector<Frequent> frequent() const;
  /// The bucket that a code falls into once the counts are a sketch.
  [[nodiscard]] static std::size_t bucket_of(std::uint64_t code) noexcept {
    return static_cast<std::size_t>(detail::mix(code) % bucket_count);
  }
  /// True if `frequent` would tell of a code.
  [[nodiscard]] bool is_named(std::uint64_t code) const noexcept {
    return exact_ || candidates_.count(code) > total_ / named_share;
  }
  /// Upper bound of a code's count.
  [[nodiscard]] std::uint64_t at_most(std::uint64_t code) const noexcept;

  [[nodiscard]] bool operator==(const ValueCounts& other) const;

  [[nodiscard]] static ValueCounts from_table(CountTable table, std::uint64_t total,
                                              std::size_t limit = exact_limit);
  [[nodiscard]] static ValueCounts from_sketch(const std::vector<std::uint64_t>& buckets,
                                               const DistinctSketch& distinct,
                                               std::uint64_t total,
                                               std::size_t limit = exact_limit);

 private:
  bool add_hashed(std::uint64_t code, std::uint64_t count);
  bool note_candidate(std::uint64_t code, std::uint64_t count);
  void shed();
  void spill_as_part(std::uint64_t total);

  bool exact_ = true;
  std::size_t limit_ = exact_limit;
  std::uint64_t total_ = 0;
  CountTable table_;
  Tallies buckets_;
  detail::ValuePtr<DistinctSketch> sketch_;
  CountTable candidates_;
};

}  // namespace zeroskew
