#pragma once
/// One function a room: each adds its classes to the module's submodule of that name.

#include <pybind11/pybind11.h>

namespace zeroskew::python {

namespace py = pybind11;

void register_errors();
void register_column(py::module_& module);
void register_stats(py::module_& module);
void register_schema(py::module_& module);
void register_statistics(py::module_& module);
void register_drift(py::module_& module);
void register_points(py::module_& module);
void register_shift(py::module_& module);
void register_monitor(py::module_& module);
void register_transform(py::module_& module);
void register_row(py::module_& module);
void register_image(py::module_& module);
void register_events(py::module_& module);
void register_function(py::module_& module);
void register_policy(py::module_& module);

}  // namespace zeroskew::python
