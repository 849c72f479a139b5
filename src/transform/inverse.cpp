// The way back through a pipeline, and what it drew for a row.

#include <algorithm>

#include "transform/load.hpp"
#include "transform/program.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/fitted_pipeline.hpp"

namespace zeroskew {
namespace {

[[noreturn]] void no_inverse(const FittedStep& step, const std::string& why) {
  fail_value("transform.no_inverse", step.step.name(),
             "what it makes of '" + step.inputs[0].name + "' has no way back" + why);
}

// The step backwards; nothing where its input is still there or nothing was done to it.
std::vector<FittedStep> backwards(const FittedStep& step) {
  const Prepared& prepared = step.prepared;
  const StepInfo& info = step.step.info();
  if (info.role == StepRole::augmenting) {
    if (flag_of(step.step.settings(), "always")) no_inverse(step, ": it is random");
    return {};
  }
  if (prepared.keeps_inputs || info.name == "impute") return {};
  if (!prepared.operation) {
    std::vector<std::string> from;
    std::vector<std::string> to;
    std::vector<Field> fields;
    for (std::size_t i = 0; i < prepared.outputs.size(); ++i) {
      if (prepared.outputs[i].name == step.inputs[i].name) continue;
      from.push_back(prepared.outputs[i].name);
      to.push_back(step.inputs[i].name);
      fields.push_back(prepared.outputs[i]);
    }
    if (from.empty()) return {};
    return {FittedStep{Step("rename", from, {{"to", to}}), fields, {}, {}, 0, {}, {}}};
  }
  if (info.inverse == nullptr) no_inverse(step, "");
  if (!step.reads.empty()) no_inverse(step, " that depends on other columns");
  FittedStep back = step;
  back.inputs = prepared.outputs;
  back.prepared = info.inverse(step.inputs, step.step.settings(), step.learned);
  return {std::move(back)};
}

}  // namespace

Batch FittedPipeline::inverse_transform(const Batch& data) const {
  std::vector<FittedStep> steps;
  std::vector<Field> inputs;
  std::vector<std::string> made;
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    for (FittedStep& back : backwards(*step)) {
      for (const Field& field : back.inputs) {
        const bool known = std::find(made.begin(), made.end(), field.name) != made.end() ||
                           std::any_of(inputs.begin(), inputs.end(), [&](const Field& input) {
                             return input.name == field.name;
                           });
        if (!known) inputs.push_back(field);
      }
      if (back.prepared.operation) {
        for (const Field& field : back.prepared.outputs) made.push_back(field.name);
      } else {
        for (const std::string& name :
             std::get<std::vector<std::string>>(back.step.settings().at("to"))) {
          made.push_back(name);
        }
      }
      steps.push_back(std::move(back));
    }
  }
  return FittedPipeline(std::move(inputs), std::move(steps), seed_).transform(data);
}

std::vector<Draw> FittedPipeline::replay(const Row& row, std::uint64_t key, std::uint64_t epoch,
                                         bool training) const {
  std::vector<std::string> names;
  for (const auto& [name, value] : row) names.push_back(name);
  const Program program(*this, names);
  Block block = program.block(1);
  block.start(1);
  for (const Program::Input& input : program.inputs()) {
    load_cell(RowCell(row[input.source].second), input.field, block, input.slot);
  }
  std::vector<Draw> draws;
  program.replay(block, &key, epoch, training, draws);
  return draws;
}

}  // namespace zeroskew
