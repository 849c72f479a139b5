#include "zeroskew/drift/proportions.hpp"

#include "drift/golden.hpp"

TEST_CASE("the two-proportion z agrees with its formula in scipy", "[drift][proportions]") {
  for (const auto& entry : drift_golden::load("tables")) {
    if (!entry.contains("proportions_z")) continue;
    const std::vector<double> a = entry["a"];
    const std::vector<double> b = entry["b"];
    drift_golden::check_test(entry, "proportions_z", zeroskew::proportions_z(a, b));
  }
}
