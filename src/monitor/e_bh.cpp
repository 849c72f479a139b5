#include "zeroskew/monitor/e_bh.hpp"

#include <algorithm>
#include <functional>

#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

std::vector<bool> e_benjamini_hochberg(std::span<const double> evalues, double alpha) {
  if (!detail::share.admit(alpha)) {
    detail::fail_parameter("e_benjamini_hochberg", "alpha", detail::share, alpha);
  }
  std::vector<double> sorted;
  for (const double e : evalues) {
    if (e == e) sorted.push_back(e);
  }
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  const auto n = static_cast<double>(evalues.size());
  double least = 0.0;
  bool any = false;
  for (std::size_t k = sorted.size(); k > 0 && !any; --k) {
    if (sorted[k - 1] * alpha * static_cast<double>(k) >= n) {
      least = sorted[k - 1];
      any = true;
    }
  }
  std::vector<bool> found(evalues.size());
  for (std::size_t i = 0; i < evalues.size(); ++i) found[i] = any && evalues[i] >= least;
  return found;
}

double combined_evalue(std::span<const double> evalues) noexcept {
  // In ascending order, so that the order of the features does not show.
  std::vector<double> sorted(evalues.begin(), evalues.end());
  std::sort(sorted.begin(), sorted.end());
  double sum = 0.0;
  for (const double e : sorted) sum += e;
  return sorted.empty() ? 0.0 : sum / static_cast<double>(sorted.size());
}

}  // namespace zeroskew
