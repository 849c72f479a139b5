#pragma once
/// Tail probabilities of the usual test statistics, on our own elementary functions, so that a
/// p-value has the same bits everywhere. Unless said otherwise the relative error is below 1e-12
/// for shapes up to 1e4 and below 1e-11 up to 1e6, in tails down to 1e-300. Arguments outside of a
/// function's domain, and NaN, give NaN.

#include <cstdint>

#include "zeroskew/detail/math.hpp"

namespace zeroskew::detail::math {

/// log(Gamma(x)), x > 0; infinity at 0.
[[nodiscard]] double log_gamma(double x) noexcept;

/// The regularised incomplete gamma functions P(a, x) and Q = 1 - P, a > 0, x >= 0.
[[nodiscard]] double gamma_p(double a, double x) noexcept;
[[nodiscard]] double gamma_q(double a, double x) noexcept;

/// The regularised incomplete beta function I_x(a, b), a, b > 0, 0 <= x <= 1.
[[nodiscard]] double beta_inc(double a, double b, double x) noexcept;

/// P(X <= x), P(X > x) for a chi-square X of `df` > 0 degrees of freedom (not only whole ones).
[[nodiscard]] double chi2_cdf(double x, double df) noexcept;
[[nodiscard]] double chi2_sf(double x, double df) noexcept;
/// x with P(X <= x) = p, and x with P(X > x) = q, which keeps its digits for small q.
[[nodiscard]] double chi2_quantile(double p, double df) noexcept;
[[nodiscard]] double chi2_isf(double q, double df) noexcept;

/// P(T > t) for Student's T of `df` > 0 degrees of freedom.
[[nodiscard]] double student_t_sf(double t, double df) noexcept;
/// P(F > f) for Fisher's F.
[[nodiscard]] double f_sf(double f, double df1, double df2) noexcept;

/// log P(K = k) for k successes in n trials of chance p; -infinity where k > n. Absolute error
/// below 1e-15 times the larger of 1 and its size (Loader 2000, "Fast and accurate computation of
/// binomial probabilities").
[[nodiscard]] double binomial_log_pmf(std::uint64_t k, std::uint64_t n, double p) noexcept;
[[nodiscard]] double binomial_pmf(std::uint64_t k, std::uint64_t n, double p) noexcept;
/// k marked among `drawn`, out of `total` of which `marked` are marked.
[[nodiscard]] double hypergeometric_log_pmf(std::uint64_t k, std::uint64_t total,
                                            std::uint64_t marked, std::uint64_t drawn) noexcept;
[[nodiscard]] double hypergeometric_pmf(std::uint64_t k, std::uint64_t total, std::uint64_t marked,
                                        std::uint64_t drawn) noexcept;

/// P(K <= x), P(K > x) for the limit of sqrt(n) times the Kolmogorov-Smirnov distance.
[[nodiscard]] double kolmogorov_cdf(double x) noexcept;
[[nodiscard]] double kolmogorov_sf(double x) noexcept;

}  // namespace zeroskew::detail::math
