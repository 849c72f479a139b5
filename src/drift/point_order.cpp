#include "drift/point_order.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <span>

#include "zeroskew/error.hpp"
#include "zeroskew/random/choice.hpp"
#include "zeroskew/random/row_key.hpp"
#include "zeroskew/random/stream.hpp"

namespace zeroskew::detail {

void check_points(const std::string& name, const Points& reference, const Points& current,
                  const PointsOptions& options) {
  if (!(options.alpha > 0.0 && options.alpha < 1.0)) {
    fail_value("drift.alpha", name, "alpha must lie between 0 and 1");
  }
  for (const Points* side : {&reference, &current}) {
    if (side->dimensions != 0 && side->values.size() % side->dimensions != 0) {
      fail_value("drift.dimensions", name, "the values are no whole number of rows");
    }
  }
  if (reference.dimensions != current.dimensions) {
    fail_value("drift.dimensions", name,
               "the reference has " + std::to_string(reference.dimensions) +
                   " columns and the current side " + std::to_string(current.dimensions));
  }
}

std::string why_not(const Points& reference, const Points& current, std::size_t least) {
  if (reference.dimensions == 0) return "cannot compare, because there are no columns";
  for (const Points* side : {&reference, &current}) {
    const std::string name = side == &reference ? "reference" : "current";
    if (side->rows() < least) {
      return "cannot compare, because the " + name + " side has " + std::to_string(side->rows()) +
             " rows, and " + std::to_string(least) + " are needed";
    }
    const auto bad = std::count_if(side->values.begin(), side->values.end(),
                                   [](double value) { return !std::isfinite(value); });
    if (bad > 0) {
      return "cannot compare, because the " + name + " side has " + std::to_string(bad) +
             " values that are missing or infinite; impute or leave out their rows first";
    }
  }
  return {};
}

std::uint64_t hash_of_row(const Points& points, std::size_t row) noexcept {
  std::uint64_t hash = 0;
  for (const double value : points.row(row)) {
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);  // -0.0 is 0.0
    hash = row_key(static_cast<std::int64_t>(hash ^ bits));
  }
  return hash;
}

std::vector<std::size_t> sorted_rows(const Points& points) {
  std::vector<std::uint64_t> hashes(points.rows());
  for (std::size_t i = 0; i < hashes.size(); ++i) hashes[i] = hash_of_row(points, i);
  std::vector<std::size_t> order(points.rows());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (hashes[a] != hashes[b]) return hashes[a] < hashes[b];
    return std::ranges::lexicographical_compare(points.row(a), points.row(b));
  });
  return order;
}

std::vector<std::size_t> shuffled_rows(const Points& points, std::uint64_t seed,
                                       std::uint64_t purpose) {
  std::vector<std::size_t> order = sorted_rows(points);
  shuffle(Stream({.seed = seed, .step = purpose}), std::span(order));
  return order;
}

}  // namespace zeroskew::detail
