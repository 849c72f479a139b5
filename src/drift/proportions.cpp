#include "zeroskew/drift/proportions.hpp"

#include <cmath>
#include <utility>

#include "drift/counts.hpp"
#include "drift/outcome.hpp"
#include "zeroskew/detail/math.hpp"

namespace zeroskew {
namespace {

constexpr const char* proportions_name = "proportions_z";

MeasureResult proportions_of(const detail::CountPairs& pairs, const MeasureOptions& options) {
  if (!pairs.reason.empty()) return detail::cannot(proportions_name, options, pairs.reason);
  const auto [a, c] = pairs.cells[0];
  const auto [b, d] = pairs.cells[1];
  const double n = a + b;
  const double m = c + d;
  const double share = (a + c) / (n + m);
  const double variance = share * ((b + d) / (n + m)) * (1.0 / n + 1.0 / m);
  if (!(variance > 0.0)) {
    return detail::cannot(proportions_name, options,
                          "cannot compare, because one category has no count on either side");
  }
  const double z = (a / n - c / m) / std::sqrt(variance);
  return detail::test_result(
      proportions_name, options, z, 2.0 * detail::math::normal_sf(std::fabs(z)),
      "two-proportion z of reference minus current, pooled variance, two-sided");
}

}  // namespace

MeasureResult proportions_z(std::span<const double> reference, std::span<const double> current,
                            const MeasureOptions& options) {
  detail::check_options(proportions_name, options);
  return proportions_of(
      detail::two_by_two(detail::count_pairs(proportions_name, reference, current)), options);
}

MeasureResult proportions_z(const Distribution& reference, const Distribution& current,
                            const MeasureOptions& options) {
  detail::check_options(proportions_name, options);
  return proportions_of(detail::two_by_two(detail::count_pairs(reference, current, options.bins)),
                        options);
}

}  // namespace zeroskew
