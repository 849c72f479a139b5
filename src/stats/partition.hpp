#pragma once
// The rows of a batch by slice.

#include <cstdint>
#include <string>
#include <vector>

#include "zeroskew/column/batch.hpp"
#include "zeroskew/stats/slicing.hpp"

namespace zeroskew {

// @throws Error stats.bad_slicing
[[nodiscard]] std::vector<SlicingRule> slicing_rules(const std::vector<Slicing>& slicings);

struct RowSlice {
  SliceKey key;
  std::vector<std::string> names;  // the values' texts; one a part
  std::vector<bool> is_text;       // of a column of texts, one a part
  std::vector<std::int64_t> rows;
};

// @throws Error column.unknown, stats.slice_type (floats with fractions, decimals, structures)
// Stops early once there are more than `limit` slices.
[[nodiscard]] std::vector<RowSlice> partition(const Batch& batch, const SlicingRule& rule,
                                              std::size_t limit);

}  // namespace zeroskew
