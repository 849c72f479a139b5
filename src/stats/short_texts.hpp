#pragma once
// Counts of short strings that come again and again: a small memo before the table of values, so
// that a repetition costs neither a hash nor a look at its length and encoding.

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "zeroskew/detail/hash.hpp"
#include "zeroskew/stats/text_stats.hpp"

namespace zeroskew {

class ShortTexts {
 public:
  static constexpr std::size_t longest = 8;

  explicit ShortTexts(TextStats& stats) : stats_(stats), slots_(std::size_t{1} << bits) {}

  // False if the value is too long to be counted here. `roomy`: 8 bytes from its first one on may
  // be read, whatever its size.
  [[nodiscard]] bool add(std::string_view value, bool roomy = false) {
    if (value.size() > longest) return false;
    const std::uint64_t word = roomy ? detail::hashing::load_masked(value.data(), value.size())
                                     : detail::hashing::load_tail(value.data(), value.size());
    const auto length = static_cast<std::uint32_t>(value.size());
    Slot& slot = slots_[((word ^ length) * 0x9e3779b97f4a7c15u) >> (64 - bits)];
    if (slot.word == word && slot.length == length) {
      ++slot.count;
      return true;
    }
    misses_ += slot.count != 0 ? 1u : 0u;
    hand_on(slot);
    slot = {word, length, 1};
    return true;
  }

  // Values that pushed out another one, since the last question.
  [[nodiscard]] std::size_t misses() noexcept { return std::exchange(misses_, 0); }

  void flush() {
    for (Slot& slot : slots_) hand_on(slot);
  }

 private:
  static constexpr unsigned bits = 14;

  // `word` holds the value's bytes, the first one lowest; a free slot counts the empty string.
  struct Slot {
    std::uint64_t word = 0;
    std::uint32_t length = 0;
    std::uint32_t count = 0;
  };

  void hand_on(Slot& slot) {
    if (slot.count == 0) return;
    std::array<char, longest> bytes;
    for (std::size_t i = 0; i < longest; ++i) bytes[i] = static_cast<char>(slot.word >> (8 * i));
    stats_.add({bytes.data(), slot.length}, slot.count);
    slot.count = 0;
  }

  TextStats& stats_;
  std::vector<Slot> slots_;
  std::size_t misses_ = 0;
};

}  // namespace zeroskew
