#include "model.hpp"

#include <algorithm>
#include <utility>

#include "json_text.hpp"

namespace server {
namespace {

using zeroskew::Field;
using zeroskew::Policy;

std::vector<Field> columns_of(const Policy& policy) {
  std::vector<Field> columns;
  for (const Field& field : policy.pipeline().inputs()) {
    columns.push_back({field.name, field.type, {}});
  }
  const auto known = [&](const std::string& name) {
    return std::any_of(columns.begin(), columns.end(),
                       [&](const Field& column) { return column.name == name; });
  };
  for (const std::string& name : policy.baseline().columns()) {
    const zeroskew::Type& type = policy.baseline().column(name).type();
    const bool flat = type.kind != zeroskew::Kind::list && type.kind != zeroskew::Kind::structure;
    if (flat && !known(name)) columns.push_back({name, type, {}});
  }
  return columns;
}

std::vector<std::string> names_of(const std::vector<Field>& columns) {
  std::vector<std::string> names;
  for (const Field& column : columns) names.push_back(column.name);
  return names;
}

// In the baseline's types, where it has them, so that the two can be compared and added up.
std::vector<Field> fields_of(const Policy& policy, std::vector<Field> columns) {
  for (Field& column : columns) {
    const zeroskew::ColumnProfile* seen = policy.baseline().find(column.name);
    if (seen != nullptr) column.type = seen->type();
  }
  return columns;
}

std::vector<Model::Output> outputs_of(const zeroskew::Plan& plan) {
  std::vector<Model::Output> outputs;
  for (const Field& field : plan.outputs()) {
    Model::Output output;
    output.name = field.name;
    append_json(output.member, std::string_view(field.name));
    output.member += ':';
    output.passes = field.type.kind == zeroskew::Kind::null;
    const auto& inputs = plan.inputs();
    output.source = static_cast<std::size_t>(std::find(inputs.begin(), inputs.end(), field.name) -
                                             inputs.begin());
    output.passes = output.passes && output.source < inputs.size();
    outputs.push_back(std::move(output));
  }
  return outputs;
}

}  // namespace

Model::Model(Policy given)
    : policy(std::move(given)),
      columns(columns_of(policy)),
      plan(policy.plan(names_of(columns))),
      outputs(outputs_of(plan)),
      monitor(policy.monitor()),
      traffic(fields_of(policy, columns)),
      breaker(policy.fallback()) {
  for (std::size_t i = 0; i < columns.size(); ++i) places_[columns[i].name] = i;
}

std::shared_ptr<const Findings> Model::findings() const {
  const std::lock_guard lock(mutex_);
  return findings_;
}

void Model::set_findings(Findings found) {
  auto made = std::make_shared<const Findings>(std::move(found));
  const std::lock_guard lock(mutex_);
  findings_ = std::move(made);
}

}  // namespace server
