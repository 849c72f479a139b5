#include "zeroskew/drift/kl.hpp"

#include <algorithm>

#include "drift/compatible.hpp"
#include "drift/shares.hpp"

namespace zeroskew {

MeasureResult kl_divergence(const Distribution& reference, const Distribution& current,
                            const MeasureOptions& options) {
  constexpr const char* name = "kl_divergence";
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
    double sum = 0.0;
    double p_sum = 0.0;
    double q_sum = 0.0;
    for (const auto& category : aligned.categories) {
      p_sum += category.a.value;
      q_sum += category.b.value;
    }
    for (const auto& category : aligned.categories) {
      sum += detail::relative_entropy(category.a.value / p_sum, category.b.value / q_sum);
    }
    return detail::distance_result(
        name, options, sum, sum, sum, 0.1,
        "Kullback-Leibler divergence, base e, " + aligned.how + " (evidently)");
  }
  const double unit = detail::log_base(name, options.base);
  // p ln(p / q) - p + q is (p - q)^2 / (2 p) to leading order.
  const auto distance = [&](const detail::Aligned& dealt) {
    return std::max(0.0, detail::summed(dealt, options.prior, detail::kl_term)) / unit;
  };
  const double threshold =
      detail::threshold_of(aligned, reference, current, options, distance, [&] {
        return detail::null_quantile(aligned, 0.5, options.prior, options.alpha, detail::kl_term) /
               unit;
      });
  detail::add_prior(aligned, options.prior);
  const auto sum = detail::sum_over(aligned, detail::kl_term);
  return detail::distance_result(name, options, std::max(0.0, sum.value) / unit, sum.lo / unit,
                                 sum.hi / unit, threshold,
                                 "Kullback-Leibler divergence of current from reference, base " +
                                     detail::base_name(options.base) + ", prior " +
                                     detail::shortest(options.prior) + ", " + aligned.how);
}

}  // namespace zeroskew
