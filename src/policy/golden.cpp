#include "zeroskew/policy/golden.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "policy/cells.hpp"
#include "transform/load.hpp"
#include "transform/program.hpp"
#include "zeroskew/detail/hash.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/random/row_key.hpp"
#include "zeroskew/transform/plan.hpp"

namespace zeroskew {
namespace {

using Cells = std::vector<Value>;

constexpr std::size_t made_rows = 16;
constexpr std::int64_t rows_at_once = 1024;
constexpr std::uint64_t training_epoch = 1;

// Every NaN is one cell: its bits are nobody's business.
Value value_of(const RowCell& cell) {
  if (cell.form == RowCell::Form::number && cell.number != cell.number) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return cell.value();
}

// A block with one column of a type, and where it lies.
std::pair<Block, Slot> column_block(const Type& type, std::size_t rows) {
  const Slot slot{storage_of(type.kind), type.is_unsigned, 0, 0};
  return {Block({1, 1, 1}, rows), slot};
}

std::string text_of_row(const Cells& row) {
  std::string text;
  for (const Value& cell : row) {
    const std::string one = detail::cell_text(cell);
    // The length tells where a cell ends, whatever is in it.
    text += std::to_string(one.size()) + " " + one + "\n";
  }
  return text;
}

// The rows with the smallest hashes: a choice that does not depend on their order.
class Chosen {
 public:
  explicit Chosen(std::size_t most) : most_(most) {}

  void offer(Cells row) {
    std::string text = text_of_row(row);
    const std::uint64_t key = row_key(text);
    rows_.emplace(std::pair(key, std::move(text)), std::move(row));
    if (rows_.size() > most_) rows_.erase(std::prev(rows_.end()));
  }
  [[nodiscard]] auto begin() const { return rows_.begin(); }
  [[nodiscard]] auto end() const { return rows_.end(); }

 private:
  std::size_t most_;
  std::map<std::pair<std::uint64_t, std::string>, Cells> rows_;
};

void offer_rows(const std::vector<Field>& fields, const Batch& sample, Chosen& chosen) {
  std::vector<const ColumnView*> columns;
  for (const Field& field : fields) {
    const auto at = sample.find(field.name);
    if (!at) {
      fail_key("transform.missing_column", field.name,
               "the sample for golden rows does not have this column" +
                   detail::suggestion(field.name, sample.names));
    }
    columns.push_back(&sample.columns[*at]);
    check_type(columns.back()->type, field);
  }
  for (std::int64_t first = 0; first < sample.rows; first += rows_at_once) {
    const std::size_t n = static_cast<std::size_t>(std::min(rows_at_once, sample.rows - first));
    std::vector<Cells> rows(n);
    for (std::size_t c = 0; c < fields.size(); ++c) {
      auto [block, slot] = column_block(fields[c].type, n);
      block.start(n);
      load_column(*columns[c], fields[c], first, block, slot);
      for (std::size_t i = 0; i < n; ++i) {
        rows[i].push_back(value_of(cell_of(block, slot, i, fields[c].type.kind)));
      }
    }
    for (Cells& row : rows) chosen.offer(std::move(row));
  }
}

// Values of a column that are likely to show a difference, in the form that its cells have.
Cells candidates(const Field& field, const ColumnProfile* profile) {
  Cells raw{Value()};
  if (profile != nullptr) {
    raw.push_back(profile->min_value());
    raw.push_back(profile->max_value());
    for (const ValueCount& value : profile->top(4)) raw.push_back(value.value);
  }
  constexpr double infinity = std::numeric_limits<double>::infinity();
  switch (storage_of(field.type.kind)) {
    case Storage::number:
      for (const double x :
           {0.1, -0.0, 1e300, infinity, -infinity, std::numeric_limits<double>::quiet_NaN()}) {
        raw.emplace_back(x);
      }
      break;
    case Storage::integer:
      raw.emplace_back(true);
      raw.emplace_back(std::int64_t{0});
      raw.emplace_back(std::int64_t{1});
      break;
    default:
      raw.emplace_back(std::string());
      raw.emplace_back(std::string("zeroskew"));
      break;
  }
  Cells result;
  auto [block, slot] = column_block(field.type, 1);
  for (const Value& value : raw) {
    block.start(1);
    try {
      load_cell(RowCell(value), field, block, slot);
      result.push_back(value_of(cell_of(block, slot, 0, field.type.kind)));
    } catch (const Error&) {
      // A value of another type than the pipeline takes (the baseline may be of older data).
    }
  }
  return result;
}

void make_rows(const std::vector<Field>& fields, const Profile& baseline, Chosen& chosen) {
  std::vector<Cells> columns;
  for (const Field& field : fields) {
    columns.push_back(candidates(field, baseline.find(field.name)));
  }
  for (std::size_t i = 0; i < made_rows; ++i) {
    Cells row;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      // The first row is all missing, the last one has each column's last candidate.
      const std::size_t n = columns[c].size();
      const std::size_t at = i == 0               ? 0
                             : i + 1 == made_rows ? n - 1
                                                  : detail::mix(i * 4096 + c) % n;
      row.push_back(columns[c][at]);
    }
    chosen.offer(std::move(row));
  }
}

Cells outputs_of(const Plan& plan, Row& out, const GoldenRow& row) {
  plan.apply(std::span<const Value>(row.in), out, row.key, row.epoch, row.training);
  Cells cells;
  for (const RowCell& cell : out.cells()) cells.push_back(cell.value());
  return cells;
}

void add(const Plan& plan, const Chosen& chosen, bool augments, GoldenRows& golden) {
  Row out = plan.row();
  for (const auto& [key, cells] : chosen) {
    for (const bool training : {false, true}) {
      if (training && !augments) continue;
      GoldenRow row{key.first, training ? training_epoch : 0, training, cells, {}};
      try {
        row.out = outputs_of(plan, out, row);
      } catch (const Error&) {
        continue;  // refused, as a step may be told to do with unknown values
      }
      golden.rows.push_back(std::move(row));
    }
  }
}

std::vector<std::string> output_names(const Plan& plan) {
  std::vector<std::string> names;
  for (const Field& field : plan.outputs()) names.push_back(field.name);
  return names;
}

}  // namespace

