#pragma once
/// Settings from and to Python, for the steps on tables and on images.

#include <string>
#include <vector>

#include "casters.hpp"
#include "zeroskew/transform/setting.hpp"

namespace zeroskew::python {

[[nodiscard]] Settings settings_from(const py::dict& named);
[[nodiscard]] py::dict to_dict(const Settings& settings);
/// What the registry says of parameters.
[[nodiscard]] py::list parameters_to_list(const std::vector<Parameter>& parameters);

}  // namespace zeroskew::python
