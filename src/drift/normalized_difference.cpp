#include "zeroskew/drift/normalized_difference.hpp"

#include <algorithm>
#include <cmath>

#include "drift/aligned.hpp"
#include "drift/outcome.hpp"

namespace zeroskew {

MeasureResult normalized_difference(const Distribution& reference, const Distribution& current,
                                    const MeasureOptions& options) {
  constexpr const char* name = "normalized_difference";
  detail::check_options(name, options);
  const auto aligned = detail::align(reference, current, options.bins);
  if (!aligned.reason.empty()) return detail::cannot(name, options, aligned.reason);
  detail::Sum total;
  detail::Bounded largest;
  for (const auto& [label, a, b, role] : aligned.categories) {
    if (role != detail::Category::Role::both) continue;
    total.add(a.value);
    total.add(b.value);
    largest.value = std::max(largest.value, std::fabs(a.value - b.value));
    largest.lo = std::max({largest.lo, a.lo - b.hi, b.lo - a.hi});
    largest.hi = std::max({largest.hi, a.hi - b.lo, b.hi - a.lo});
  }
  if (!(total.value() > 0.0)) {
    return detail::cannot(name, options, "cannot compare, because no value has a name");
  }
  if (aligned.exact) largest.lo = largest.hi = largest.value;
  const double sum = total.value();
  return detail::distance_result(name, options, largest.value / sum, largest.lo / sum,
                                 largest.hi / sum, std::nullopt,
                                 "normalised absolute difference of counts, " + aligned.how);
}

}  // namespace zeroskew
