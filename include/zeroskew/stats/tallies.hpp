#pragma once
/// Many counters of 64 bits in little more than 32 bits each.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace zeroskew {

/// Counters from 0 to 2^64 - 1, of which few pass 2^32: those have their upper half elsewhere.
class Tallies {
 public:
  explicit Tallies(std::size_t size = 0) : low_(size) {}

  [[nodiscard]] std::size_t size() const noexcept { return low_.size(); }
  [[nodiscard]] std::uint64_t operator[](std::size_t i) const noexcept {
    return high_.empty() ? low_[i] : low_[i] | high(i);
  }
  /// Adds one to a counter, and says what it is now.
  std::uint64_t increment(std::size_t i) {
    if (++low_[i] == 0) carry(i, 1);
    return (*this)[i];
  }
  void add(std::size_t i, std::uint64_t count);
  [[nodiscard]] std::vector<std::uint64_t> values() const;

  /// @pre the same size
  Tallies& operator+=(const Tallies& other);
  [[nodiscard]] bool operator==(const Tallies&) const = default;

 private:
  [[nodiscard]] std::uint64_t high(std::size_t i) const noexcept;
  void carry(std::size_t i, std::uint32_t count);

  std::vector<std::uint32_t> low_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> high_;  // by index
};

}  // namespace zeroskew
