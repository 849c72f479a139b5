#pragma once
// Rows in an order that their contents and a seed decide, so that results do not depend on the
// order in which they came.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "zeroskew/drift/points.hpp"

namespace zeroskew::detail {

// @throws Error drift.dimensions, drift.alpha
void check_points(const std::string& name, const Points& reference, const Points& current,
                  const PointsOptions& options);

// Why the pair cannot be compared; empty if it can. Each side needs `least` rows.
[[nodiscard]] std::string why_not(const Points& reference, const Points& current,
                                  std::size_t least);

// The rows sorted by a hash of their contents, equal rows side by side.
[[nodiscard]] std::vector<std::size_t> sorted_rows(const Points& points);

// The same, shuffled.
[[nodiscard]] std::vector<std::size_t> shuffled_rows(const Points& points, std::uint64_t seed,
                                                     std::uint64_t purpose);

[[nodiscard]] std::uint64_t hash_of_row(const Points& points, std::size_t row) noexcept;

}  // namespace zeroskew::detail
