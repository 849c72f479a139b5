#include "zeroskew/drift/hellinger.hpp"

#include <algorithm>
#include <cmath>

#include "drift/shares.hpp"

namespace zeroskew {

MeasureResult hellinger(const Distribution& reference, const Distribution& current,
                        const MeasureOptions& options) {
  constexpr const char* name = "hellinger";
  detail::check_bins(name, options);
  const auto aligned = detail::align(reference, current, options.bins);
  if (!aligned.reason.empty()) return detail::cannot(name, options, aligned.reason);
  const auto term = [](double p, double q) {
    const double gap = std::sqrt(p) - std::sqrt(q);
    return gap * gap;
  };
  const auto sum = detail::sum_over(aligned, term);
  const auto distance = [](double total) { return std::sqrt(std::clamp(0.5 * total, 0.0, 1.0)); };
  // (sqrt p - sqrt q)^2 is (p - q)^2 / (4 p) to leading order.
  const double threshold = detail::threshold_of(
      aligned, reference, current, options,
      [&](const detail::Aligned& dealt) { return distance(detail::summed(dealt, 0.0, term)); },
      [&] { return distance(detail::null_quantile(aligned, 0.25, 0.0, options.alpha, term)); });
  return detail::distance_result(name, options, distance(sum.value), distance(sum.lo),
                                 distance(sum.hi), threshold, "Hellinger distance, " + aligned.how);
}

}  // namespace zeroskew
