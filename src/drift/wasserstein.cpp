#include "zeroskew/drift/wasserstein.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "drift/distance_functions.hpp"
#include "drift/null_law.hpp"
#include "drift/outcome.hpp"

namespace zeroskew {
namespace {

constexpr const char* wasserstein_name = "wasserstein";

// The integral of |d| where d runs straight from `from` to `to`.
double area(double from, double to, double width) {
  if (from * to >= 0.0) return 0.5 * width * (std::fabs(from) + std::fabs(to));
  return 0.5 * width * (from * from + to * to) / (std::fabs(from) + std::fabs(to));
}

detail::Bounded area_between(const Distribution& a, const Distribution& b) {
  detail::Sum value;
  detail::Sum lo;
  detail::Sum hi;
  const bool exact = a.exact && b.exact;
  bool begun = false;
  detail::Step last;
  detail::sweep(a, b, [&](const detail::Step& step) {
    if (begun) {
      const double width = step.x - last.x;
      value.add(area(last.a - last.b, step.left_a - step.left_b, width));
      if (!exact) {
        lo.add(width * std::max({0.0, last.lo_a - last.hi_b, last.lo_b - last.hi_a}));
        hi.add(width * std::max(last.hi_a - last.lo_b, last.hi_b - last.lo_a));
      }
    }
    begun = true;
    last = step;
  });
  if (exact) return {value.value(), value.value(), value.value()};
  return {value.value(), lo.value(), hi.value()};
}

// The population's standard deviation with every cell's mass in its middle. The truth is within the
// root mean square of half the widths.
detail::Bounded deviation_of(const Distribution& side) {
  const double n = side.total();
  detail::Sum sum;
  const auto middle = [](const Cell& cell) { return cell.lo + 0.5 * (cell.hi - cell.lo); };
  for (const auto& cell : side.cells) sum.add(middle(cell) * cell.mass);
  const double mean = sum.value() / n;
  detail::Sum squares;
  detail::Sum rest;
  detail::Sum widths;
  for (const auto& cell : side.cells) {
    const double gap = middle(cell) - mean;
    const double half = 0.5 * (cell.hi - cell.lo);
    squares.add(gap * gap * cell.mass);
    rest.add(gap * cell.mass);
    widths.add(half * half * cell.mass);
  }
  const double correction = rest.value() / n;
  const double value = std::sqrt(std::max(0.0, squares.value() / n - correction * correction));
  const double error = std::sqrt(widths.value() / n);
  return {value, std::max(0.0, value - error), value + error};
}

// The smallest value with at least a share q at or below it.
detail::Bounded quantile_of(const Distribution& side, double q) {
  const double wanted = q * side.total();
  double below = 0.0;
  for (const auto& cell : side.cells) {
    if (below + cell.mass >= wanted) {
      const double share = cell.mass > 0.0 ? (wanted - below) / cell.mass : 0.0;
      return {cell.lo + share * (cell.hi - cell.lo), cell.lo, cell.hi};
    }
    below += cell.mass;
  }
  const auto& last = side.cells.back();
  return {last.hi, last.lo, last.hi};
}

detail::Bounded range_of(const Distribution& side) {
  const auto low = quantile_of(side, 0.25);
  const auto high = quantile_of(side, 0.75);
  return {high.value - low.value, std::max(0.0, high.lo - low.hi), high.hi - low.lo};
}

}  // namespace

MeasureResult wasserstein(const Distribution& reference, const Distribution& current,
                          const MeasureOptions& options) {
  detail::check_options(wasserstein_name, options);
  const auto& definition = options.definition;
  if (!definition.empty() && definition != "evidently" && definition != "nannyml") {
    detail::fail_option(wasserstein_name, "definition", definition, "'', 'evidently' or 'nannyml'");
  }
  std::string scale = options.scale;
  if (definition == "evidently") scale = "std";
  if (definition == "nannyml") scale = "raw";
  if (scale != "raw" && scale != "std" && scale != "iqr") {
    detail::fail_option(wasserstein_name, "scale", scale, "raw, std or iqr");
  }
  if (auto reason = detail::why_not_numbers(reference, current); !reason.empty()) {
    return detail::cannot(wasserstein_name, options, std::move(reason));
  }
  for (const auto* side : {&reference, &current}) {
    if (side->negative_infinity > 0.0 || side->positive_infinity > 0.0) {
      return detail::cannot(wasserstein_name, options,
                            "cannot compare, because infinite values are infinitely far away");
    }
  }
  auto distance = area_between(reference, current);
  if (!std::isfinite(distance.value) || !std::isfinite(distance.hi)) {
    return detail::cannot(wasserstein_name, options,
                          "cannot compare, because the distance overflows");
  }
  detail::Bounded unit{1.0, 1.0, 1.0};
  std::string how = "in the column's unit";
  if (scale != "raw") {
    unit = scale == "std" ? deviation_of(reference) : range_of(reference);
    how = scale == "std" ? "by the reference's standard deviation"
                         : "by the reference's interquartile range";
    if (definition == "evidently") {
      for (auto* value : {&unit.value, &unit.lo, &unit.hi}) *value = std::max(*value, 0.001);
      how += ", at least 0.001";
    }
    if (!(unit.value > 0.0)) {
      return detail::cannot(wasserstein_name, options,
                            "cannot compare, because the reference does not vary");
    }
  }
  const double noise = 1.0 / reference.total() + 1.0 / current.total();
  const double threshold = definition == "evidently"
                               ? 0.1
                               : detail::wasserstein_quantile(detail::levels_of(reference, current),
                                                              noise, options.alpha) /
                                     unit.value;
  const double hi = unit.lo > 0.0 ? distance.hi / unit.lo : std::numeric_limits<double>::infinity();
  return detail::distance_result(wasserstein_name, options, distance.value / unit.value,
                                 distance.lo / unit.hi, hi, threshold, "Wasserstein-1, " + how);
}

}  // namespace zeroskew
