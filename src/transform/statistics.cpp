#include "transform/statistics.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "transform/load.hpp"
#include "transform/store.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

// A column that is read for its values only.
struct Reading {
  Field field;
  Slot slot;
  Block block;

  explicit Reading(const Type& type)
      : field{"", type, {}},
        slot{storage_of(type.kind), type.is_unsigned, 0, 0},
        block(slot.storage == Storage::text ? BlockShape{0, 1, 1} : BlockShape{1, 0, 1},
              block_rows) {}
};

Value value_at(Block& block, Slot slot, Kind kind, std::size_t i) {
  if (block.valid(slot)[i] == 0) return {};
  if (slot.storage == Storage::text) return std::string(block.texts(slot)[i]);
  if (slot.storage == Storage::number) return block.numbers(slot)[i];
  const std::int64_t x = block.integers(slot)[i];
  if (kind == Kind::boolean) return x != 0;
  if (slot.is_unsigned) return static_cast<std::uint64_t>(x);
  return x;
}

void sort_counts(std::vector<ValueCount>& counts) {
  std::sort(counts.begin(), counts.end(), [](const ValueCount& a, const ValueCount& b) {
    return a.count.value != b.count.value ? a.count.value > b.count.value : a.value > b.value;
  });
}

bool is_nan(const Value& value) {
  const auto* number = std::get_if<double>(&value);
  return number != nullptr && *number != *number;
}

ValueCount counted(Value value, std::uint64_t count) {
  const auto n = static_cast<double>(count);
  return {std::move(value), {n, n, n, true}};
}

std::uint64_t count_of(const ValueCount& entry) {
  return static_cast<std::uint64_t>(entry.count.value);
}

}  // namespace

bool knows_every_value(const ColumnProfile& profile) {
  if (!profile.values_exact()) return false;
  const TextStats* text = profile.text();
  if (text == nullptr) return true;
  if (text->lengths().any() &&
      text->lengths().max() > static_cast<double>(TextStats::longest_name)) {
    return false;
  }
  bool known = true;
  text->values().table().for_each(
      [&](std::uint64_t code, std::uint64_t) { known = known && text->knows(code); });
  return known;
}

std::optional<ColumnProfile> propagate(const ColumnProfile& before, const FittedStep& step,
                                       std::size_t output) {
  if (!knows_every_value(before)) return std::nullopt;
  const Field& made = step.prepared.outputs[output];
  std::vector<ValueCount> values = before.top(std::numeric_limits<std::size_t>::max());
  if (before.numbers() != nullptr && before.numbers()->nan() != 0) {
    values.push_back(counted(std::numeric_limits<double>::quiet_NaN(), before.numbers()->nan()));
  }
  if (before.missing() != 0) values.push_back(counted({}, before.missing()));

  const Field& field = step.inputs[0];
  BlockShape shape;
  const auto slot_for = [&](const Type& type) {
    const Storage storage = storage_of(type.kind);
    std::uint32_t& place = storage == Storage::text ? shape.texts : shape.words;
    return Slot{storage, type.is_unsigned, place++, shape.columns++};
  };
  const Slot in = slot_for(field.type);
  std::vector<Slot> out;
  for (const Field& each : step.prepared.outputs) out.push_back(slot_for(each.type));
  Block block(shape, 1);
  RowContext rows;
  const std::uint64_t key = 0;
  rows.keys = &key;
  rows.active = step.step.info().role != StepRole::augmenting;
  ColumnProfile after(made.type);
  for (const ValueCount& value : values) {
    block.start(1);
    load_cell(RowCell(value.value), field, block, in);
    step.prepared.operation->apply(block, std::span(&in, 1), out, rows);
    after.add(value_at(block, out[output], made.type.kind, 0), count_of(value));
  }
  return after;
}

void FitStatistics::needs_data(const std::string& column, const std::string& why) {
  fail_value("transform.needs_data", column,
             why + "; fit from the data instead of from their profile");
}

bool FitStatistics::derive(Origin& origin, const FittedPipeline& prefix) {
  if (origin.known) return true;
  if (!origin.step) {
    if (given_ != nullptr) {
      origin.known = std::make_shared<const ColumnProfile>(given_->column(origin.name));
    } else {
      Profile made;
      for (const Batch& batch : data_) made.update(batch, {.columns = {origin.name}});
      origin.known = std::make_shared<const ColumnProfile>(made.column(origin.name));
    }
    return true;
  }
  if (!origin.before || !derive(*origin.before, prefix)) return false;
  const FittedStep& step = prefix.steps()[*origin.step];
  const StepInfo& info = step.step.info();
  const ColumnProfile& before = *origin.before->known;
  if (info.role == StepRole::augmenting) {
    if (flag_of(step.step.settings(), "always")) return false;
    if (step.inputs[0].type == step.prepared.outputs[origin.output].type) {
      origin.known = origin.before->known;
      return true;
    }
  }
  if (info.propagate != nullptr) {
    if (auto after = info.propagate(before, step.step.settings(), step.learned)) {
      origin.known = std::move(after);
      return true;
    }
  }
  if (auto after = propagate(before, step, origin.output)) {
    origin.known = std::make_shared<const ColumnProfile>(std::move(*after));
    return true;
  }
  return false;
}

template <class F>
void FitStatistics::each_batch(const std::string& column, const FittedPipeline& prefix,
                               F&& f) const {
  TransformOptions options;
  for (const Batch& batch : data_) {
    const Batch made = prefix.transform(batch, options);
    options.first_key += static_cast<std::uint64_t>(batch.rows);
    f(made.columns[*made.find(column)]);
  }
}

const ColumnProfile& FitStatistics::profile(Origin& origin, const std::string& column,
                                            const FittedPipeline& prefix) {
  if (derive(origin, prefix)) return *origin.known;
  if (data_.empty()) {
    needs_data(column,
               "its statistics after the steps before this one do not follow exactly from "
               "the profile");
  }
  ColumnProfile made;
  each_batch(column, prefix, [&](const ColumnView& cells) { made.update(cells, column); });
  origin.known = std::make_shared<const ColumnProfile>(std::move(made));
  return *origin.known;
}

std::vector<ValueCount> FitStatistics::counts(Origin& origin, const std::string& column,
                                              const FittedPipeline& prefix) {
  if (derive(origin, prefix) && knows_every_value(*origin.known)) {
    return origin.known->top(std::numeric_limits<std::size_t>::max());
  }
  if (data_.empty()) {
    needs_data(column, "the profile does not hold every value with its exact count");
  }
  std::map<Value, std::uint64_t> table;
  each_batch(column, prefix, [&](const ColumnView& cells) {
    Reading reading(cells.type);
    for (std::int64_t first = 0; first < cells.length;) {
      const std::int64_t rows =
          std::min<std::int64_t>(static_cast<std::int64_t>(block_rows), cells.length - first);
      reading.block.start(static_cast<std::size_t>(rows));
      load_column(cells, {column, cells.type, {}}, first, reading.block, reading.slot);
      for (std::size_t i = 0; i < reading.block.rows(); ++i) {
        Value value = value_at(reading.block, reading.slot, cells.type.kind, i);
        if (value.index() != 0 && !is_nan(value)) ++table[std::move(value)];
      }
      first += rows;
    }
  });
  std::vector<ValueCount> counts;
  for (auto& [value, count] : table) counts.push_back(counted(value, count));
  sort_counts(counts);
  return counts;
}

}  // namespace zeroskew
