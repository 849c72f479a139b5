#pragma once
/// Can a classifier tell the current rows from the reference's.

#include "zeroskew/drift/points.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// Logistic regression on standardised values and their squares, trained on one half of each side
/// and tried on the others. The statistic is the area under the curve there (0.5: it cannot tell),
/// the p-value Mann and Whitney's, one-sided: valid whatever the classifier.
[[nodiscard]] MeasureResult domain_classifier(const Points& reference, const Points& current,
                                              const PointsOptions& options = {});

}  // namespace zeroskew
