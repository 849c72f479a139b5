#include "zeroskew/drift/fisher.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "drift/counts.hpp"
#include "drift/outcome.hpp"

namespace zeroskew {
namespace {

constexpr const char* fisher_name = "fisher_exact";

MeasureResult fisher_of(const detail::CountPairs& pairs, const MeasureOptions& options) {
  if (!pairs.reason.empty()) return detail::cannot(fisher_name, options, pairs.reason);
  const auto [a, c] = pairs.cells[0];
  const auto [b, d] = pairs.cells[1];
  for (const double count : {a, b, c, d}) {
    if (count != std::floor(count) || count > 0x1p31) {
      return detail::cannot(fisher_name, options,
                            "cannot compare, because an exact test needs whole counts below 2^31");
    }
  }
  if (a + c == 0.0 || b + d == 0.0) {
    return detail::cannot(fisher_name, options,
                          "cannot compare, because one category has no count on either side");
  }
  const double odds =
      b > 0.0 && c > 0.0 ? a * d / (b * c) : std::numeric_limits<double>::infinity();
  return detail::test_result(fisher_name, options, odds, detail::fisher_p(a, b, c, d),
                             "Fisher's exact test, two-sided; the statistic is the odds ratio");
}

}  // namespace

MeasureResult fisher_exact(std::span<const double> reference, std::span<const double> current,
                           const MeasureOptions& options) {
  detail::check_options(fisher_name, options);
  return fisher_of(detail::two_by_two(detail::count_pairs(fisher_name, reference, current)),
                   options);
}

MeasureResult fisher_exact(const Distribution& reference, const Distribution& current,
                           const MeasureOptions& options) {
  detail::check_options(fisher_name, options);
  return fisher_of(detail::two_by_two(detail::count_pairs(reference, current, options.bins)),
                   options);
}

}  // namespace zeroskew
