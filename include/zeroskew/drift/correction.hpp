#pragma once
/// Many tests at once: p-values adjusted so that "adjusted <= alpha" controls an error over all.

#include <span>
#include <string_view>
#include <vector>

namespace zeroskew {

enum class Correction : unsigned char {
  none,
  bonferroni,          ///< family-wise error, any dependence
  holm,                ///< family-wise error, any dependence, never weaker than Bonferroni
  benjamini_hochberg,  ///< false discovery rate, independence or positive dependence
  e_bh,                ///< false discovery rate, any dependence: e-BH of e = 1 / (2 sqrt p)
};

/// "none", "bonferroni", "holm", "bh", "e-bh"; other words are an error.
[[nodiscard]] Correction correction_of(std::string_view word);
[[nodiscard]] std::string_view to_string(Correction correction) noexcept;

/// Adjusted p-values in the order given, at most 1. NaN (no test) stays NaN and does not count;
/// values outside [0, 1] are an error.
[[nodiscard]] std::vector<double> adjust(std::span<const double> pvalues, Correction correction);

/// e-BH (Wang and Ramdas 2022) for e-values, false discovery rate under any dependence: adjusted
/// values min over k >= rank of K / (k e_(k)), at most 1; reject where they are <= alpha. NaN as
/// above; negative values are an error.
[[nodiscard]] std::vector<double> adjust_evalues(std::span<const double> evalues);

}  // namespace zeroskew
