#pragma once
/// Arrow data in, without copying.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "zeroskew/column/arrow_abi.hpp"
#include "zeroskew/column/batch.hpp"

namespace zeroskew {

/// Takes over a struct array (a record batch) and its schema; both are released when the last copy
/// of the batch is gone, or before an exception leaves. An array that is not a struct becomes the
/// one column of the batch, under the schema's name.
/// @throws Error column.unsupported_type, column.malformed, column.duplicate_name
[[nodiscard]] Batch import_batch(ArrowArray* array, ArrowSchema* schema);

/// Reads batches from a stream that it takes over.
class BatchReader {
 public:
  /// @throws Error column.stream when the producer fails, and what `import_batch` throws
  explicit BatchReader(ArrowArrayStream* stream);

  /// The next batch; nothing at the end of the stream.
  [[nodiscard]] std::optional<Batch> next();

  /// A batch of no rows, with the names and types of the stream.
  [[nodiscard]] const Batch& header() const noexcept { return header_; }

 private:
  std::shared_ptr<ArrowArrayStream> stream_;
  std::shared_ptr<ArrowSchema> schema_;
  Batch header_;
};

}  // namespace zeroskew
