#include "zeroskew/drift/energy.hpp"

#include <algorithm>
#include <cmath>

#include "drift/distance_functions.hpp"
#include "drift/null_law.hpp"
#include "drift/outcome.hpp"

namespace zeroskew {

MeasureResult energy(const Distribution& reference, const Distribution& current,
                     const MeasureOptions& options) {
  constexpr const char* name = "energy";
  detail::check_options(name, options);
  if (auto reason = detail::why_not_numbers(reference, current); !reason.empty()) {
    return detail::cannot(name, options, std::move(reason));
  }
  for (const auto* side : {&reference, &current}) {
    if (side->negative_infinity > 0.0 || side->positive_infinity > 0.0) {
      return detail::cannot(name, options,
                            "cannot compare, because infinite values are infinitely far away");
    }
  }
  detail::Sum value;
  detail::Sum lo;
  detail::Sum hi;
  bool begun = false;
  detail::Step last;
  detail::sweep(reference, current, [&](const detail::Step& step) {
    if (begun) {
      const double width = step.x - last.x;
      const double from = last.a - last.b;
      const double to = step.left_a - step.left_b;
      value.add(width * (from * from + from * to + to * to) / 3.0);
      const double least = std::max({0.0, last.lo_a - last.hi_b, last.lo_b - last.hi_a});
      const double most = std::max(last.hi_a - last.lo_b, last.hi_b - last.lo_a);
      lo.add(width * least * least);
      hi.add(width * most * most);
    }
    begun = true;
    last = step;
  });
  const double distance = std::sqrt(2.0 * value.value());
  if (!std::isfinite(distance)) {
    return detail::cannot(name, options, "cannot compare, because the distance overflows");
  }
  const bool exact = reference.exact && current.exact;
  const double noise = 1.0 / reference.total() + 1.0 / current.total();
  return detail::distance_result(
      name, options, distance, exact ? distance : std::sqrt(2.0 * lo.value()),
      exact ? distance : std::sqrt(2.0 * hi.value()),
      detail::energy_quantile(detail::levels_of(reference, current), noise, options.alpha),
      "energy distance, sqrt(2 integral (F - G)^2)");
}

}  // namespace zeroskew
