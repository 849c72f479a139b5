#pragma once
// Counts of whole numbers that lie close together: an array instead of a table.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

namespace zeroskew {

class DenseCounts {
 public:
  static constexpr std::uint64_t widest = 65536;

  // Makes room for [low, high]; false if the range is too wide for an array. Counts so far are
  // kept. @pre low <= high
  [[nodiscard]] bool cover(std::int64_t low, std::int64_t high) {
    if (!counts_.empty() && low >= base_ && static_cast<std::uint64_t>(high) -
                                                    static_cast<std::uint64_t>(base_) <
                                                counts_.size()) {
      return true;
    }
    const std::int64_t from = counts_.empty() ? low : std::min(low, base_);
    const std::int64_t to = counts_.empty() ? high : std::max(high, last());
    const std::uint64_t range = static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
    if (range >= widest) return false;
    std::vector<std::uint32_t> wider(std::bit_ceil(std::max<std::uint64_t>(range + 1, 64)));
    if (from > std::numeric_limits<std::int64_t>::max() - static_cast<std::int64_t>(widest)) {
      return false;  // the end of the array would not be a number
    }
    if (!counts_.empty()) {
      // Only what is counted: the free end of the old array need not fit into the new one.
      std::copy_n(counts_.begin(), last() - base_ + 1,
                wider.begin() + static_cast<std::ptrdiff_t>(base_ - from));
    }
    counts_ = std::move(wider);
    base_ = from;
    return true;
  }

  void add(std::int64_t value) noexcept {
    ++counts_[static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(base_)];
  }

  // Calls f(value, count) for each value and forgets it.
  template <class F>
  void flush(F&& f) {
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      if (counts_[i] != 0) f(base_ + static_cast<std::int64_t>(i), std::uint64_t{counts_[i]});
      counts_[i] = 0;
    }
  }

 private:
  [[nodiscard]] std::int64_t last() const noexcept {
    std::size_t i = counts_.size();
    while (i > 1 && counts_[i - 1] == 0) --i;
    return base_ + static_cast<std::int64_t>(i) - 1;
  }

  std::vector<std::uint32_t> counts_;
  std::int64_t base_ = 0;
};

}  // namespace zeroskew
