#include "transform/program.hpp"

#include <cstring>

#include "transform/draws.hpp"
#include "transform/steps/common.hpp"
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
  const auto streams = group_streams(pipeline.steps());
  const auto slot_of = [&](TableColumn& column) {
    if (!column.slot) {
      column.slot = new_slot(column.type);
      inputs_.push_back({*column.source, {column.name, column.type, {}}, *column.slot});
    }
    return *column.slot;
  };
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
      call.in.push_back(slot_of(column));
      call.columns.push_back(input.name);
    }
    std::vector<Slot> reads;
    for (const Field& field : step.reads) {
      const auto position = table.find(field.name);
      if (!position || table.columns[*position].type != field.type) {
        fail_value("transform.malformed", where,
                   "there is no column '" + field.name + "' for its condition");
      }
      reads.push_back(slot_of(table.columns[*position]));
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
    call.gate = Gate(step, reads, streams);
    if (is_set(step.step.settings(), "by")) {
      for (std::size_t i = 0; i < reads.size(); ++i) {
        if (step.reads[i].name == text_of(step.step.settings(), "by")) call.in.push_back(reads[i]);
      }
    }
    call.step = where;
    call.in_place = !prepared.outputs.empty() && prepared.outputs[0].name == step.inputs[0].name;
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

void Program::run(Block& block, const std::uint64_t* keys, std::uint64_t epoch, bool training,
                  std::vector<Draw>* draws) const {
  RowContext rows{keys, seed_, epoch, 0, true, training, nullptr};
  for (const Call& call : calls_) {
    rows.stream = call.stream;
    rows.active = !call.augmenting || call.always || training;
    rows.acts = nullptr;
    if (rows.active && (call.p < 1.0 || !call.gate.empty())) {
      std::uint8_t* acts = block.valid(gate_);
      if (call.p < 1.0) {
        draw_gate(rows, call.p, block.rows(), acts);
      } else {
        std::memset(acts, 1, block.rows());
      }
      call.gate.restrict(block, rows, acts);
      rows.acts = acts;
    }
    if (draws != nullptr && call.augmenting) {
      Draw draw{
          call.step, call.columns, rows.active && (rows.acts == nullptr || rows.acts[0] != 0), {}};
      if (draw.acted) call.operation->drawn(rows, 0, draw.values);
      draws->push_back(std::move(draw));
    }
    if (call.augmenting || rows.acts == nullptr) {
      call.operation->apply(block, call.in, call.out, rows);
    } else {
      run_where(call, block, rows, rows.acts);
    }
  }
}

// Rows where the condition fails keep their cell; it is missing where the type changes or the
// column is a new one.
void Program::run_where(const Call& call, Block& block, const RowContext& rows,
                        const std::uint8_t* acts) const {
  const Slot in = call.in[0];
  const Slot out = call.out[0];
  const std::size_t count = block.rows();
  for (std::size_t first = 0; first < count;) {
    std::size_t last = first + 1;
    while (last < count && (acts[last] != 0) == (acts[first] != 0)) ++last;
    block.show(first, last - first);
    if (acts[first] != 0) {
      RowContext part = rows;
      part.keys += first;
      part.acts = nullptr;
      call.operation->apply(block, call.in, call.out, part);
    } else if (call.in_place && in.storage == out.storage) {
      steps::copy_cells(block, in, out);
    } else if (call.in_place && in.storage == Storage::integer && out.storage == Storage::number) {
      steps::as_numbers(block, in, out);
    } else {
      std::memset(block.valid(out), 0, block.rows());
      if (out.storage == Storage::text) {
        std::fill_n(block.texts(out), block.rows(), std::string_view());
      } else {
        std::memset(block.integers(out), 0, block.rows() * 8);
      }
    }
    block.show(0, count);
    first = last;
  }
}

}  // namespace zeroskew
