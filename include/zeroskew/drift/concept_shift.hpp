#pragma once
/// Have the inputs moved, or what follows from them: covariate against concept shift, with the
/// prediction standing for the inputs.

#include <cstdint>
#include <span>
#include <string>

#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// Predictions and labels of the same rows.
struct Predicted {
  std::span<const double> predictions;
  std::span<const std::string> labels;
};

struct ConceptShift {
  MeasureResult covariate;  ///< did the predictions move
  MeasureResult relation;   ///< did the labels move among rows of like predictions

  [[nodiscard]] bool operator==(const ConceptShift&) const = default;
};

/// `covariate` is a chi-square of the predictions over `bins` cut at the pooled quantiles (or over
/// values, if few). `relation` adds the chi-squares of labels within each of these bins, small
/// cells pooled: it is chi-square under no concept shift, however the predictions moved. Rows whose
/// prediction is NaN are left out.
/// @throws Error drift.counts_length (not a label for each prediction), drift.alpha, drift.bins
[[nodiscard]] ConceptShift concept_shift(const Predicted& reference, const Predicted& current,
                                         const MeasureOptions& options = {});

/// The share of values outside [lo, hi], NaN being outside, with Clopper and Pearson's interval.
struct OutOfBounds {
  std::uint64_t below = 0;
  std::uint64_t above = 0;
  std::uint64_t nan = 0;
  std::uint64_t count = 0;
  double share = 0.0;
  double lo = 0.0;  ///< the share's interval at level 1 - alpha
  double hi = 1.0;

  [[nodiscard]] bool operator==(const OutOfBounds&) const = default;
};

/// @throws Error drift.bounds (lo > hi or NaN), drift.alpha
[[nodiscard]] OutOfBounds out_of_bounds(std::span<const double> values, double lo, double hi,
                                        double alpha = 0.05);

}  // namespace zeroskew
