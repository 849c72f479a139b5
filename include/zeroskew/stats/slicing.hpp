#pragma once
/// Which rows belong together: by the values of one column, or of several at once.

#include <cstdint>
#include <string>
#include <vector>

#include "zeroskew/column/value.hpp"

namespace zeroskew {

/// One way to slice: a slice for each combination of values of its columns. A list puts a row into
/// the slice of each of its items; a null, or no item, puts it into none.
struct Slicing {
  /// A column, and the values to slice by; no values: every one that occurs.
  struct Feature {
    std::string column;
    std::vector<Value> values;

    [[nodiscard]] bool operator==(const Feature&) const = default;
  };
  std::vector<Feature> features;

  [[nodiscard]] bool operator==(const Slicing&) const = default;
};

/// A slicing in its one form: columns sorted by name, values as sorted codes.
struct SlicingRule {
  struct Feature {
    std::string column;
    std::vector<std::uint64_t> codes;  ///< empty: every value

    [[nodiscard]] auto operator<=>(const Feature&) const = default;
  };
  std::vector<Feature> features;

  [[nodiscard]] auto operator<=>(const SlicingRule&) const = default;
};

/// What the rows of a slice have in common. A value is known by the hash of its text (as
/// `to_string(Value)` writes it), so that a profile without names has slices too.
struct SliceKey {
  struct Part {
    std::string column;
    std::uint64_t code = 0;

    [[nodiscard]] auto operator<=>(const Part&) const = default;
  };
  std::vector<Part> parts;  ///< in the order of the columns' names

  [[nodiscard]] auto operator<=>(const SliceKey&) const = default;
};

}  // namespace zeroskew
