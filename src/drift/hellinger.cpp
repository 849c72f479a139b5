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
  const auto sum = detail::sum_over(aligned, [](double p, double q) {
    const double gap = std::sqrt(p) - std::sqrt(q);
    return gap * gap;
  });
  const auto distance = [](double total) { return std::sqrt(std::clamp(0.5 * total, 0.0, 1.0)); };
  // sqrt p is normal with variance 1/(4n) around its truth, whatever p: the variance-stabilised
  // shares have H^2 about noise / 8 chi^2.
  return detail::distance_result(name, options, distance(sum.value), distance(sum.lo),
                                 distance(sum.hi),
                                 std::sqrt(detail::chi2_threshold(aligned, options.alpha) / 8.0),
                                 "Hellinger distance, " + aligned.how);
}

}  // namespace zeroskew
