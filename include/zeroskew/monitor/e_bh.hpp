#pragma once
/// Many features at once: which of them drifted, from their e-values.

#include <cstddef>
#include <span>
#include <vector>

namespace zeroskew {

/// The e-BH procedure (Wang & Ramdas, JRSS-B 2022): the k features with the largest e-values, for
/// the largest k such that the k-th largest is at least n / (alpha k). The share of false
/// discoveries is at most alpha on average, however the features depend on each other. True marks a
/// discovery; NaN is none. Throws Error monitor.parameter unless 0 < alpha < 1.
[[nodiscard]] std::vector<bool> e_benjamini_hochberg(std::span<const double> evalues, double alpha);

/// The mean of e-values is an e-value for "nothing drifted", whatever the dependence; 0 for none.
[[nodiscard]] double combined_evalue(std::span<const double> evalues) noexcept;

}  // namespace zeroskew
