#include "zeroskew/drift/js.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "drift/compatible.hpp"
#include "drift/shares.hpp"
#include "drift/tfdv_histograms.hpp"

namespace zeroskew {
namespace {

// The divergence in nats of masses that need not be normalised.
double nats_of(const detail::Paired& paired) {
  detail::Sum n;
  detail::Sum m;
  for (const auto& [a, b] : paired.masses) {
    n.add(a);
    m.add(b);
  }
  detail::Sum sum;
  for (const auto& [a, b] : paired.masses) sum.add(detail::js_term(a / n.value(), b / m.value()));
  return 0.5 * sum.value();
}

detail::Bounded nats_of(const detail::Aligned& aligned) {
  const double most = detail::math::log(2.0);
  auto sum = detail::sum_over(aligned, detail::js_term);
  for (auto* value : {&sum.value, &sum.lo, &sum.hi}) *value = std::clamp(0.5 * *value, 0.0, most);
  return sum;
}

double exact_nats(const detail::Aligned& aligned) {
  return std::clamp(0.5 * detail::summed(aligned, 0.0, detail::js_term), 0.0,
                    detail::math::log(2.0));
}

// In nats, whatever the options' own threshold.
double null_nats(const detail::Aligned& aligned, const Distribution& reference,
                 const Distribution& current, MeasureOptions options) {
  options.threshold.reset();
  return detail::threshold_of(aligned, reference, current, options, exact_nats, [&] {
    // The divergence is half a sum of terms that are (p - q)^2 / (4 p) to leading order.
    return 0.5 * detail::null_quantile(aligned, 0.25, 0.0, options.alpha, detail::js_term);
  });
}

MeasureResult tfdv(const char* name, const Distribution& reference, const Distribution& current,
                   const MeasureOptions& options) {
  const auto paired = detail::pair_tfdv(reference, current);
  if (!paired.reason.empty()) return detail::cannot(name, options, paired.reason);
  const double value = std::min(1.0, nats_of(paired) / detail::math::log(2.0));
  return detail::distance_result(name, options, value, value, value, std::nullopt,
                                 "Jensen-Shannon divergence, base 2 (tfdv)");
}

}  // namespace

MeasureResult js_divergence(const Distribution& reference, const Distribution& current,
                            const MeasureOptions& options) {
  constexpr const char* name = "js_divergence";
  detail::check_bins(name, options);
  if (options.definition == "tfdv") return tfdv(name, reference, current, options);
  if (!options.definition.empty()) {
    detail::fail_option(name, "definition", options.definition, "'' or 'tfdv'");
  }
  const double unit = detail::log_base(name, options.base);
  const auto aligned = detail::align(reference, current, options.bins);
  if (!aligned.reason.empty()) return detail::cannot(name, options, aligned.reason);
  const auto nats = nats_of(aligned);
  return detail::distance_result(
      name, options, nats.value / unit, nats.lo / unit, nats.hi / unit,
      options.threshold ? *options.threshold
                        : null_nats(aligned, reference, current, options) / unit,
      "Jensen-Shannon divergence, base " + detail::base_name(options.base) + ", " + aligned.how);
}

MeasureResult js_distance(const Distribution& reference, const Distribution& current,
                          const MeasureOptions& options) {
  constexpr const char* name = "js_distance";
  detail::check_bins(name, options);
  const auto& definition = options.definition;
  if (!definition.empty() && definition != "evidently" && definition != "nannyml") {
    detail::fail_option(name, "definition", definition, "'', 'evidently' or 'nannyml'");
  }
  const double base = definition == "evidently" ? 0.0
                      : definition == "nannyml" ? 2.0
                                                : options.base;
  const double unit = detail::log_base(name, base);
  const auto aligned = definition == "evidently" ? detail::align_evidently(reference, current)
                       : definition == "nannyml" ? detail::align_nannyml(reference, current)
                                                 : detail::align(reference, current, options.bins);
  if (!aligned.reason.empty()) return detail::cannot(name, options, aligned.reason);
  const auto nats = nats_of(aligned);
  const double threshold = !definition.empty() || options.threshold
                               ? 0.1
                               : std::sqrt(null_nats(aligned, reference, current, options) / unit);
  const std::string variant = definition.empty() ? "" : " (" + definition + ")";
  return detail::distance_result(
      name, options, std::sqrt(nats.value / unit), std::sqrt(nats.lo / unit),
      std::sqrt(nats.hi / unit), threshold,
      "Jensen-Shannon distance, base " + detail::base_name(base) + ", " + aligned.how + variant);
}

}  // namespace zeroskew
