#pragma once
// Bins as other tools cut them, for the variants that carry their names.

#include "drift/aligned.hpp"

namespace zeroskew::detail {

// Evidently: one bin a value while the reference has at most 20, else equal widths over both sides
// together (Sturges). Infinite values are dropped.
[[nodiscard]] Aligned align_evidently(const Distribution& reference, const Distribution& current);

// Evidently's rule for empty bins, a side at a time: 0.0001, or a millionth of the smallest share
// where that is no more than 0.0001.
void fill_evidently(Aligned& aligned);

// NannyML: equal widths over the reference (Doane), one more bin for what lies outside.
[[nodiscard]] Aligned align_nannyml(const Distribution& reference, const Distribution& current);

}  // namespace zeroskew::detail
