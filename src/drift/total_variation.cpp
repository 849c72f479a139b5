#include "zeroskew/drift/total_variation.hpp"

#include <algorithm>
#include <cmath>

#include "drift/shares.hpp"

namespace zeroskew {

MeasureResult total_variation(const Distribution& reference, const Distribution& current,
                              const MeasureOptions& options) {
  constexpr const char* name = "total_variation";
  detail::check_bins(name, options);
  const auto aligned = detail::align(reference, current, options.bins);
  if (!aligned.reason.empty()) return detail::cannot(name, options, aligned.reason);
  const auto term = [](double p, double q) { return std::fabs(p - q); };
  const auto sum = detail::sum_over(aligned, term);
  const double threshold = detail::threshold_of(
      aligned, reference, current, options,
      [&](const detail::Aligned& dealt) {
        return std::min(1.0, 0.5 * detail::summed(dealt, 0.0, term));
      },
      [&] {
        return detail::total_variation_quantile(aligned.pooled(), aligned.noise(), options.alpha);
      });
  return detail::distance_result(name, options, std::min(1.0, 0.5 * sum.value), 0.5 * sum.lo,
                                 std::min(1.0, 0.5 * sum.hi), threshold,
                                 "total variation, " + aligned.how);
}

}  // namespace zeroskew
