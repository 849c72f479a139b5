#pragma once
// Two columns' cells on their way into PairStats, a block of rows at a time.

#include <cstdint>
#include <vector>

#include "zeroskew/column/view.hpp"
#include "zeroskew/stats/pair_stats.hpp"

namespace zeroskew {

// A block of cells in the one form that pairs are computed from.
struct PairCells {
  static constexpr std::int64_t block = 65536;

  enum class Role : std::uint8_t { other, number, countable, category };
  enum class Form : std::uint8_t { real, whole, natural };

  [[nodiscard]] static Role role_of(const Type& type) noexcept;
  // @pre column.length <= block
  [[nodiscard]] static PairCells of(const ColumnView& column);

  Role role = Role::other;
  Form form = Form::real;
  KeyKind kind = KeyKind::floating;   // of the codes
  std::vector<std::uint8_t> present;  // not null
  std::vector<std::uint8_t> finite;   // a finite number
  std::vector<std::uint64_t> bits;    // of the numbers, in their form; 0 where not finite
  std::vector<std::uint64_t> codes;   // of categories and numbers; NaN's is the last one
  // The numbers where all are whole and below 2^23, so that sums of a block fit 64 bits.
  std::vector<std::int64_t> small;
};

class PairFeed {
 public:
  // @pre a and b are of the same rows
  static void add(PairStats& stats, const PairCells& a, const PairCells& b);
};

}  // namespace zeroskew
