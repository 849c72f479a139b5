#pragma once
// Which values or ranges of values changed their share.

#include <vector>

#include "zeroskew/drift/compare.hpp"
#include "zeroskew/drift/distribution.hpp"

namespace zeroskew::detail {

// The largest changes of share, largest first: labels by name, numbers by value where these are
// few, else by ranges between the reference's quantiles.
[[nodiscard]] std::vector<Contributor> contributors(const Distribution& reference,
                                                    const Distribution& current, std::size_t most);

// Labels of the current side that the reference does not have, the most frequent first. Empty where
// the reference's names are not all known.
[[nodiscard]] std::vector<Contributor> new_categories(const Distribution& reference,
                                                      const Distribution& current,
                                                      std::size_t most);

}  // namespace zeroskew::detail
