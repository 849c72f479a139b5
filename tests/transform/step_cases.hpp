#pragma once
// Settings of every step, for tests that walk the registry.

#include <map>
#include <string>
#include <vector>

#include "transform/tables.hpp"
#include "zeroskew/transform/step.hpp"

namespace transform_test {

// At least one of each step, on columns of `fields()`; a step without an entry fails the tests.
[[nodiscard]] std::map<std::string, std::vector<zeroskew::Step>> step_cases();

}  // namespace transform_test
