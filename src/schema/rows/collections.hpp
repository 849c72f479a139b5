#pragma once
// Sparse and weighted features, row by row.

#include "schema/rows/feature_plan.hpp"
#include "zeroskew/column/batch.hpp"

namespace zeroskew::detail {

void check_collection(const CollectionPlan& plan, const Batch& batch, std::int64_t first,
                      std::size_t count, Marks& marks);

}  // namespace zeroskew::detail
