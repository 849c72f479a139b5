#pragma once
// The rows' half of the schema room.

#include <string>

#include "casters.hpp"
#include "zeroskew/schema/anomaly.hpp"

namespace zeroskew::python {

// By the published names. @throws Error schema.unknown_anomaly_type, schema.unknown_severity
AnomalyType type_named(const std::string& name);
Severity severity_named(const std::string& name);

void register_rows(py::module_& module);

}  // namespace zeroskew::python
