#include "zeroskew/transform/pipeline.hpp"

#include <algorithm>

#include "detail/canonical_json.hpp"
#include "transform/gate.hpp"
#include "transform/json.hpp"
#include "transform/statistics.hpp"
#include "transform/steps/categories.hpp"
#include "transform/table.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

bool is_nested(Kind kind) noexcept {
  return kind == Kind::list || kind == Kind::structure;
}

[[noreturn]] void fail_kind(const Step& step, const std::string& column, const Type& type) {
  std::string words;
  for (const Kind each : step.info().accepts) {
    words += (words.empty() ? "" : ", ") + std::string(to_string(each));
  }
  fail_type("transform.wrong_type", column,
            step.name() + " does not work on " + to_string(type) + "; it takes " +
                (words.empty() ? "columns that are not nested" : words));
}

// Fits step after step; keeps the table's columns and where their statistics come from.
class Fitter {
 public:
  Fitter(std::vector<Field> columns, FitStatistics statistics, std::uint64_t seed)
      : statistics_(std::move(statistics)), seed_(seed) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      table_.columns.push_back({columns[i].name, columns[i].type, i, {}});
      origins_[columns[i].name] = std::make_shared<Origin>(Origin{columns[i].name, {}, {}, 0, {}});
    }
    given_ = std::move(columns);
  }

  void add(const Step& step, const std::vector<Membership>& within) {
    if (step.info().shape == StepShape::together) {
      add_unit(step, step.columns(), within);
    } else {
      for (const std::string& column : step.columns()) add_unit(step, {column}, within);
    }
  }

  [[nodiscard]] FittedPipeline finish() const { return {inputs_, steps_, seed_}; }

 private:
  using Origin = FitStatistics::Origin;

  Field input(const Step& step, const std::string& name) {
    const auto position = table_.find(name);
    if (!position) {
      fail_key("transform.unknown_column", step.name(),
               "there is no column '" + name + "'" + detail::suggestion(name, table_.names()));
    }
    const TableColumn& column = table_.columns[*position];
    const auto& accepts = step.info().accepts;
    const Kind kind = column.type.kind == Kind::null ? Kind::floating : column.type.kind;
    const bool fits = accepts.empty() ? step.info().moves_only || !is_nested(kind)
                                      : std::count(accepts.begin(), accepts.end(), kind) != 0;
    if (!fits) fail_kind(step, name, column.type);
    Type type = column.type;
    if (type.kind == Kind::null) type = plain_type(Kind::floating);
    return {name, type, {}};
  }

  void require(const Field& field) {
    const TableColumn& column = table_.columns[*table_.find(field.name)];
    if (!column.source) return;
    const std::string& name = given_[*column.source].name;
    const auto known = std::find_if(inputs_.begin(), inputs_.end(),
                                    [&](const Field& input) { return input.name == name; });
    if (known == inputs_.end()) inputs_.push_back({name, field.type, {}});
  }

  // A column that a condition or `by` reads.
  Field read(const Step& step, const std::string& name) {
    const auto position = table_.find(name);
    if (!position) {
      fail_key("transform.unknown_column", step.name(),
               "there is no column '" + name + "'" + detail::suggestion(name, table_.names()));
    }
    Type type = table_.columns[*position].type;
    if (type.kind == Kind::null) type = plain_type(Kind::floating);
    return {name, type, {}};
  }

  Settings fit(const FittedStep& step, const FittedPipeline& prefix,
               const FitStatistics::Filter& filter) {
    const auto name_of = [&](std::size_t i) -> const std::string& { return step.inputs[i].name; };
    std::map<std::size_t, ColumnProfile> filtered;
    const FitInput ask{
        step.inputs, step.step.settings(),
        [&](std::size_t i) -> const ColumnProfile& {
          if (filter.empty()) {
            return statistics_.profile(*origins_.at(name_of(i)), name_of(i), prefix);
          }
          const auto known = filtered.find(i);
          if (known != filtered.end()) return known->second;
          return filtered.emplace(i, statistics_.profile(name_of(i), prefix, filter)).first->second;
        },
        [&](std::size_t i) {
          return filter.empty() ? statistics_.counts(*origins_.at(name_of(i)), name_of(i), prefix)
                                : statistics_.counts(name_of(i), prefix, filter);
        },
        [&](const std::vector<std::string>& names, const FitInput::EachBlock& f) {
          statistics_.blocks(names, prefix, filter, f);
        }};
    return step.step.info().fit(ask);
  }

  // What each value of `by` teaches, kept beside what all rows do.
  void fit_groups(FittedStep& step, const FittedPipeline& prefix, FitStatistics::Filter filter) {
    const std::string& by = text_of(step.step.settings(), "by");
    const Field& field = *std::find_if(step.reads.begin(), step.reads.end(),
                                       [&](const Field& read) { return read.name == by; });
    if (by == step.inputs[0].name || is_nested(field.type.kind) ||
        storage_of(field.type.kind) == Storage::number) {
      fail_type("transform.wrong_type", by,
                "by is another column, of texts, integers, bools or dates; it is " +
                    to_string(field.type));
    }
    std::vector<ValueCount> groups;
    for (const Value& value : statistics_.values(by, prefix, filter)) groups.push_back({value, {}});
    filter.by = by;
    std::vector<ValueCount> learned_for;
    std::vector<std::string> texts;
    for (const ValueCount& group : groups) {
      filter.group = group.value;
      try {
        nlohmann::json object = nlohmann::json::object();
        for (const auto& [name, setting] : fit(step, prefix, filter)) {
          object[name] = setting_to_json(setting);
        }
        texts.push_back(detail::canonical_json(object));
        learned_for.push_back(group);
      } catch (const Error& error) {
        // A group without a value has nothing to teach.
        if (error.id() != "transform.no_values") throw;
      }
    }
    for (auto& [name, setting] : steps::learn_categories(learned_for, field)) {
      step.learned["by_" + name] = setting;
    }
    step.learned["by_learned"] = std::move(texts);
  }

  void add_unit(const Step& step, const std::vector<std::string>& columns,
                const std::vector<Membership>& within) {
    FittedStep fitted{Step(step.name(), columns, step.settings()), {}, {}, {}, 0, within, {}};
    for (const std::string& name : columns) fitted.inputs.push_back(input(step, name));
    for (const std::string& name : reads_of(step, within)) {
      fitted.reads.push_back(read(step, name));
      require(fitted.reads.back());
    }
    for (const std::string& formula : formulas_of(step, within)) {
      if (Formula(formula, fitted.reads).type() != FormulaType::boolean) {
        fail_type("transform.formula", formula, "a condition is true or false");
      }
    }
    const StepInfo& info = step.info();
    if (info.fit != nullptr) {
      const FittedPipeline prefix = finish();
      FitStatistics::Filter filter;
      if (info.role != StepRole::augmenting) filter.formulas = formulas_of(step, within);
      fitted.learned = fit(fitted, prefix, filter);
      if (is_set(step.settings(), "by")) fit_groups(fitted, prefix, filter);
    }
    fitted.prepared = prepare_step(fitted);
    const Prepared& prepared = fitted.prepared;
    const bool drops = !prepared.operation && prepared.outputs.empty();
    if (!drops) {
      for (const Field& field : fitted.inputs) require(field);
    }
    std::vector<TableColumn> outputs;
    std::vector<std::shared_ptr<Origin>> made;
    for (std::size_t i = 0; i < prepared.outputs.size(); ++i) {
      const Field& field = prepared.outputs[i];
      if (prepared.operation) {
        outputs.push_back({field.name, field.type, {}, {}});
        const auto before =
            columns.size() == 1 ? origins_.at(columns[0]) : std::shared_ptr<Origin>();
        made.push_back(std::make_shared<Origin>(Origin{"", before, steps_.size(), i, {}}));
      } else {
        TableColumn same = table_.columns[*table_.find(columns[i])];
        same.name = field.name;
        outputs.push_back(std::move(same));
        made.push_back(origins_.at(columns[i]));
      }
    }
    table_.replace(fitted.inputs, prepared, std::move(outputs), step.name());
    for (std::size_t i = 0; i < made.size(); ++i) origins_[prepared.outputs[i].name] = made[i];
    steps_.push_back(std::move(fitted));
  }

  FitStatistics statistics_;
  std::uint64_t seed_;
  TableColumns table_;
  std::vector<Field> given_;
  std::map<std::string, std::shared_ptr<Origin>, std::less<>> origins_;
  std::vector<Field> inputs_;
  std::vector<FittedStep> steps_;
};

