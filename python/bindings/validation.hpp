#pragma once
/// Options of validation, from Python's plain values.

#include <pybind11/pybind11.h>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "zeroskew/schema/validate.hpp"

namespace zeroskew::python {

namespace py = pybind11;

using Severities = std::vector<std::pair<std::string, std::string>>;

[[nodiscard]] std::optional<std::string> text_of(const std::optional<py::str>& text);
/// By the published names. @throws Error schema.unknown_anomaly_type, schema.unknown_severity
[[nodiscard]] AnomalyType type_named(const std::string& name);
[[nodiscard]] Severity severity_named(const std::string& name);
/// @throws as these
[[nodiscard]] ValidateOptions options_of(const std::optional<py::str>& environment,
                                         std::size_t max_categories,
                                         const Severities& severities = {});

}  // namespace zeroskew::python
