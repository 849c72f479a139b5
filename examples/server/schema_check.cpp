#include "schema_check.hpp"

#include <algorithm>
#include <string_view>

#include <zeroskew/schema/validate.hpp>

namespace server {
namespace {

bool is_served(const zeroskew::Path& path, const Model& model, const zeroskew::Profile& seen) {
  if (path.step.size() != 1) return false;
  const std::string& name = path.step.front();
  const auto& inputs = model.policy.pipeline().inputs();
  if (std::any_of(inputs.begin(), inputs.end(),
                  [&](const zeroskew::Field& input) { return input.name == name; })) {
    return true;
  }
  const zeroskew::ColumnProfile* column = seen.find(name);
  return column != nullptr && column->count() > 0;
}

}  // namespace

std::vector<SchemaAnomaly> check_schema(Model& model) {
  const zeroskew::Schema& schema = model.policy.schema();
  if (schema.features.empty()) return {};
  zeroskew::ValidateOptions options;
  constexpr std::string_view serving = "SERVING";
  const auto& environments = schema.default_environment;
  if (std::find(environments.begin(), environments.end(), serving) != environments.end()) {
    options.environment = serving;
  }
  const zeroskew::Profile seen = model.traffic.profile();
  std::vector<SchemaAnomaly> found;
  for (const zeroskew::Anomaly& anomaly : zeroskew::validate(seen, schema, options)) {
    if (anomaly.severity != zeroskew::Severity::error || !is_served(anomaly.path, model, seen)) {
      continue;
    }
    found.push_back(
        {anomaly.path.step.front(), std::string(to_string(anomaly.type)), anomaly.message});
  }
  return found;
}

}  // namespace server
