#pragma once
/// "Did you mean ...?"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zeroskew::detail {

/// Insertions, deletions, replacements and exchanges of neighbours (Damerau's distance, where no
/// part is changed twice).
[[nodiscard]] inline std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before;
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = std::exchange(above, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
  }
  return row[b.size()];
}

/// "; did you mean 'x'?" for the nearest candidate that is near, "" if none is.
template <class Names>
[[nodiscard]] std::string suggestion(std::string_view wrong, const Names& candidates) {
  std::string best;
  std::size_t least = std::max<std::size_t>(2, wrong.size() / 3) + 1;
  for (const auto& candidate : candidates) {
    const std::string_view name(candidate);
    if (name.size() > 200 || wrong.size() > 200) continue;
    if (const std::size_t distance = edit_distance(wrong, name); distance < least) {
      least = distance;
      best = std::string(name);
    }
  }
  return best.empty() ? "" : "; did you mean '" + best + "'?";
}

}  // namespace zeroskew::detail
