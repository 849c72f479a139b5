#pragma once
/// What a caller may choose about a measure. Every measure reads the few fields that its registry
/// entry lists and ignores the others.

#include <optional>
#include <string>

namespace zeroskew {

struct MeasureOptions {
  double alpha = 0.05;              ///< level of a test, and of a distance's own threshold
  std::optional<double> threshold;  ///< distances: drift is statistic > threshold
  std::string definition;           ///< "" for the native one, else a variant by name
  std::string method = "auto";      ///< tests: "auto", "exact" or "asymptotic"
  int bins = 10;                    ///< numbers: cells cut at the reference's quantiles
  double base = 2.0;                ///< base of the logarithm
  double prior = 0.5;               ///< psi, kl: counts added to every cell of both sides
  double robustness = 1.8;          ///< linf, definition "robust": c in max(0, D - c*noise)
  std::string scale = "raw";        ///< wasserstein: "raw", "std" or "iqr" of the reference
  bool pool = true;                 ///< count tests: regroup cells that are too small
  double min_expected = 5.0;        ///< count tests: what too small means

  [[nodiscard]] bool operator==(const MeasureOptions&) const = default;
};

}  // namespace zeroskew
