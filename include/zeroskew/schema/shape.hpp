#pragma once
/// How often a feature is there, and how many values it has when it is.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace zeroskew {

/// Bounds on the examples that hold the feature.
struct FeaturePresence {
  std::optional<double> min_fraction;     ///< share of the examples, in [0, 1]
  std::optional<std::int64_t> min_count;  ///< number of examples

  [[nodiscard]] bool operator==(const FeaturePresence&) const = default;
};

/// Presence within the parent group. Carried, never validated.
struct FeaturePresenceWithinGroup {
  std::optional<bool> required;

  [[nodiscard]] bool operator==(const FeaturePresenceWithinGroup&) const = default;
};

using PresenceConstraints =
    std::variant<std::monostate, FeaturePresence, FeaturePresenceWithinGroup>;

/// Every example has exactly these dimensions; no dimension means one value.
struct FixedShape {
  struct Dim {
    std::optional<std::int64_t> size;
    std::optional<std::string> name;

    [[nodiscard]] bool operator==(const Dim&) const = default;
  };

  std::vector<Dim> dim;

  [[nodiscard]] bool operator==(const FixedShape&) const = default;
};

/// Bounds on the number of values of an example that holds the feature; unset is unbounded.
struct ValueCountBounds {
  std::optional<std::int64_t> min;
  std::optional<std::int64_t> max;

  [[nodiscard]] bool operator==(const ValueCountBounds&) const = default;
};

/// Bounds for each level of nesting, outermost first.
struct ValueCountList {
  std::vector<ValueCountBounds> value_count;

  [[nodiscard]] bool operator==(const ValueCountList&) const = default;
};

using ShapeType = std::variant<std::monostate, FixedShape, ValueCountBounds, ValueCountList>;

}  // namespace zeroskew
