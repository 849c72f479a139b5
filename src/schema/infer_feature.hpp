#pragma once
// The inference of one feature, for new schemas and for new columns alike.

#include <charconv>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/schema/infer.hpp"

namespace zeroskew::detail {

struct InferredFeature {
  Feature feature;
  std::vector<StringDomain> domains;  // what it (and its children) refer to
};

// `names` are the string domains' names that are taken; those of new domains are added.
InferredFeature infer_feature(const FeatureStatistics& data, const InferOptions& options,
                              std::set<std::string>& names);

// BYTES for a column of nothing but nulls.
FeatureType feature_type(StatisticsType type) noexcept;

// Bounds on the number of values by what the data has, without a fixed shape.
ShapeType infer_counts(const FeatureStatistics& data);

// A whole decimal number within 64 bits: an optional minus and digits, nothing else.
inline std::optional<std::int64_t> parse_integer(std::string_view text) noexcept {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace zeroskew::detail
