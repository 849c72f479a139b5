#include "zeroskew/drift/welch_t.hpp"

#include "drift/golden.hpp"

TEST_CASE("Welch's t agrees with scipy over sizes and ties", "[drift][welch_t]") {
  for (const auto& entry : drift_golden::load("two_samples")) {
    const auto x = drift_golden::reference(entry);
    const auto y = drift_golden::current(entry);
    drift_golden::check_test(entry, "welch_t", zeroskew::welch_t(x, y));
  }
}
