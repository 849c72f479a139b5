#include "zeroskew/drift/mann_whitney.hpp"

#include "drift/golden.hpp"

TEST_CASE("Mann-Whitney agrees with scipy over sizes, ties and methods", "[drift][mann_whitney]") {
  zeroskew::MeasureOptions exact;
  exact.method = "exact";
  zeroskew::MeasureOptions asymptotic;
  asymptotic.method = "asymptotic";
  for (const auto& entry : drift_golden::load("two_samples")) {
    const auto x = drift_golden::reference(entry);
    const auto y = drift_golden::current(entry);
    drift_golden::check_test(entry, "mann_whitney", zeroskew::mann_whitney(x, y));
    drift_golden::check_test(entry, "mann_whitney_exact", zeroskew::mann_whitney(x, y, exact));
    drift_golden::check_test(entry, "mann_whitney_asymptotic",
                             zeroskew::mann_whitney(x, y, asymptotic));
  }
}
