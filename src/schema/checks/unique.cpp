// How many different values there are.

#include <cmath>

#include "schema/checks/check.hpp"
#include "schema/checks/numbers.hpp"

namespace zeroskew::detail {

void check_unique(FeatureCheck& c) {
  if (!c.feature.unique_constraints) return;
  auto& bounds = *c.feature.unique_constraints;
  if (!c.data.unique) {
    c.report(AnomalyType::feature_type_no_unique, "Different values were not counted",
             "unique_constraints need a number of different values, but for this kind of data there"
             " is none.",
             [&] { c.feature.unique_constraints.reset(); });
    return;
  }
  // An estimate is a fault only when it certainly is one.
  const Estimate& found = *c.data.unique;
  const std::string number = (found.exact ? "" : "about ") + count_text(std::floor(found.value));
  if (bounds.min && found.hi < static_cast<double>(*bounds.min)) {
    c.report(AnomalyType::feature_type_low_unique, "Too few different values",
             "Expected at least " + std::to_string(*bounds.min) + " different values, found " +
                 number + ".",
             [&] { bounds.min = whole_number(std::floor(found.value)); });
  }
  if (bounds.max && found.lo > static_cast<double>(*bounds.max)) {
    c.report(AnomalyType::feature_type_high_unique, "Too many different values",
             "Expected at most " + std::to_string(*bounds.max) + " different values, found " +
                 number + ".",
             [&] { bounds.max = whole_number(std::ceil(found.value)); });
  }
}

}  // namespace zeroskew::detail
