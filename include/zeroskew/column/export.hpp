#pragma once
/// Arrow data out, without copying.

#include "zeroskew/column/arrow_abi.hpp"
#include "zeroskew/column/batch.hpp"

namespace zeroskew {

/// Fills the two structs with a record batch that shares the buffers; they keep the batch's owner
/// alive until the consumer releases them.
void export_batch(const Batch& batch, ArrowArray* array, ArrowSchema* schema);

}  // namespace zeroskew
