#include "zeroskew/drift/ks.hpp"

#include "drift/golden.hpp"

TEST_CASE("Kolmogorov-Smirnov agrees with scipy over sizes, ties and methods", "[drift][ks]") {
  zeroskew::MeasureOptions exact;
  exact.method = "exact";
  zeroskew::MeasureOptions asymptotic;
  asymptotic.method = "asymptotic";
  for (const auto& entry : drift_golden::load("two_samples")) {
    const auto x = drift_golden::reference(entry);
    const auto y = drift_golden::current(entry);
    drift_golden::check_test(entry, "ks", zeroskew::ks_2samp(x, y));
    drift_golden::check_test(entry, "ks_exact", zeroskew::ks_2samp(x, y, exact));
    drift_golden::check_test(entry, "ks_asymptotic", zeroskew::ks_2samp(x, y, asymptotic));
  }
}