GoldenRows golden_rows(const FittedPipeline& pipeline, const Profile& baseline,
                       std::span<const Batch> sample, std::size_t count) {
  const Plan plan(pipeline);
  const bool augments = std::any_of(
      pipeline.steps().begin(), pipeline.steps().end(),
      [](const FittedStep& step) { return step.step.info().role == StepRole::augmenting; });
  GoldenRows golden{plan.inputs(), output_names(plan), {}};
  if (pipeline.inputs().empty()) return golden;
  Chosen rows(count);
  for (const Batch& part : sample) {
    if (count > 0) offer_rows(pipeline.inputs(), part, rows);
  }
  add(plan, rows, augments, golden);
  Chosen made(made_rows);
  make_rows(pipeline.inputs(), baseline, made);
  add(plan, made, augments, golden);
  return golden;
}

std::vector<GoldenDifference> replay(const FittedPipeline& pipeline, const GoldenRows& golden) {
  const Plan plan(pipeline);
  if (plan.inputs() != golden.inputs || output_names(plan) != golden.outputs) {
    fail_value("policy.golden", "golden", "the columns are not those of the pipeline");
  }
  std::vector<GoldenDifference> differences;
  Row out = plan.row();
  for (std::size_t i = 0; i < golden.rows.size(); ++i) {
    const GoldenRow& row = golden.rows[i];
    if (row.in.size() != golden.inputs.size() || row.out.size() != golden.outputs.size()) {
      fail_value("policy.golden", "golden, row " + std::to_string(i),
                 "has " + std::to_string(row.in.size()) + " and " + std::to_string(row.out.size()) +
                     " cells, not " + std::to_string(golden.inputs.size()) + " and " +
                     std::to_string(golden.outputs.size()));
    }
    Cells found;
    try {
      found = outputs_of(plan, out, row);
    } catch (const Error& error) {
      differences.push_back({i, "", "a row", std::string("an error, ") + error.what()});
      continue;
    }
    for (std::size_t c = 0; c < found.size(); ++c) {
      std::string expected = detail::cell_text(row.out[c]);
      std::string actual = detail::cell_text(found[c]);
      if (expected != actual) {
        differences.push_back({i, golden.outputs[c], std::move(expected), std::move(actual)});
      }
    }
  }
  return differences;
}

}  // namespace zeroskew