FittedPipeline fit_steps(const Pipeline& pipeline, std::vector<Field> columns,
                         FitStatistics statistics) {
  Fitter fitter(std::move(columns), std::move(statistics), pipeline.seed());
  for (std::size_t i = 0; i < pipeline.steps().size(); ++i) {
    fitter.add(pipeline.steps()[i], pipeline.within(i));
  }
  return fitter.finish();
}

}  // namespace

FittedPipeline Pipeline::fit(const Profile& profile) const {
  std::vector<Field> columns;
  for (const std::string& name : profile.columns()) {
    columns.push_back({name, profile.column(name).type(), {}});
  }
  return fit_steps(*this, std::move(columns), FitStatistics(&profile, {}));
}

Pipeline Pipeline::of(const std::vector<Stage>& stages, std::uint64_t seed) {
  std::vector<PlacedStep> placed;
  std::uint32_t group = 0;
  for (const Stage& stage : stages) stage.flatten(placed, group);
  Pipeline result;
  result.seed_ = seed;
  for (PlacedStep& step : placed) {
    result.steps_.push_back(std::move(step.step));
    if (group > 0) result.within_.push_back(std::move(step.within));
  }
  return result;
}

FittedPipeline Pipeline::fit(std::span<const Batch> data,
                             std::span<const std::uint64_t> keys) const {
  if (data.empty()) fail_value("transform.no_values", "data", "there is no batch to fit from");
  std::vector<Field> columns;
  for (std::size_t i = 0; i < data[0].names.size(); ++i) {
    Type type = data[0].columns[i].type;
    // A piece without a value yet has no type; a later one may have.
    for (const Batch& batch : data) {
      const auto position = batch.find(data[0].names[i]);
      if (type.kind == Kind::null && position) type = batch.columns[*position].type;
    }
    columns.push_back({data[0].names[i], type, {}});
  }
  std::size_t rows = 0;
  for (const Batch& batch : data) rows += static_cast<std::size_t>(batch.rows);
  if (!keys.empty() && keys.size() != rows) {
    fail_value("transform.keys", "keys",
               std::to_string(keys.size()) + " keys for " + std::to_string(rows) + " rows");
  }
  return fit_steps(*this, std::move(columns), FitStatistics(nullptr, data, keys));
}

}  // namespace zeroskew
