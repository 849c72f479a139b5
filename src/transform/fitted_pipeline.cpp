#include "zeroskew/transform/fitted_pipeline.hpp"

#include "detail/parallel.hpp"
#include "transform/gate.hpp"
#include "transform/load.hpp"
#include "transform/program.hpp"
#include "transform/store.hpp"
#include "transform/streams.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/plan.hpp"

namespace zeroskew {
namespace {

struct Stored {
  std::vector<StoredColumn> columns;
  std::shared_ptr<const void> source;
};

std::vector<std::string> names_of(const std::vector<Field>& fields) {
  std::vector<std::string> names;
  for (const Field& field : fields) names.push_back(field.name);
  return names;
}

}  // namespace

FittedPipeline::FittedPipeline(std::vector<Field> inputs, std::vector<FittedStep> steps,
                               std::uint64_t seed)
    : inputs_(std::move(inputs)), steps_(std::move(steps)), seed_(seed) {
  StreamNames streams;
  for (FittedStep& step : steps_) {
    // Steps that come from fitting are ready already.
    if (!step.prepared.operation) step.prepared = prepare_step(step);
    step.stream = streams.next(step.step.name(), step.inputs);
  }
}

std::vector<Field> FittedPipeline::outputs() const {
  return Program(*this, names_of(inputs_)).fields();
}

Batch FittedPipeline::transform(const Batch& data, const TransformOptions& options) const {
  const auto rows = static_cast<std::size_t>(data.rows);
  if (!options.keys.empty() && options.keys.size() != rows) {
    fail_value("transform.keys", "keys",
               std::to_string(options.keys.size()) + " keys for " + std::to_string(rows) + " rows");
  }
  const Program program(*this, data.names);
  for (const Program::Input& input : program.inputs()) {
    check_type(data.columns[input.source].type, input.field);
  }
  const std::size_t blocks = (rows + block_rows - 1) / block_rows;
  auto stored = std::make_shared<Stored>();
  stored->source = data.owner;
  for (std::size_t i = 0; i < program.outputs().size(); ++i) {
    if (program.outputs()[i].untouched) continue;
    stored->columns.emplace_back(program.fields()[i].type, data.rows, blocks);
  }
  detail::on_threads(blocks, options.threads, [&](const auto& next) {
    Block block = program.block(std::min(rows, block_rows));
    std::vector<std::uint64_t> counted(options.keys.empty() ? block_rows : 0);
    for (std::size_t b; (b = next()) < blocks;) {
      const std::size_t first = b * block_rows;
      block.start(std::min(block_rows, rows - first));
      for (const Program::Input& input : program.inputs()) {
        load_column(data.columns[input.source], input.field, static_cast<std::int64_t>(first),
                    block, input.slot);
      }
      for (std::size_t i = 0; i < counted.size(); ++i) counted[i] = options.first_key + first + i;
      program.run(block, options.keys.empty() ? counted.data() : options.keys.data() + first,
                  options.epoch, options.training);
      std::size_t k = 0;
      for (const Program::Output& output : program.outputs()) {
        if (output.untouched) continue;
        stored->columns[k++].write(block, output.slot, b, static_cast<std::int64_t>(first));
      }
    }
  });
  Batch result;
  result.rows = data.rows;
  result.names = names_of(program.fields());
  std::size_t k = 0;
  for (const Program::Output& output : program.outputs()) {
    if (output.untouched) {
      result.columns.push_back(data.columns[output.source]);
      continue;
    }
    stored->columns[k].finish();
    result.columns.push_back(stored->columns[k++].view());
  }
  result.owner = std::move(stored);
  return result;
}

FittedPipeline::Row FittedPipeline::transform_row(const Row& row, std::uint64_t key,
                                                  std::uint64_t epoch, bool training) const {
  std::vector<std::string> names;
  std::vector<RowCell> cells;
  for (const auto& [name, value] : row) {
    names.push_back(name);
    cells.emplace_back(value);
  }
  const Plan plan(*this, std::move(names));
  zeroskew::Row out = plan.row();
  plan.apply(cells, out, key, epoch, training);
  Row result;
  for (std::size_t i = 0; i < out.size(); ++i) {
    result.emplace_back(plan.outputs()[i].name, out[i].value());
  }
  return result;
}

}  // namespace zeroskew
