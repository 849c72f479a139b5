#include "drift/tied_law.hpp"

#include "drift/sum.hpp"
#include "zeroskew/detail/special.hpp"

namespace zeroskew::detail {

double tied_sf(double statistic, const std::vector<TiedStep>& steps, double n, double m,
               bool midpoints) {
  // Dealing rows at random makes F - G, after i of the N pooled rows, a bridge: the covariance
  // between i and j > i is i (N - j) / (n m (N - 1)).
  const double total = n + m;
  const double unit = 1.0 / (n * m * (total - 1.0));
  Sum mean;
  Sum variance;
  Sum below;  // of (weight i)^2 over steps before
  for (const auto& step : steps) {
    const double i = step.before;
    const double j = step.through;
    const double middle = midpoints ? 0.5 * (i + j) : j;
    const double own = midpoints
                           ? 0.25 * (i * (total - i) + j * (total - j) + 2.0 * i * (total - j))
                           : j * (total - j);
    mean.add(step.weight * own * unit);
    const double spread = step.weight * own * unit;
    const double right = step.weight * (total - middle) * (total - middle) * unit * unit;
    variance.add(2.0 * spread * spread + 4.0 * right * below.value());
    below.add(step.weight * middle * middle);
  }
  if (!(mean.value() > 0.0) || !(variance.value() > 0.0)) return 1.0;
  const double scale = variance.value() / (2.0 * mean.value());
  return math::chi2_sf(statistic / scale, mean.value() / scale);
}

}  // namespace zeroskew::detail
