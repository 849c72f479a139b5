#include "zeroskew/drift/epps_singleton.hpp"

#include "drift/golden.hpp"

TEST_CASE("Epps-Singleton agrees with scipy over sizes and ties", "[drift][epps_singleton]") {
  for (const auto& entry : drift_golden::load("two_samples")) {
    const auto x = drift_golden::reference(entry);
    const auto y = drift_golden::current(entry);
    // On five distinct values the covariance is nearly singular: its inverse is good to 1e-8.
    const double tolerance = entry["ties"] == 2500 ? 1e-7 : 1e-9;
    drift_golden::check_test(entry, "epps_singleton", zeroskew::epps_singleton(x, y), tolerance);
  }
}
