#pragma once
/// What the gamma, beta and binomial families share: the saddle-point pieces of Loader (2000, "Fast
/// and accurate computation of binomial probabilities"), which stay exact where powers and
/// factorials cancel.

namespace zeroskew::detail::math {

/// e - log(1 + e) for e > -1; `ratio` is 1 + e with its own digits.
[[nodiscard]] double log_deviance(double e, double ratio) noexcept;

/// log Gamma(a + 1) - (a + 1/2) log(a) + a - log(2 pi) / 2, a > 0: the error of Stirling's formula.
[[nodiscard]] double stirling_error(double a) noexcept;

/// x^a exp(-x) / Gamma(a + 1), a > 0, x > 0.
[[nodiscard]] double poisson_term(double a, double x) noexcept;

/// log of Gamma(a + b + 1) / (Gamma(a + 1) Gamma(b + 1)) x^a y^b with x = 1 / (1 + odds) and
/// y = 1 - x; a, b, odds > 0. Odds keep the digits that x or y would lose next to 1.
[[nodiscard]] double binomial_log_term(double a, double b, double odds) noexcept;

/// I_x(a, b) at x = 1 / (1 + odds).
[[nodiscard]] double beta_inc_at_odds(double a, double b, double odds) noexcept;

}  // namespace zeroskew::detail::math
