#pragma once
// The cells of a column, handed to statistics in blocks, whatever their layout.

#include "zeroskew/column/view.hpp"
#include "zeroskew/stats/number_stats.hpp"
#include "zeroskew/stats/text_stats.hpp"

namespace zeroskew {

// Every present value of a numeric column; other columns have none.
void add_numbers(NumberStats& stats, const ColumnView& column);

// Every present value of a column of strings or bytes.
void add_text(TextStats& stats, const ColumnView& column);

}  // namespace zeroskew
