#include "transform/program.hpp"

#include "transform/draws.hpp"
#include "transform/table.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {

Slot Program::new_slot(const Type& type) {
  const Storage storage = storage_of(type.kind);
  std::uint32_t& place = storage == Storage::text ? shape_.texts : shape_.words;
  return {storage, type.is_unsigned, place++, shape_.columns++};
}

Program::Program(const FittedPipeline& pipeline, const std::vector<std::string>& names)
    : seed_(pipeline.seed()) {
  TableColumns table;
  for (std::size_t i = 0; i < names.size(); ++i) table.columns.push_back({names[i], {}, i, {}});
  for (const Field& field : pipeline.inputs()) {
    const auto position = table.find(field.name);
    if (!position) {
      fail_key("transform.missing_column", field.name,
               "the pipeline was fitted with this column of type " + to_string(field.type) +
                   ", and the data do not have it" + detail::suggestion(field.name, names));
    }
    table.columns[*position].type = field.type;
  }
  for (const FittedStep& step : pipeline.steps()) {
    const Prepared& prepared = step.prepared;
    const std::string& where = step.step.name();
    std::vector<TableColumn> outputs;
    Call call;
    for (const Field& input : step.inputs) {
      const auto position = table.find(input.name);
      const bool drops = !prepared.operation && prepared.outputs.empty();
      if (!position && !drops) {
        fail_value("transform.malformed", where,
                   "there is no column '" + input.name + "' for this step");
      }
      if (!prepared.operation) continue;
      TableColumn& column = table.columns[*position];
      if (column.type != input.type) {
        fail_value("transform.malformed", where,
                   "column '" + input.name + "' is " + to_string(column.type) +
                       " here, and the step was made for " + to_string(input.type));
      }
      if (!column.slot) {
        column.slot = new_slot(column.type);
        inputs_.push_back({*column.source, {column.name, column.type, {}}, *column.slot});
      }
      call.in.push_back(*column.slot);
    }
    for (std::size_t i = 0; i < prepared.outputs.size(); ++i) {
      const Field& field = prepared.outputs[i];
      TableColumn column{field.name, field.type, {}, {}};
      if (!prepared.operation) {
        const TableColumn& same = table.columns[*table.find(step.inputs[i].name)];
        column.source = same.source;
        column.slot = same.slot;
      } else {
        // A column that keeps its name and its form is written where it is.
        for (std::size_t k = 0; k < step.inputs.size(); ++k) {
          if (step.inputs[k].name == field.name &&
              call.in[k].storage == storage_of(field.type.kind)) {
            column.slot = call.in[k];
            column.slot->is_unsigned = field.type.is_unsigned;
          }
        }
        if (!column.slot) column.slot = new_slot(field.type);
        call.out.push_back(*column.slot);
      }
      outputs.push_back(std::move(column));
    }
    table.replace(step.inputs, prepared, std::move(outputs), where);
    if (!prepared.operation) continue;
    call.operation = prepared.operation;
    call.stream = step.stream;
    call.augmenting = step.step.info().role == StepRole::augmenting;
    if (call.augmenting) {
      call.p = number_of(step.step.settings(), "p");
      call.always = flag_of(step.step.settings(), "always");
    }
    calls_.push_back(std::move(call));
  }
  for (const TableColumn& column : table.columns) {
    const bool untouched = column.source.has_value();
    outputs_.push_back({untouched, column.source.value_or(0), column.slot.value_or(Slot{})});
    fields_.push_back({column.name, column.type, {}});
  }
  gate_.column = shape_.columns++;
}

void Program::run(Block& block, const std::uint64_t* keys, std::uint64_t epoch,
                  bool training) const {
  RowContext rows{keys, seed_, epoch, 0, true, nullptr};
  for (const Call& call : calls_) {
    rows.stream = call.stream;
    rows.active = !call.augmenting || call.always || training;
    rows.acts = nullptr;
    if (call.augmenting && rows.active && call.p < 1.0) {
      std::uint8_t* acts = block.valid(gate_);
      draw_gate(rows, call.p, block.rows(), acts);
      rows.acts = acts;
    }
    call.operation->apply(block, call.in, call.out, rows);
  }
}

}  // namespace zeroskew
