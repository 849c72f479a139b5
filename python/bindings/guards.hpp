#pragma once
/// Guards and parameters of measures, as Python writes them.

#include <map>
#include <string>

#include "casters.hpp"
#include "zeroskew/policy/guard.hpp"

namespace zeroskew::python {

using MeasureParameters = std::map<std::string, Value>;

[[nodiscard]] MeasureParameters parameters_from(const py::object& object);
[[nodiscard]] py::dict parameters_to_dict(const MeasureParameters& parameters);

/// (measure, limit, action, column, parameters); a guard of what is served has no column.
[[nodiscard]] Guard guard_from(const py::tuple& tuple);
[[nodiscard]] py::tuple guard_to_tuple(const Guard& guard);

void register_budgets(py::module_& module);

}  // namespace zeroskew::python
