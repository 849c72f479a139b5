#include "transform/statistics.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "transform/load.hpp"
#include "transform/store.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

Value value_at(Block& block, Slot slot, Kind kind, std::size_t i) {
  return cell_of(block, slot, i, kind).value();
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
  const bool everywhere = step.reads.empty() && step.within.empty();
  if (info.role == StepRole::augmenting) {
    if (flag_of(step.step.settings(), "always")) return false;
    if (step.inputs[0].type == step.prepared.outputs[origin.output].type) {
      origin.known = origin.before->known;
      return true;
    }
  }
  if (!everywhere || step.prepared.random) return false;
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

const std::vector<Batch>& FitStatistics::made_by(const FittedPipeline& prefix) {
  if (made_steps_ == prefix.steps().size()) return made_;
  TransformOptions options;
  made_.clear();
  for (const Batch& batch : data_) {
    const auto rows = static_cast<std::size_t>(batch.rows);
    if (!keys_.empty()) options.keys = keys_.subspan(options.first_key, rows);
    made_.push_back(prefix.transform(batch, options));
    options.first_key += rows;
  }
  made_steps_ = prefix.steps().size();
  return made_;
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
  for (const Batch& batch : made_by(prefix)) {
    made.update(batch.columns[*batch.find(column)], column);
  }
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
  return counts(column, prefix, Filter{});
}

void FitStatistics::blocks(const std::vector<std::string>& names, const FittedPipeline& prefix,
                           const Filter& filter, const FitInput::EachBlock& f) {
  if (data_.empty())
    needs_data(names.front(), "a profile does not tell which values come together");
  const std::vector<Batch>& made = made_by(prefix);
  // The columns asked for come first, then those that only the filter reads.
  std::vector<std::string> all = names;
  const auto add = [&](const std::string& name) {
    if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
  };
  for (const std::string& formula : filter.formulas) {
    for (const std::string& name : Formula::columns(formula)) add(name);
  }
  if (!filter.by.empty()) add(filter.by);

  std::vector<Field> fields;
  std::vector<Slot> slots;
  BlockShape shape;
  for (const std::string& name : all) {
    Type type = plain_type(Kind::floating);
    for (const Batch& batch : made) {
      const auto position = batch.find(name);
      if (!position) {
        fail_key("transform.unknown_column", name,
                 "there is no such column" + detail::suggestion(name, made.front().names));
      }
      if (batch.columns[*position].type.kind != Kind::null) type = batch.columns[*position].type;
    }
    const Storage storage = storage_of(type.kind);
    if (storage == Storage::none) fail_type("transform.wrong_type", name, "is " + to_string(type));
    std::uint32_t& place = storage == Storage::text ? shape.texts : shape.words;
    slots.push_back({storage, type.is_unsigned, place++, shape.columns++});
    fields.push_back({name, type, {}});
  }
  std::vector<Formula> formulas;
  for (const std::string& formula : filter.formulas) formulas.emplace_back(formula, fields);
  const auto by = std::find(all.begin(), all.end(), filter.by) - all.begin();

  Block block(shape, block_rows);
  std::vector<std::uint64_t> keys(block_rows);
  std::size_t number = 0;
  for (const Batch& batch : made) {
    const auto rows = static_cast<std::size_t>(batch.rows);
    for (std::size_t first = 0; first < rows; first += block_rows) {
      block.start(std::min(block_rows, rows - first));
      for (std::size_t c = 0; c < all.size(); ++c) {
        load_column(batch.columns[*batch.find(all[c])], fields[c], static_cast<std::int64_t>(first),
                    block, slots[c]);
      }
      std::size_t kept = 0;
      for (std::size_t i = 0; i < block.rows(); ++i, ++number) {
        bool holds = true;
        for (const Formula& formula : formulas) holds = holds && formula.holds(block, slots, i);
        if (!filter.by.empty()) {
          const auto place = static_cast<std::size_t>(by);
          holds =
              holds && value_at(block, slots[place], fields[place].type.kind, i) == filter.group;
        }
        if (!holds) continue;
        keys[kept] = keys_.empty() ? number : keys_[number];
        if (kept != i) {
          for (const Slot slot : slots) {
            block.valid(slot)[kept] = block.valid(slot)[i];
            if (slot.storage == Storage::text) {
              block.texts(slot)[kept] = block.texts(slot)[i];
            } else {
              block.integers(slot)[kept] = block.integers(slot)[i];
            }
          }
        }
        ++kept;
      }
      block.show(0, kept);
      if (kept > 0) f(block, std::span(slots).first(names.size()), fields, keys.data());
    }
  }
}

ColumnProfile FitStatistics::profile(const std::string& column, const FittedPipeline& prefix,
                                     const Filter& filter) {
  std::optional<ColumnProfile> made;
  blocks({column}, prefix, filter,
         [&](Block& block, std::span<const Slot> slots, std::span<const Field> fields,
             const std::uint64_t*) {
           if (!made) made.emplace(fields[0].type);
           for (std::size_t i = 0; i < block.rows(); ++i) {
             made->add(value_at(block, slots[0], fields[0].type.kind, i), 1);
           }
         });
  return made ? std::move(*made) : ColumnProfile();
}

std::vector<ValueCount> FitStatistics::counts(const std::string& column,
                                              const FittedPipeline& prefix, const Filter& filter) {
  std::map<Value, std::uint64_t> table;
  blocks({column}, prefix, filter,
         [&](Block& block, std::span<const Slot> slots, std::span<const Field> fields,
             const std::uint64_t*) {
           for (std::size_t i = 0; i < block.rows(); ++i) {
             Value value = value_at(block, slots[0], fields[0].type.kind, i);
             if (value.index() != 0 && !is_nan(value)) ++table[std::move(value)];
           }
         });
  std::vector<ValueCount> counts;
  for (auto& [value, count] : table) counts.push_back(counted(value, count));
  sort_counts(counts);
  return counts;
}

std::set<Value> FitStatistics::values(const std::string& column, const FittedPipeline& prefix,
                                      const Filter& filter) {
  std::set<Value> found;
  for (ValueCount& entry : counts(column, prefix, filter)) found.insert(std::move(entry.value));
  return found;
}

}  // namespace zeroskew
