#pragma once
/// How long control charts run between false alarms (the average run length under no change of
/// independent normal values with known mean and deviation), and which limits give a run length.

namespace zeroskew {

/// CUSUM with allowance `k` and threshold `h`, in standard deviations. Siegmund's approximation
/// with the correction 1.166 for the overshoot (D. Siegmund, "Sequential Analysis", 1985).
[[nodiscard]] double cusum_run_length(double h, double k, bool two_sided) noexcept;

/// The threshold h with `cusum_run_length(h, k, two_sided) == target`; 0 where the target is
/// shorter than that of h = 0.
[[nodiscard]] double cusum_threshold(double target, double k, bool two_sided) noexcept;

/// Two-sided EWMA chart with weight `lambda` and fixed limits at `limit` of its asymptotic standard
/// deviations, by the Markov chain of Brook & Evans (Biometrika 1972; Lucas & Saccucci,
/// Technometrics 1990). @pre 0.01 <= lambda <= 1
[[nodiscard]] double ewma_run_length(double lambda, double limit);

/// The limit with `ewma_run_length(lambda, limit) == target`.
[[nodiscard]] double ewma_limit(double target, double lambda);

}  // namespace zeroskew
