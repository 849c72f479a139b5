#include "zeroskew/transform/pipeline.hpp"

#include <algorithm>

#include "transform/statistics.hpp"
#include "transform/table.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

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

  void add(const Step& step) {
    if (step.info().shape == StepShape::together) {
      add_unit(step, step.columns());
    } else {
      for (const std::string& column : step.columns()) add_unit(step, {column});
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
    const bool moves_only = step.info().fit == nullptr && step.info().accepts.empty();
    const bool fits = accepts.empty() ? moves_only || storage_of(kind) != Storage::none
                                      : std::count(accepts.begin(), accepts.end(), kind) != 0;
    if (!fits) {
      std::string words;
      for (const Kind each : accepts) {
        words += (words.empty() ? "" : ", ") + std::string(to_string(each));
      }
      fail_type("transform.wrong_type", name,
                step.name() + " does not work on " + to_string(column.type) + "; it takes " +
                    (words.empty() ? "columns that are not nested" : words));
    }
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

  void add_unit(const Step& step, const std::vector<std::string>& columns) {
    FittedStep fitted{Step(step.name(), columns, step.settings()), {}, {}, {}, 0};
    for (const std::string& name : columns) fitted.inputs.push_back(input(step, name));
    const StepInfo& info = step.info();
    if (info.fit != nullptr) {
      const FittedPipeline prefix = finish();
      const FitInput ask{fitted.inputs, step.settings(),
                         [&](std::size_t i) -> const ColumnProfile& {
                           return statistics_.profile(*origins_.at(columns[i]), columns[i], prefix);
                         },
                         [&](std::size_t i) {
                           return statistics_.counts(*origins_.at(columns[i]), columns[i], prefix);
                         }};
      fitted.learned = info.fit(ask);
    }
    fitted.prepared = info.prepare(fitted.inputs, step.settings(), fitted.learned);
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
  for (const Step& step : pipeline.steps()) fitter.add(step);
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

FittedPipeline Pipeline::fit(std::span<const Batch> data) const {
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
  return fit_steps(*this, std::move(columns), FitStatistics(nullptr, data));
}

}  // namespace zeroskew
