// Steps that learned anew for each value of a column.

#include "transform/gate.hpp"
#include "transform/json.hpp"
#include "transform/steps/categories.hpp"

namespace zeroskew {
namespace {

class Grouped final : public Operation {
 public:
  Grouped(steps::CategoryIndex index, std::vector<std::shared_ptr<const Operation>> operations,
          std::shared_ptr<const Operation> fallback)
      : index_(std::move(index)),
        operations_(std::move(operations)),
        fallback_(std::move(fallback)) {}

  // The last input is the column of the groups; rows that follow each other in one group go
  // together.
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext& rows) const override {
    const std::span<const Slot> own = in.first(in.size() - 1);
    const std::size_t count = block.rows();
    const std::size_t start = block.first();
    std::size_t first = 0;
    std::size_t last = 0;
    std::int64_t group = 0;
    const auto run = [&] {
      if (last == first) return;
      RowContext part = rows;
      part.keys += first;
      if (part.acts != nullptr) part.acts += first;
      block.show(start + first, last - first);
      (group >= 0 ? operations_[static_cast<std::size_t>(group)] : fallback_)
          ->apply(block, own, out, part);
      block.show(start, count);
      first = last;
    };
    // Looking ahead is safe: no operation writes its column of groups.
    index_.for_each(block, in.back(), [&](std::size_t row, std::int64_t category) {
      if (row > first && category != group) run();
      group = category;
      last = row + 1;
    });
    run();
  }

 private:
  steps::CategoryIndex index_;
  std::vector<std::shared_ptr<const Operation>> operations_;
  std::shared_ptr<const Operation> fallback_;
};

Settings learned_of(const StepInfo& info, const std::string& text) {
  const nlohmann::json object = parse_json(text);
  Settings learned;
  for (const Parameter& parameter : info.learned) {
    Parameter optional = parameter;
    optional.optional = true;
    if (object.is_object() && object.contains(parameter.name)) {
      learned[parameter.name] = setting_from_json(object.at(parameter.name), optional, info.name);
    } else if (!parameter.optional) {
      steps::malformed(info.name, "\"" + parameter.name + "\" was not learned for a group");
    }
  }
  return learned;
}

}  // namespace

Prepared prepare_step(const FittedStep& step) {
  const StepInfo& info = step.step.info();
  const Settings& settings = step.step.settings();
  Prepared prepared = info.prepare(step.inputs, settings, step.learned);
  if (!is_set(settings, "by") || !prepared.operation) return prepared;
  const auto by = std::find_if(step.reads.begin(), step.reads.end(), [&](const Field& field) {
    return field.name == text_of(settings, "by");
  });
  if (by == step.reads.end()) steps::malformed(info.name, "the column of by is not read");
  Settings groups;
  for (const char* form : {"texts", "integers"}) {
    const auto found = step.learned.find(std::string("by_") + form);
    if (found != step.learned.end()) groups[form] = found->second;
  }
  steps::CategoryIndex index(groups, *by, info.name);
  std::vector<std::string> texts;
  if (is_set(step.learned, "by_learned")) {
    texts = std::get<std::vector<std::string>>(step.learned.at("by_learned"));
  }
  if (texts.size() != index.size())
    steps::malformed(info.name, "groups and what they learned differ");
  std::vector<std::shared_ptr<const Operation>> operations;
  for (const std::string& text : texts) {
    Prepared own = info.prepare(step.inputs, settings, learned_of(info, text));
    if (own.outputs != prepared.outputs) {
      steps::malformed(info.name, "a group's column has another type than the others");
    }
    operations.push_back(std::move(own.operation));
  }
  prepared.operation = std::make_shared<const Grouped>(std::move(index), std::move(operations),
                                                       std::move(prepared.operation));
  return prepared;
}

}  // namespace zeroskew
