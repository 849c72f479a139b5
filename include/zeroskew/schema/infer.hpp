#pragma once
/// A first schema from data.

#include <cstddef>

#include "zeroskew/schema/feature_statistics.hpp"
#include "zeroskew/schema/schema.hpp"

namespace zeroskew {

struct InferOptions {
  std::size_t max_categories = 100;  ///< strings with more different values get no domain
  bool infer_shape = true;           ///< a fixed shape where every example has as many values
};

/// The rules of TensorFlow Data Validation, in their order: type, presence, shape, domain. Numbers
/// get no ranges, and a presence is required of every example or of none. A schema says nothing
/// that the data does not: `validate` of the same data finds no anomaly.
[[nodiscard]] Schema infer_schema(const DatasetStatistics& data, const InferOptions& options = {});
[[nodiscard]] Schema infer_schema(const Profile& profile, const InferOptions& options = {});

}  // namespace zeroskew
