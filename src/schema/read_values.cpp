#include "schema/read_values.hpp"

#include <algorithm>
#include <set>

namespace zeroskew::detail {

std::optional<Distribution> ReadValues::histogram(JensenShannonDivergence::Source source) const {
  return source == JensenShannonDivergence::Source::quantiles ? quantiles : equal_width;
}

Estimate ReadValues::mass_of(std::span<const std::string> wanted) const {
  if (!names) return {count, 0.0, count, false};
  // Each name once, as the labels are.
  const std::set<std::string_view> known(wanted.begin(), wanted.end());
  double outside = 0.0;
  for (const Label& label : names->labels) {
    if (!known.contains(label.name)) outside += label.mass;
  }
  // What the tool did not list may be any of them.
  const double most = std::max(0.0, count - outside);
  const double least = std::max(0.0, most - names->unnamed);
  return {most, least, most, least == most};
}

std::optional<Bounds> ReadValues::inside(double lo, double hi) const {
  if (!quantiles) return std::nullopt;
  for (const Cell& cell : quantiles->cells) {
    if (cell.lo > lo && cell.hi < hi && cell.mass > 0.0) return Bounds{cell.lo, cell.hi};
  }
  return std::nullopt;
}

}  // namespace zeroskew::detail
