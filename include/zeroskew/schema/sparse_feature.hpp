#pragma once
/// Features made of other features: sparse (values with indices) and weighted (values with
/// weights).

#include <optional>
#include <string>
#include <vector>

#include "zeroskew/schema/feature_type.hpp"
#include "zeroskew/schema/path.hpp"
#include "zeroskew/schema/shape.hpp"

namespace zeroskew {

struct SparseFeature {
  /// The name of a raw feature.
  struct Part {
    std::optional<std::string> name;

    [[nodiscard]] bool operator==(const Part&) const = default;
  };

  std::optional<std::string> name;
  std::optional<bool> deprecated;
  std::optional<LifecycleStage> lifecycle_stage;
  std::optional<FeaturePresence> presence;  ///< obsolete in the message, kept
  std::optional<FixedShape> dense_shape;
  std::vector<Part> index_feature;
  std::optional<bool> is_sorted;
  std::optional<Part> value_feature;
  std::optional<FeatureType> type;  ///< obsolete in the message, kept

  [[nodiscard]] bool operator==(const SparseFeature&) const = default;
};

struct WeightedFeature {
  std::optional<std::string> name;
  std::optional<Path> feature;
  std::optional<Path> weight_feature;
  std::optional<LifecycleStage> lifecycle_stage;

  [[nodiscard]] bool operator==(const WeightedFeature&) const = default;
};

}  // namespace zeroskew
