#include "zeroskew/policy/budget.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "policy/budgets.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/registry.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/policy/policy.hpp"

namespace zeroskew {
namespace {

// What steps do to columns, by name.
struct Touched {
  std::set<std::string> moved;  // augmentation reaches them
  std::set<std::string> made;   // a step that does not augment makes them
};

Touched touched_by(const FittedPipeline& pipeline) {
  Touched touched;
  for (const FittedStep& step : pipeline.steps()) {
    const bool augments = step.step.info().role == StepRole::augmenting;
    const auto moved = [&](const Field& field) { return touched.moved.contains(field.name); };
    const bool reached = augments || std::any_of(step.inputs.begin(), step.inputs.end(), moved) ||
                         std::any_of(step.reads.begin(), step.reads.end(), moved);
    for (const Field& output : step.prepared.outputs) {
      const bool new_name = std::none_of(step.inputs.begin(), step.inputs.end(),
                                         [&](const Field& f) { return f.name == output.name; });
      if (!augments || new_name) touched.made.insert(output.name);
      if (reached) {
        touched.moved.insert(output.name);
      } else {
        touched.moved.erase(output.name);
      }
    }
  }
  return touched;
}

bool augments_always(const FittedPipeline& pipeline) {
  return std::any_of(pipeline.steps().begin(), pipeline.steps().end(), [](const FittedStep& step) {
    return step.step.info().role == StepRole::augmenting && flag_of(step.step.settings(), "always");
  });
}

// The pipeline with augmenting steps that never act unless training.
FittedPipeline calm(const FittedPipeline& pipeline) {
  std::vector<FittedStep> steps = pipeline.steps();
  for (FittedStep& step : steps) {
    if (step.step.info().role != StepRole::augmenting) continue;
    Settings settings = step.step.settings();
    settings["always"] = false;
    step.step = Step(step.step.name(), step.step.columns(), settings);
  }
  return FittedPipeline(pipeline.inputs(), std::move(steps), pipeline.seed());
}

std::vector<Batch> transformed(const FittedPipeline& pipeline, std::span<const Batch> data,
                               TransformOptions options) {
  std::size_t rows = 0;
  for (const Batch& batch : data) rows += static_cast<std::size_t>(batch.rows);
  if (!options.keys.empty() && options.keys.size() != rows) {
    fail_value("transform.keys", "keys",
               std::to_string(options.keys.size()) + " keys for " + std::to_string(rows) + " rows");
  }
  const std::span<const std::uint64_t> keys = options.keys;
  std::vector<Batch> made;
  std::size_t first = 0;
  for (const Batch& batch : data) {
    const auto size = static_cast<std::size_t>(batch.rows);
    if (!keys.empty()) options.keys = keys.subspan(first, size);
    made.push_back(pipeline.transform(batch, options));
    options.first_key += size;
    first += size;
  }
  return made;
}

Profile profile_of(std::span<const Batch> table, std::vector<std::string> columns,
                   unsigned threads) {
  ProfileOptions options;
  options.columns = std::move(columns);
  options.threads = threads;
  Profile profile;
  for (const Batch& batch : table) profile.update(batch, options);
  return profile;
}

bool can_judge(const MeasureInfo& info, Kind kind) {
  switch (kind) {
    case Kind::boolean:
    case Kind::string:
    case Kind::bytes:
      return info.labels;
    case Kind::list:
    case Kind::structure:
      return false;
    default:
      return info.intervals;
  }
}

struct Target {
  std::string column;
  const Guard* guard = nullptr;
};

// Which columns of a table each budget is about.
std::vector<Target> targets_of(const std::vector<Guard>& guards, const Touched& touched,
                               const Batch& table) {
  std::vector<Target> targets;
  for (const Guard& guard : guards) {
    if (!guard.is_budget()) continue;
    if (guard.column != "*") {
      targets.push_back({guard.column, &guard});
      continue;
    }
    const MeasureInfo& info = measure_info(guard.measure);
    for (std::size_t i = 0; i < table.names.size(); ++i) {
      if (touched.moved.contains(table.names[i]) && can_judge(info, table.columns[i].type.kind)) {
        targets.push_back({table.names[i], &guard});
      }
    }
  }
  return targets;
}

std::string words_of(const BudgetState& state) {
  const Guard& guard = state.guard;
  std::string words = state.column + ": " + guard.measure + " is ";
  words += state.result.comparable() ? detail::rounded(state.result.statistic, 4)
                                     : "unknown (" + state.result.reason + ")";
  return words + ", above " + detail::shortest(guard.limit) +
         (state.of_baseline ? ", against the baseline" : ", against the rows without augmentation");
}

}  // namespace

GuardAction BudgetReport::action() const noexcept {
  GuardAction worst = GuardAction::pass;
  for (const BudgetState& state : budgets) {
    if (state.broken) worst = std::max(worst, state.guard.action);
  }
  return worst;
}

std::string BudgetReport::message(GuardAction action) const {
  std::string text;
  for (const BudgetState& state : budgets) {
    if (!state.broken || state.guard.action != action) continue;
    text += (text.empty() ? "" : "; ") + words_of(state);
  }
  return text;
}

void BudgetReport::enforce() const {
  for (const BudgetState& state : budgets) {
    if (!state.broken || state.guard.action != GuardAction::error) continue;
    fail_value(
        "policy.drift_budget", state.column,
        "augmentation moves it further than the policy allows: " + message(GuardAction::error));
  }
}

BudgetState hold(const Guard& budget, const ColumnProfile& reference,
                 const ColumnProfile& current) {
  check_guard(budget);
  if (!budget.is_budget()) fail_value("policy.guard", budget.measure, "is no drift budget");
  BudgetState state{budget, budget.column, false, {}, false};
  const Distribution before = Distribution::of_profile(reference);
  const Distribution after = Distribution::of_profile(current);
  state.result = measure(budget.measure, before, after, options_of(budget));
  const MeasureResult& found = state.result;
  if (found.comparable()) {
    const bool beyond_chance = found.drifted || (!found.pvalue && !found.threshold);
    state.broken = found.statistic > budget.limit && beyond_chance;
  } else {
    state.broken = (before.total() > 0.0) != (after.total() > 0.0);
  }
  return state;
}

GuardedTable held(const Policy& policy, std::span<const Batch> data,
                  const TransformOptions& options) {
  const FittedPipeline& pipeline = policy.pipeline();
  GuardedTable made{transformed(pipeline, data, options), {}};
  if (!options.training && !augments_always(pipeline)) return made;
  if (std::all_of(data.begin(), data.end(), [](const Batch& batch) { return batch.rows == 0; })) {
    return made;
  }
  const Touched touched = touched_by(pipeline);
  const std::vector<Target> targets = targets_of(policy.guards(), touched, made.table.front());
  if (targets.empty()) return made;
  std::vector<std::string> columns;
  std::vector<std::string> without_baseline;
  const auto of_baseline = [&](const std::string& column) {
    return !touched.made.contains(column) && policy.baseline().find(column) != nullptr;
  };
  for (const Target& target : targets) {
    if (std::find(columns.begin(), columns.end(), target.column) != columns.end()) continue;
    columns.push_back(target.column);
    if (!of_baseline(target.column)) without_baseline.push_back(target.column);
  }
  const Profile after = profile_of(made.table, columns, options.threads);
  Profile before;
  if (!without_baseline.empty()) {
    TransformOptions still = options;
    still.training = false;
    before =
        profile_of(transformed(calm(pipeline), data, still), without_baseline, options.threads);
  }
  for (const Target& target : targets) {
    const bool baseline = of_baseline(target.column);
    const Profile& reference = baseline ? policy.baseline() : before;
    BudgetState state =
        hold(*target.guard, reference.column(target.column), after.column(target.column));
    state.column = target.column;
    state.of_baseline = baseline;
    made.budgets.budgets.push_back(std::move(state));
  }
  return made;
}

void detail::check_budgets(const PolicyParts& parts) {
  std::optional<Plan> plan;
  for (const Guard& guard : parts.guards) {
    if (!guard.is_budget() || guard.column == "*") continue;
    if (!plan) {
      std::vector<std::string> columns = parts.baseline.columns();
      for (const Field& field : parts.pipeline.inputs()) {
        if (parts.baseline.find(field.name) == nullptr) columns.push_back(field.name);
      }
      plan.emplace(parts.pipeline, std::move(columns));
    }
    const std::vector<Field>& outputs = plan->outputs();
    const auto found = std::find_if(outputs.begin(), outputs.end(),
                                    [&](const Field& f) { return f.name == guard.column; });
    if (found == outputs.end()) {
      std::vector<std::string> names;
      for (const Field& field : outputs) names.push_back(field.name);
      fail_key("policy.guard", guard.column,
               "no such column comes out of the pipeline" + suggestion(guard.column, names));
    }
    const ColumnProfile* untouched = parts.baseline.find(guard.column);
    const Kind kind = found->type.kind != Kind::null || untouched == nullptr
                          ? found->type.kind
                          : untouched->type().kind;
    if (kind != Kind::null && !can_judge(measure_info(guard.measure), kind)) {
      fail_type("policy.guard", guard.column,
                guard.measure + " cannot judge a column of type " + std::string(to_string(kind)));
    }
  }
}

}  // namespace zeroskew
