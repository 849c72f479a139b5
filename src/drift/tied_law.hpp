#pragma once
// Quadratic statistics of the gap between two distribution functions, when values repeat.

#include <cstdint>
#include <vector>

namespace zeroskew::detail {

// One distinct value: its weight in the statistic, and the pooled counts before and through it.
struct TiedStep {
  double weight = 0.0;
  double before = 0.0;
  double through = 0.0;
};

// P(sum of weight (mean of the gap before and after the step)^2 >= statistic) over all ways to deal
// the pooled rows to the sides, ties and all: its exact mean and its normal-limit variance, fitted
// by a scaled chi-square (Satterthwaite). The gap is F - G.
[[nodiscard]] double tied_sf(double statistic, const std::vector<TiedStep>& steps, double n,
                             double m, bool midpoints);

}  // namespace zeroskew::detail
