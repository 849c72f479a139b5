#pragma once
/// Lists within lists, level by level: how many are there, and how many items they have.

#include <cstdint>
#include <vector>

#include "zeroskew/stats/column_profile.hpp"

namespace zeroskew {

/// Level 0 are the lists of the rows, level 1 the lists that are items of those, and so on. As
/// presence_and_valency_stats of tensorflow.metadata.v0 counts them.
struct ListLevel {
  std::uint64_t present = 0;             ///< lists that are not null, empty ones too
  std::uint64_t missing = 0;             ///< null; what lies below a null list is not there at all
  std::uint64_t empty = 0;               ///< lists of no items
  std::uint64_t items = 0;               ///< items of all lists, null ones too
  const NumberStats* lengths = nullptr;  ///< items a list; lives as long as the column's profile
};

/// A column's levels from the outermost; none if it is no column of lists.
[[nodiscard]] std::vector<ListLevel> list_levels(const ColumnProfile& column);

}  // namespace zeroskew
