#include "zeroskew/drift/sliced_wasserstein.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "drift/outcome.hpp"
#include "drift/point_order.hpp"
#include "drift/sum.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/random/choice.hpp"
#include "zeroskew/random/stream.hpp"

namespace zeroskew {
namespace {

constexpr const char* sliced_wasserstein_name = "sliced_wasserstein";

// All rows of both sides along one line: their order, and the way from each to the next.
struct Line {
  std::vector<std::uint32_t> order;
  std::vector<double> step;
};

}  // namespace

MeasureResult sliced_wasserstein(const Points& reference, const Points& current,
                                 const PointsOptions& options) {
  detail::check_points(sliced_wasserstein_name, reference, current, options);
  if (options.directions < 1 || options.directions > 4096) {
    fail_value("drift.directions", sliced_wasserstein_name, "a number from 1 to 4096 is needed");
  }
  if (options.permutations < 19 || options.permutations > 100000) {
    fail_value("drift.permutations", sliced_wasserstein_name,
               "a number from 19 to 100000 is needed");
  }
  MeasureOptions level;
  level.alpha = options.alpha;
  if (auto reason = detail::why_not(reference, current, 2); !reason.empty()) {
    return detail::cannot(sliced_wasserstein_name, level, std::move(reason));
  }
  // Rows of both sides by content: equal rows share their place on every line, so that which of
  // them is whose changes no distance.
  const std::size_t dimensions = reference.dimensions;
  const std::size_t n = reference.rows();
  const std::size_t all = n + current.rows();
  std::vector<double> values;
  for (const std::size_t i : detail::sorted_rows(reference)) {
    values.insert(values.end(), reference.row(i).begin(), reference.row(i).end());
  }
  for (const std::size_t i : detail::sorted_rows(current)) {
    values.insert(values.end(), current.row(i).begin(), current.row(i).end());
  }
  const Points pooled{values, dimensions};
  const std::vector<std::size_t> place = detail::sorted_rows(pooled);
  std::vector<std::uint8_t> side(all);  // by place: 1 for the reference's
  for (std::size_t i = 0; i < all; ++i) side[i] = place[i] < n ? 1 : 0;

  std::vector<Line> lines(static_cast<std::size_t>(options.directions));
  const Stream directions({.seed = options.seed, .step = 4});
  std::vector<double> direction(dimensions);
  std::vector<double> along(all);
  for (std::size_t l = 0; l < lines.size(); ++l) {
    double square = 0.0;
    for (std::size_t k = 0; k < dimensions; ++k) {
      direction[k] = directions.normal(l * dimensions + k);
      square += direction[k] * direction[k];
    }
    const double length = std::sqrt(square);
    for (std::size_t i = 0; i < all; ++i) {
      const auto row = pooled.row(place[i]);
      double dot = 0.0;
      for (std::size_t k = 0; k < dimensions; ++k) dot += row[k] * (direction[k] / length);
      along[i] = dot;
    }
    Line& line = lines[l];
    line.order.resize(all);
    std::iota(line.order.begin(), line.order.end(), std::uint32_t{0});
    std::sort(line.order.begin(), line.order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return along[a] != along[b] ? along[a] < along[b] : a < b;
    });
    line.step.resize(all - 1);
    for (std::size_t i = 0; i + 1 < all; ++i) {
      line.step[i] = along[line.order[i + 1]] - along[line.order[i]];
    }
  }
  const auto n_inverse = 1.0 / static_cast<double>(n);
  const auto m_inverse = 1.0 / static_cast<double>(all - n);
  const auto distance = [&](const std::vector<std::uint8_t>& owner) {
    detail::Sum sum;
    for (const Line& line : lines) {
      std::int64_t of_reference = 0;
      double area = 0.0;
      for (std::size_t i = 0; i + 1 < all; ++i) {
        of_reference += owner[line.order[i]];
        const auto others = static_cast<std::int64_t>(i) + 1 - of_reference;
        area += line.step[i] * std::fabs(static_cast<double>(of_reference) * n_inverse -
                                         static_cast<double>(others) * m_inverse);
      }
      sum.add(area);
    }
    return sum.value() / static_cast<double>(lines.size());
  };
  const double statistic = distance(side);
  if (!std::isfinite(statistic)) {
    return detail::cannot(sliced_wasserstein_name, level,
                          "cannot compare, because the distance overflows");
  }
  std::vector<std::uint8_t> dealt = side;
  const double least = statistic * (1.0 - 1e-12);
  int beyond = 1;
  for (int p = 0; p < options.permutations; ++p) {
    const auto row = static_cast<std::uint64_t>(p);
    shuffle(Stream({.seed = options.seed, .step = 5, .row = row}), std::span(dealt));
    beyond += distance(dealt) >= least ? 1 : 0;
  }
  return detail::test_result(sliced_wasserstein_name, level, statistic,
                             static_cast<double>(beyond) / (options.permutations + 1.0),
                             "mean Wasserstein-1 along " + std::to_string(options.directions) +
                                 " random lines, p-value by " +
                                 std::to_string(options.permutations) + " permutations");
}

}  // namespace zeroskew
