#pragma once
// The laws behind the Kolmogorov-Smirnov tests.

#include <cstdint>

namespace zeroskew::detail {

// P(D_n >= x), the two-sided one-sample statistic of n values. Durbin's matrix (Marsaglia, Tsang,
// Wang 2003), Smirnov's one-sided sum and Pelz and Good (1976), each where Simard and L'Ecuyer
// (2011) found it exact to about 1e-10 or better.
[[nodiscard]] double kolmogorov_one_sample_sf(std::int64_t n, double x);

// P(D >= d) for two samples without ties, where d = gap / (n*m): the share of lattice paths from
// (0, 0) to (n, m) that touch |i*m - j*n| >= gap (Hodges 1958). About n*m steps.
[[nodiscard]] double kolmogorov_two_sample_sf(std::int64_t n, std::int64_t m, std::int64_t gap);

// The x with K(x) = 1 - alpha for Kolmogorov's limit law.
[[nodiscard]] double kolmogorov_quantile(double alpha);

}  // namespace zeroskew::detail
