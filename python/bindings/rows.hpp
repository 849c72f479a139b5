#pragma once
// The rows' half of the schema room.

#include <pybind11/pybind11.h>

namespace zeroskew::python {

void register_rows(pybind11::module_& module);

}  // namespace zeroskew::python
