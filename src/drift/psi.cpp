#include "zeroskew/drift/psi.hpp"

#include "drift/compatible.hpp"
#include "drift/shares.hpp"

namespace zeroskew {

MeasureResult psi(const Distribution& reference, const Distribution& current,
                  const MeasureOptions& options) {
  constexpr const char* name = "psi";
  detail::check_bins(name, options);
  const bool evidently = options.definition == "evidently";
  if (!options.definition.empty() && !evidently) {
    detail::fail_option(name, "definition", options.definition, "'' or 'evidently'");
  }
  if (!(options.prior > 0.0)) fail_value("drift.prior", name, "the prior must be positive");
  auto aligned = evidently ? detail::align_evidently(reference, current)
                           : detail::align(reference, current, options.bins);
  if (!aligned.reason.empty()) return detail::cannot(name, options, aligned.reason);
  if (evidently) {
    detail::fill_evidently(aligned);
    const auto sum = detail::sum_over(aligned, detail::psi_term);
    return detail::distance_result(
        name, options, sum.value, sum.value, sum.value, 0.1,
        "population stability index, " + aligned.how + ", zero shares replaced (evidently)");
  }
  // (p - q) ln(p / q) is (p - q)^2 / p to leading order.
  const auto distance = [&](const detail::Aligned& dealt) {
    return detail::summed(dealt, options.prior, detail::psi_term);
  };
  const double threshold =
      detail::threshold_of(aligned, reference, current, options, distance, [&] {
        return detail::null_quantile(aligned, 1.0, options.prior, options.alpha, detail::psi_term);
      });
  detail::add_prior(aligned, options.prior);
  const auto sum = detail::sum_over(aligned, detail::psi_term);
  return detail::distance_result(
      name, options, sum.value, sum.lo, sum.hi, threshold,
      "population stability index, prior " + detail::shortest(options.prior) + ", " + aligned.how);
}

}  // namespace zeroskew
