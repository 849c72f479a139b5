#pragma once
// The null of a distance where counts are too small for limit laws: the pooled rows, dealt again.

#include <functional>
#include <optional>

#include "drift/aligned.hpp"

namespace zeroskew::detail {

using AlignedDistance = std::function<double(const Aligned&)>;

// What the distance stays below with probability 1 - alpha when the rows of both sides together are
// dealt at random to sides of the same sizes. Bins are cut anew for each reference. The draws are a
// function of the pooled counts and their number makes the level exact: with R of them, the k-th
// largest is exceeded with probability k / (R + 1) at the most (Barnard 1963). Nothing where all
// counts are large enough for the limit laws, where counts are not whole numbers, or where the
// smaller side has more rows than can be dealt quickly.
[[nodiscard]] std::optional<double> redealt_quantile(const Aligned& aligned,
                                                     const Distribution& reference,
                                                     const Distribution& current, int bins,
                                                     double alpha, const AlignedDistance& distance);

}  // namespace zeroskew::detail
