#include "zeroskew/drift/cvm.hpp"

#include "drift/golden.hpp"

TEST_CASE("Cramer-von Mises agrees with scipy over sizes, ties and methods", "[drift][cvm]") {
  zeroskew::MeasureOptions exact;
  exact.method = "exact";
  zeroskew::MeasureOptions asymptotic;
  asymptotic.method = "asymptotic";
  for (const auto& entry : drift_golden::load("two_samples")) {
    const auto x = drift_golden::reference(entry);
    const auto y = drift_golden::current(entry);
    drift_golden::check_test(entry, "cvm", zeroskew::cvm_2samp(x, y));
    drift_golden::check_test(entry, "cvm_exact", zeroskew::cvm_2samp(x, y, exact));
    drift_golden::check_test(entry, "cvm_asymptotic", zeroskew::cvm_2samp(x, y, asymptotic));
  }
}
