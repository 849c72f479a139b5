// Run lengths against published tables, and against what the charts do on simulated streams.
#include "zeroskew/monitor/run_length.hpp"

#include <vector>

#include "support/catch.hpp"
#include "zeroskew/detail/hash.hpp"
#include "zeroskew/detail/math.hpp"
#include "zeroskew/monitor/cusum.hpp"
#include "zeroskew/monitor/ewma.hpp"
#include "zeroskew/monitor/page_hinkley.hpp"

using namespace zeroskew;

namespace {

// Values between alarms on a long stream of independent standard normals.
template <class Chart>
double mean_run_length(Chart chart, std::uint64_t alarms) {
  std::uint64_t found = 0;
  std::uint64_t i = 0;
  while (found < alarms) {
    const auto bits = detail::mix(i++);
    const double u = (static_cast<double>(bits >> 11) + 0.5) * 0x1p-53;
    if (chart.update(detail::math::normal_quantile(u))) ++found;
  }
  return static_cast<double>(i) / static_cast<double>(found);
}

}  // namespace

TEST_CASE("CUSUM run lengths are near the exact ones") {
  // Exact values: D. M. Hawkins, "A CUSUM for a scale parameter"; Montgomery, table 9.3.
  CHECK(cusum_run_length(5, 0.5, true) == Approx(465).epsilon(0.02));
  CHECK(cusum_run_length(4, 0.5, true) == Approx(168).epsilon(0.02));
  CHECK(cusum_run_length(4, 0.5, false) == Approx(336).epsilon(0.02));
  for (const double k : {0.0, 1e-7, 0.005, 0.25, 0.5, 1.0}) {
    for (const double target : {50.0, 370.0, 1e4, 1e7}) {
      const double h = cusum_threshold(target, k, true);
      INFO(k << " " << target);
      CHECK(cusum_run_length(h, k, true) == Approx(target).epsilon(1e-9));
    }
  }
  CHECK(cusum_threshold(0.1, 0.5, true) == 0.0);
}

TEST_CASE("EWMA run lengths are those of Lucas and Saccucci") {
  // Table 3 there: limits for a run length of 500.
  CHECK(ewma_run_length(1.0, 3.090) == Approx(500).epsilon(0.01));
  CHECK(ewma_run_length(0.75, 3.087) == Approx(500).epsilon(0.01));
  CHECK(ewma_run_length(0.50, 3.071) == Approx(500).epsilon(0.01));
  CHECK(ewma_run_length(0.25, 2.998) == Approx(500).epsilon(0.01));
  CHECK(ewma_run_length(0.10, 2.814) == Approx(500).epsilon(0.01));
  CHECK(ewma_run_length(0.05, 2.615) == Approx(500).epsilon(0.01));
  CHECK(ewma_run_length(0.03, 2.437) == Approx(500).epsilon(0.01));
  CHECK(ewma_limit(500, 0.25) == Approx(2.998).epsilon(1e-3));
}

TEST_CASE("charts run as long as they are told") {
  for (const Side side : {Side::both, Side::up, Side::down}) {
    Cusum::Parameters cusum;
    cusum.target_run_length = 800;
    cusum.burn_in = 0;
    cusum.side = side;
    CHECK(mean_run_length(Cusum(cusum), 1500) == Approx(800).epsilon(0.1));
    Ewma::Parameters ewma;
    ewma.target_run_length = 800;
    ewma.burn_in = 0;
    ewma.side = side;
    CHECK(mean_run_length(Ewma(ewma), 1500) == Approx(800).epsilon(0.1));
    // The formula knows the mean; Page-Hinkley estimates it, which makes early alarms likelier.
    PageHinkley::Parameters hinkley;
    hinkley.target_run_length = 800;
    hinkley.delta = 0.25;
    hinkley.side = side;
    CHECK(mean_run_length(PageHinkley(hinkley), 1500) == Approx(800).epsilon(0.25));
  }
}
