#pragma once
/// Answers to rows that come again and again.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "zeroskew/random/row_key.hpp"

namespace zeroskew {

/// Keeps one answer a place, the place given by the hash of the row's bytes; a newer row takes the
/// place of an older one. Rows are compared byte by byte, so a hash that collides costs an answer
/// and never gives a wrong one. For one thread.
template <class Answer>
class RowCache {
 public:
  /// About `entries` answers (a power of two at least as large; 0: none) to rows of at most
  /// `longest` bytes.
  explicit RowCache(std::size_t entries = 0, std::size_t longest = 4096)
      : longest_(longest), places_(entries == 0 ? 0 : std::bit_ceil(entries)) {}

  /// Null if it is not there. Valid until the next `put` or `clear`.
  [[nodiscard]] const Answer* find(std::string_view row) const noexcept {
    if (places_.empty() || row.size() > longest_) return nullptr;
    const Place& place = places_[at(row)];
    return place.taken && place.row == row ? &place.answer : nullptr;
  }

  void put(std::string_view row, Answer answer) {
    if (places_.empty() || row.size() > longest_) return;
    Place& place = places_[at(row)];
    place.taken = false;
    place.row.assign(row);
    place.answer = std::move(answer);
    place.taken = true;
  }

  void clear() {
    for (Place& place : places_) place = Place{};
  }

 private:
  struct Place {
    std::string row;
    Answer answer{};
    bool taken = false;
  };
  [[nodiscard]] std::size_t at(std::string_view row) const noexcept {
    return static_cast<std::size_t>(row_key(row)) & (places_.size() - 1);
  }

  std::size_t longest_;
  std::vector<Place> places_;
};

}  // namespace zeroskew
