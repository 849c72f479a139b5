#pragma once
// A column's numbers on their way into NumberStats, a block at a time: each block takes the
// cheapest way that gives the same state.

#include <array>
#include <cstdint>
#include <span>

#include "stats/dense_counts.hpp"
#include "zeroskew/kernel/numbers.hpp"
#include "zeroskew/stats/number_stats.hpp"

namespace zeroskew {

class NumberFeed {
 public:
  explicit NumberFeed(NumberStats& stats) noexcept : stats_(stats) {}
  ~NumberFeed() = default;
  NumberFeed(const NumberFeed&) = delete;
  NumberFeed& operator=(const NumberFeed&) = delete;

  // At most kernel::block_size values.
  void add(std::span<const double> values);
  void add(std::span<const std::int64_t> values);
  void add(std::span<const std::uint64_t> values);
  // Brings what is still in the array of counts into the statistics.
  void finish();

 private:
  template <class Integer>
  void add_integers(std::span<const Integer> values);
  void count_dense(std::uint64_t values);
  void add_general(std::span<const double> values, const kernel::Scan& scan);

  NumberStats& stats_;
  DenseCounts dense_;
  std::uint64_t dense_total_ = 0;
  std::array<std::uint64_t, kernel::block_size> keys_;
};

}  // namespace zeroskew
