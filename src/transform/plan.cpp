#include "zeroskew/transform/plan.hpp"

#include <limits>

#include "transform/load.hpp"
#include "transform/program.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

std::vector<std::string> names_of(const std::vector<Field>& fields) {
  std::vector<std::string> names;
  for (const Field& field : fields) names.push_back(field.name);
  return names;
}

// Every NaN is one cell.
RowCell read(Block& block, Slot slot, Kind kind) noexcept {
  RowCell cell = cell_of(block, slot, 0, kind);
  if (cell.form == RowCell::Form::number && cell.number != cell.number) {
    cell.number = std::numeric_limits<double>::quiet_NaN();
  }
  return cell;
}

}  // namespace

Plan::Plan(const FittedPipeline& pipeline) : Plan(pipeline, names_of(pipeline.inputs())) {}

Plan::Plan(const FittedPipeline& pipeline, std::vector<std::string> columns)
    : inputs_(std::move(columns)), program_(std::make_shared<const Program>(pipeline, inputs_)) {}

const std::vector<Field>& Plan::outputs() const noexcept {
  return program_->fields();
}

Row Plan::row() const {
  Row row;
  row.block_ = program_->block(1);
  row.cells_.resize(program_->outputs().size());
  return row;
}

template <class T>
void Plan::run(std::span<const T> in, Row& out, std::uint64_t key, std::uint64_t epoch,
               bool training) const {
  if (in.size() != inputs_.size()) {
    fail_value(
        "transform.row", "",
        std::to_string(in.size()) + " cells for " + std::to_string(inputs_.size()) + " columns");
  }
  Block& block = out.block_;
  block.start(1);
  for (const Program::Input& input : program_->inputs()) {
    load_cell(RowCell(in[input.source]), input.field, block, input.slot);
  }
  program_->run(block, &key, epoch, training);
  const auto& outputs = program_->outputs();
  const auto& fields = program_->fields();
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    out.cells_[i] = outputs[i].untouched ? RowCell(in[outputs[i].source])
                                         : read(block, outputs[i].slot, fields[i].type.kind);
  }
}

void Plan::apply(std::span<const RowCell> in, Row& out, std::uint64_t key, std::uint64_t epoch,
                 bool training) const {
  run(in, out, key, epoch, training);
}

void Plan::apply(std::span<const Value> in, Row& out, std::uint64_t key, std::uint64_t epoch,
                 bool training) const {
  run(in, out, key, epoch, training);
}

}  // namespace zeroskew
