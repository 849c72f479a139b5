#pragma once
/// Counts by 64-bit code: an open-addressing table that grows, nothing more.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

namespace zeroskew {

class CountTable {
 public:
  struct Entry {
    std::uint64_t code = 0;
    std::uint64_t count = 0;  ///< 0 marks a free slot

    [[nodiscard]] bool operator==(const Entry&) const = default;
  };

  /// Adds to a code's count, and says what it is now. @pre count > 0
  std::uint64_t add(std::uint64_t code, std::uint64_t count = 1) {
    if (slots_.empty()) rehash(64);
    for (std::size_t i = home(code);; i = (i + 1) & mask_) {
      Entry& slot = slots_[i];
      if (slot.count == 0) {
        slot = {code, count};
        // A little above one half, so that one code too many does not double the table.
        if (++size_ * 16 > slots_.size() * 9) rehash(slots_.size() * 2);
        return count;
      }
      if (slot.code == code) {
        return slot.count += count;
      }
    }
  }

  [[nodiscard]] std::uint64_t count(std::uint64_t code) const noexcept {
    if (slots_.empty()) return 0;
    for (std::size_t i = home(code);; i = (i + 1) & mask_) {
      if (slots_[i].count == 0) return 0;
      if (slots_[i].code == code) return slots_[i].count;
    }
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

  /// All entries, in the order of their codes.
  [[nodiscard]] std::vector<Entry> sorted() const;

  /// Calls f(code, count) in no particular order: only for what does not depend on it.
  template <class F>
  void for_each(F&& f) const {
    for (const Entry& slot : slots_) {
      if (slot.count != 0) f(slot.code, slot.count);
    }
  }

  void reserve(std::size_t entries) {
    const std::size_t wanted = std::bit_ceil(std::max<std::size_t>(64, entries * 2));
    if (wanted > slots_.size()) rehash(wanted);
  }

  [[nodiscard]] bool operator==(const CountTable& other) const {
    if (size_ != other.size_) return false;
    bool same = true;
    for_each([&](std::uint64_t code, std::uint64_t n) { same = same && other.count(code) == n; });
    return same;
  }

 private:
  // Fibonacci hashing: the high bits of the product depend on every bit of the code.
  [[nodiscard]] std::size_t home(std::uint64_t code) const noexcept {
    return static_cast<std::size_t>((code * 0x9e3779b97f4a7c15u) >> shift_);
  }

  void rehash(std::size_t capacity) {
    std::vector<Entry> old = std::exchange(slots_, std::vector<Entry>(capacity));
    mask_ = capacity - 1;
    shift_ = 64 - static_cast<unsigned>(std::bit_width(mask_));
    for (const Entry& entry : old) {
      if (entry.count == 0) continue;
      std::size_t i = home(entry.code);
      while (slots_[i].count != 0) i = (i + 1) & mask_;
      slots_[i] = entry;
    }
  }

  std::vector<Entry> slots_;
  std::size_t mask_ = 0;
  std::size_t size_ = 0;
  unsigned shift_ = 0;
};

}  // namespace zeroskew
