#include "zeroskew/drift/linf.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "drift/shares.hpp"

namespace zeroskew {
namespace {

constexpr const char* linf_name = "linf";

detail::Bounded largest_difference(const detail::Aligned& aligned) {
  using Role = detail::Category::Role;
  detail::Bounded largest;
  for (const auto& [label, a, b, role] : aligned.categories) {
    if (role == Role::both) {
      const double gap = std::fabs(a.value / aligned.n - b.value / aligned.m);
      largest.value = std::max(largest.value, gap);
      largest.lo = std::max(
          {largest.lo, a.lo / aligned.n - b.hi / aligned.m, b.lo / aligned.m - a.hi / aligned.n});
    }
    if (role != Role::estimate) {
      largest.hi = std::max(
          {largest.hi, a.hi / aligned.n - b.lo / aligned.m, b.hi / aligned.m - a.lo / aligned.n});
    }
  }
  if (aligned.exact) largest.lo = largest.hi = largest.value;
  return largest;
}

// Shares of named labels; an empty side has none.
MeasureResult tfdv(const Distribution& reference, const Distribution& current,
                   const MeasureOptions& options) {
  if (reference.kind == Distribution::Kind::cells || current.kind == Distribution::Kind::cells) {
    return detail::cannot(linf_name, options, "cannot compare, because numbers have no labels");
  }
  const auto named = [](const Distribution& side) {
    detail::Sum sum;
    for (const auto& label : side.labels) sum.add(label.mass);
    return sum.value() > 0.0 ? sum.value() : 1.0;
  };
  Distribution a = reference;
  Distribution b = current;
  a.unnamed = b.unnamed = 0.0;
  const double n = named(a);
  const double m = named(b);
  double largest = 0.0;
  for (std::size_t i = 0, j = 0; i < a.labels.size() || j < b.labels.size();) {
    const int order = i == a.labels.size()   ? 1
                      : j == b.labels.size() ? -1
                                             : a.labels[i].name.compare(b.labels[j].name);
    const double p = order <= 0 ? a.labels[i++].mass / n : 0.0;
    const double q = order >= 0 ? b.labels[j++].mass / m : 0.0;
    largest = std::max(largest, std::fabs(p - q));
  }
  return detail::distance_result(linf_name, options, largest, largest, largest, std::nullopt,
                                 "L-infinity over named labels (tfdv)");
}

}  // namespace

MeasureResult linf(const Distribution& reference, const Distribution& current,
                   const MeasureOptions& options) {
  detail::check_bins(linf_name, options);
  const auto& definition = options.definition;
  if (definition == "tfdv") return tfdv(reference, current, options);
  if (!definition.empty() && definition != "robust") {
    detail::fail_option(linf_name, "definition", definition, "'', 'robust' or 'tfdv'");
  }
  const auto aligned = detail::align(reference, current, options.bins);
  if (!aligned.reason.empty()) return detail::cannot(linf_name, options, aligned.reason);
  auto gap = largest_difference(aligned);
  if (definition == "robust") {
    if (!(options.robustness >= 0.0)) {
      fail_value("drift.robustness", linf_name, "robustness must not be negative");
    }
    const double allowance = options.robustness * std::sqrt(aligned.noise());
    for (auto* value : {&gap.value, &gap.lo, &gap.hi}) *value = std::max(0.0, *value - allowance);
    return detail::distance_result(linf_name, options, gap.value, gap.lo, gap.hi, 0.0,
                                   "L-infinity less " + detail::shortest(options.robustness) +
                                       " sqrt((n + m) / (n m)), " + aligned.how);
  }
  const double threshold = detail::threshold_of(
      aligned, reference, current, options,
      [](const detail::Aligned& dealt) { return largest_difference(dealt).value; },
      [&] { return detail::linf_quantile(aligned.rows(), aligned.n, aligned.m, options.alpha); });
  return detail::distance_result(linf_name, options, gap.value, gap.lo, gap.hi, threshold,
                                 "L-infinity, " + aligned.how);
}

}  // namespace zeroskew
