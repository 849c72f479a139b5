#pragma once
/// The quantile function of the normal distribution. After Wichura's Algorithm AS 241 (Applied
/// Statistics 37 (1988) 477), but the rational functions (interpolated at Chebyshev points,
/// relative error below 2^-54) give only what the leading term, kept in two doubles, leaves to say.

#include <cmath>

#include "zeroskew/detail/math_log.hpp"
#include "zeroskew/detail/math_quantile_table.hpp"

namespace zeroskew::detail::math {

/// x with P(Z <= x) = p for a standard normal Z, within 2.1 ulp; -inf at 0, inf at 1, NaN outside.
[[nodiscard]] inline double normal_quantile(double p) noexcept {
  using namespace quantile_table;
  if (!(p > 0.0 && p < 1.0)) return p == 0.0 ? -infinity : (p == 1.0 ? infinity : quiet_nan);
  const Pair q = two_sum(p, -0.5);
  if (magnitude(q.hi) <= 0.425) {  // x = q (sqrt(2 pi) + q^2 f(q^2))
    const double z = q.hi * q.hi;
    const double u = z - 0.180625;
    const double f = polynomial(centre_top, u) / polynomial(centre_bottom, u);
    const Pair head = two_product(q.hi, root_two_pi.hi);
    // the derivative, for the part of q that is lost to rounding, is a few times sqrt(2 pi)
    const double slope = root_two_pi.hi + 3.0 * z * f;
    return head.hi + (head.lo + (q.hi * (root_two_pi.lo + z * f) + q.lo * slope));
  }
  // x = sqrt(2) r + f(r) with r = sqrt(-log(p))
  const LogReduction a = reduce_log(q.hi < 0.0 ? p : 1.0 - p);
  const Pair logarithm = log_pair(a.z, 0.0, a.k, a.j);
  const double r = std::sqrt(-logarithm.hi);
  const Pair square = two_product(r, r);
  const double r_lo = ((-logarithm.hi - square.hi) - square.lo - logarithm.lo) / (2.0 * r);
  const double f = r <= 5.0 ? polynomial(tail_top, r - 1.6) / polynomial(tail_bottom, r - 1.6)
                            : polynomial(far_top, r - 5.0) / polynomial(far_bottom, r - 5.0);
  const Pair head = two_product(r, root_two.hi);
  const double x = head.hi + (f + (head.lo + (r * root_two.lo + r_lo * root_two.hi)));
  return q.hi < 0.0 ? -x : x;
}

}  // namespace zeroskew::detail::math
