#pragma once
// The parts of the schema room that are about rows and rules.

#include <pybind11/pybind11.h>

namespace zeroskew::python {

void register_rows(pybind11::module_& module);
void register_rules(pybind11::module_& module);

}  // namespace zeroskew::python
