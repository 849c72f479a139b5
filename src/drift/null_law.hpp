#pragma once
// How far two samples of one column fall apart by chance: upper quantiles that distances use as
// thresholds. `noise` is 1/n + 1/m everywhere; the normal limit of the shares is used throughout.

#include <span>
#include <vector>

#include "zeroskew/drift/distribution.hpp"

namespace zeroskew::detail {

// x with P(chi^2 > x) = alpha; 0 for no degrees of freedom.
[[nodiscard]] double chi2_upper(double degrees, double alpha);

// The upper quantile of a shifted gamma (Pearson's type III) with this mean, variance and third
// cumulant. @pre variance > 0
[[nodiscard]] double shifted_gamma_quantile(double mean, double variance, double cumulant,
                                            double alpha);

// The upper quantile of s chi_nu with the given mean and mean square: a sum of absolute values of
// correlated normals is close to it, and one absolute value is exactly it (nu = 1).
[[nodiscard]] double scaled_chi_quantile(double mean, double mean_square, double alpha);

// max_i |p_i - q_i| over categories that hold `rows` of n + m rows: the union bound over them, each
// normal with variance noise p (1 - p), or, where rows are few, exactly binomial among the two
// sides. Two categories are one.
[[nodiscard]] double linf_quantile(std::vector<double> rows, double n, double m, double alpha);

// half the sum of |p_i - q_i|: mean and mean square of the correlated normals, then `s chi_nu`.
[[nodiscard]] double total_variation_quantile(std::span<const double> shares, double noise,
                                              double alpha);

// Lengths of the number line by the level of the pooled distribution function.
struct Levels {
  std::vector<double> level;
  std::vector<double> length;
};
[[nodiscard]] Levels levels_of(const Distribution& a, const Distribution& b);

// The integral of |F - G|: sqrt(noise) times that of a Brownian bridge's absolute value.
[[nodiscard]] double wasserstein_quantile(const Levels& levels, double noise, double alpha);

// The square root of twice the integral of (F - G)^2: noise times that of a squared bridge, whose
// mean and variance fit a scaled chi-square (Satterthwaite).
[[nodiscard]] double energy_quantile(const Levels& levels, double noise, double alpha);

}  // namespace zeroskew::detail
