#include "zeroskew/drift/mix_shift.hpp"

#include <algorithm>
#include <cmath>

#include "drift/sum.hpp"
#include "zeroskew/drift/chi_square.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {

MixShift mix_shift(std::span<const SliceMeans> slices, double alpha) {
  MixShift result;
  detail::Sum n_sum;
  detail::Sum m_sum;
  detail::Sum before;
  detail::Sum after;
  std::vector<double> a;
  std::vector<double> b;
  for (const SliceMeans& slice : slices) {
    for (const double rows : {slice.reference_rows, slice.current_rows}) {
      if (!(rows >= 0.0) || !std::isfinite(rows)) {
        fail_value("drift.count", slice.name, "rows are a finite number, not negative");
      }
    }
    if ((slice.reference_rows > 0.0 && !std::isfinite(slice.reference_mean)) ||
        (slice.current_rows > 0.0 && !std::isfinite(slice.current_mean))) {
      fail_value("drift.not_finite", slice.name, "the mean is not finite");
    }
    n_sum.add(slice.reference_rows);
    m_sum.add(slice.current_rows);
    if (slice.reference_rows > 0.0) before.add(slice.reference_rows * slice.reference_mean);
    if (slice.current_rows > 0.0) after.add(slice.current_rows * slice.current_mean);
    a.push_back(slice.reference_rows);
    b.push_back(slice.current_rows);
  }
  const double n = n_sum.value();
  const double m = m_sum.value();
  MeasureOptions options;
  options.alpha = alpha;
  result.shares = chi2_2samp(a, b, options);
  if (!(n > 0.0) || !(m > 0.0)) {
    result.reason = std::string("cannot compare, because the ") +
                    (n > 0.0 ? "current" : "reference") + " side has no rows";
    return result;
  }
  result.reference_mean = before.value() / n;
  result.current_mean = after.value() / m;
  const double middle = 0.5 * (result.reference_mean + result.current_mean);
  detail::Sum mix;
  detail::Sum within;
  for (const SliceMeans& slice : slices) {
    SliceShift shift;
    shift.name = slice.name;
    shift.reference_share = slice.reference_rows / n;
    shift.current_share = slice.current_rows / m;
    const bool in_a = slice.reference_rows > 0.0;
    const bool in_b = slice.current_rows > 0.0;
    if (!in_a && !in_b) continue;
    const double mean_a = in_a ? slice.reference_mean : slice.current_mean;
    const double mean_b = in_b ? slice.current_mean : slice.reference_mean;
    shift.mix = (shift.current_share - shift.reference_share) * (0.5 * (mean_a + mean_b) - middle);
    shift.within = 0.5 * (shift.reference_share + shift.current_share) * (mean_b - mean_a);
    mix.add(shift.mix);
    within.add(shift.within);
    result.slices.push_back(std::move(shift));
  }
  result.mix = mix.value();
  result.within = within.value();
  std::stable_sort(
      result.slices.begin(), result.slices.end(), [](const SliceShift& x, const SliceShift& y) {
        return std::fabs(x.mix) + std::fabs(x.within) > std::fabs(y.mix) + std::fabs(y.within);
      });
  return result;
}

}  // namespace zeroskew
