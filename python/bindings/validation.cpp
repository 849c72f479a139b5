#include "validation.hpp"

#include "casters.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::python {
AnomalyType type_named(const std::string& name) {
  const auto type = anomaly_type(name);
  if (!type) {
    throw Error(ErrorKind::key, "schema.unknown_anomaly_type", name, "there is no such type");
  }
  return *type;
}

Severity severity_named(const std::string& name) {
  for (const Severity severity : {Severity::unknown, Severity::warning, Severity::error}) {
    if (to_string(severity) == name) return severity;
  }
  throw Error(ErrorKind::value, "schema.unknown_severity", name,
              "severities are ERROR, WARNING and UNKNOWN");
}

std::optional<std::string> text_of(const std::optional<py::str>& text) {
  return text ? std::optional(from_str(*text)) : std::nullopt;
}

ValidateOptions options_of(const std::optional<py::str>& environment, std::size_t max_categories,
                           const Severities& severities) {
  ValidateOptions options;
  options.environment = text_of(environment);
  options.max_categories = max_categories;
  for (const auto& [type, severity] : severities) {
    options.severities.emplace_back(type_named(type), severity_named(severity));
  }
  return options;
}

}  // namespace zeroskew::python
