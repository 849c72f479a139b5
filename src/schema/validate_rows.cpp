#include "zeroskew/schema/validate_rows.hpp"

#include <algorithm>
#include <set>
#include <thread>

#include "detail/parallel.hpp"
#include "schema/checks/check.hpp"
#include "schema/checks/predicates.hpp"
#include "schema/proto/text_codec.hpp"
#include "schema/rows/collections.hpp"
#include "schema/rows/sequence.hpp"
#include "schema/rows/walk.hpp"

namespace zeroskew {
namespace {

// Rows of one task; a multiple of 64, so that pieces of one batch join word by word.
constexpr std::int64_t kPiece = 1 << 16;

using detail::Cells;
using detail::Fault;
using detail::Found;
using detail::Marks;

// The faults of the rows [first, first + count) of a batch in one column, or in one collection.
struct Task {
  std::int64_t first = 0;
  std::size_t count = 0;
  std::size_t column = 0;
  const detail::FeaturePlan* feature = nullptr;
  const detail::CollectionPlan* collection = nullptr;
  const detail::RulePlan* rule = nullptr;
  const detail::BoundFormula* formula = nullptr;  // the rule's, with this batch
  detail::Sequence* sequence = nullptr;
};

std::string found_text(const Fault& fault, const RowSample& sample) {
  const bool absent = fault.type == AnomalyType::schema_missing_column ||
                      fault.type == AnomalyType::feature_type_low_fraction_present;
  if (!fault.found.empty()) return fault.found;
  if (absent) return "none";
  if (fault.path.empty()) return detail::shown(sample.value, 200);  // a rule's columns
  if (sample.value.empty()) return "nothing";
  return detail::in_quotes(sample.value);
}

}  // namespace

struct RowValidator::State {
  State(Schema wanted, RowOptions chosen) : schema(std::move(wanted)), options(std::move(chosen)) {
    schema.check_environment(options.environment);
    std::optional<std::string_view> environment;
    if (options.environment) environment = *options.environment;
    plan = detail::make_plan(schema, environment, faults);
    for (const detail::FeaturePlan& feature : plan.features) names.insert(feature.name);
    for (const detail::SequencePlan& sequence : plan.sequences) sequences.emplace_back(sequence);
  }

  void update(const Batch& batch) {
    std::vector<Task> tasks;
    std::vector<std::optional<detail::BoundFormula>> formulas;
    for (const detail::RulePlan& rule : plan.rules) {
      formulas.push_back(detail::bind_formula(rule.formula, batch));
    }
    for (std::int64_t first = 0; first < batch.rows; first += kPiece) {
      Task task;
      task.first = first;
      task.count = static_cast<std::size_t>(std::min(kPiece, batch.rows - first));
      for (task.column = 0; task.column < batch.columns.size(); ++task.column) {
        task.feature = find(batch.names[task.column]);
        if (task.feature != nullptr || !is_collection(batch.names[task.column])) {
          tasks.push_back(task);
        }
      }
      task.feature = nullptr;
      for (const detail::CollectionPlan& collection : plan.collections) {
        task.collection = &collection;
        tasks.push_back(task);
      }
      task.collection = nullptr;
      if (first == 0) {
        // Rows in their order: one task for all of them.
        Task whole = task;
        whole.count = static_cast<std::size_t>(batch.rows);
        for (detail::Sequence& sequence : sequences) {
          whole.sequence = &sequence;
          tasks.push_back(whole);
        }
      }
      for (std::size_t i = 0; i < plan.rules.size(); ++i) {
        if (!formulas[i]) continue;
        task.rule = &plan.rules[i];
        task.formula = &*formulas[i];
        tasks.push_back(task);
      }
    }
    std::vector<std::optional<Marks>> marks(tasks.size());
    const std::uint64_t cells = static_cast<std::uint64_t>(batch.rows) * batch.columns.size();
    const auto useful = static_cast<unsigned>(std::clamp<std::uint64_t>(cells / kPiece, 1, 256));
    const unsigned threads = std::min(useful, detail::threads_or_cores(options.threads));
    detail::in_parallel(tasks.size(), threads, [&](std::size_t i) {
      marks[i].emplace(options.samples, tasks[i].count);
      run(tasks[i], batch, *marks[i]);
    });
    found.resize(faults.size());
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      for (const auto& [fault, piece] : marks[i]->all()) {
        found[fault].append(piece, rows + tasks[i].first, options.samples);
      }
    }
    for (const detail::FeaturePlan& feature : plan.features) {
      if (feature.missing && !batch.find(feature.name)) mark_rows(*feature.missing, batch.rows);
    }
    rows += batch.rows;
  }

  void run(const Task& task, const Batch& batch, Marks& marks) {
    if (task.collection != nullptr) {
      detail::check_collection(*task.collection, batch, task.first, task.count, marks);
      return;
    }
    if (task.sequence != nullptr) {
      task.sequence->update(batch, marks);
      return;
    }
    if (task.rule != nullptr) {
      run_rule(task, marks);
      return;
    }
    Cells cells;
    cells.column = &batch.columns[task.column];
    cells.first = task.first;
    cells.count = task.count;
    detail::Walk walk(faults, marks);
    if (task.feature != nullptr) {
      walk.known(*task.feature, cells);
    } else {
      walk.unknown(Path({batch.names[task.column]}), cells);
    }
  }

  static void run_rule(const Task& task, Marks& marks) {
    detail::Evaluator evaluator(*task.formula);
    const auto& names = task.rule->formula.columns;
    for (std::size_t start = 0; start < task.count; start += detail::CellBlock::most) {
      const std::size_t count = std::min(detail::CellBlock::most, task.count - start);
      const auto first = task.first + static_cast<std::int64_t>(start);
      const detail::ValueBlock& values = evaluator.run(first, count);
      std::size_t tested = 0;
      for (std::size_t i = 0; i < count; ++i) {
        if (values.valid[i] == 0) continue;
        ++tested;
        if (values.truths[i] != 0) continue;
        marks.mark(task.rule->fault, start + i, [&] { return evaluator.shown(names, i); });
      }
      marks.tested(task.rule->fault, tested);
    }
  }

  // All rows of a batch that comes after those so far.
  void mark_rows(std::size_t fault, std::int64_t count) {
    Marks all(options.samples, static_cast<std::size_t>(count));
    for (std::size_t row = 0; row < static_cast<std::size_t>(count); ++row) {
      all.mark(fault, row, [] { return std::string(); });
    }
    for (const auto& [number, piece] : all.all()) {
      found[number].append(piece, rows, options.samples);
    }
  }

  [[nodiscard]] const detail::FeaturePlan* find(const std::string& name) const {
    if (!names.contains(name)) return nullptr;
    const auto at = std::find_if(plan.features.begin(), plan.features.end(),
                                 [&](const auto& feature) { return feature.name == name; });
    return &*at;
  }
  [[nodiscard]] bool is_collection(const std::string& name) const {
    const auto& all = plan.collection_names;
    return std::find(all.begin(), all.end(), name) != all.end();
  }

  // In single precision, as the bounds of tokens have it.
  [[nodiscard]] static float share(double part, double all) noexcept {
    return detail::narrow(part / all);
  }

  [[nodiscard]] static bool is_tolerated(const Fault& fault, const Found& where) {
    if (where.rows == 0) return true;
    switch (fault.tolerance) {
      case detail::Tolerance::presence:
        return !detail::is_too_rare(fault.least, where.tested - where.values, where.values);
      case detail::Tolerance::mass:
        return !detail::exceeds_mass(where.values, where.tested, fault.least);
      case detail::Tolerance::least_share:
        return share(where.tested - where.values, where.tested) >= share(fault.least, 1.0);
      case detail::Tolerance::most_share:
        return share(where.values, where.tested) <= share(fault.least, 1.0);
      case detail::Tolerance::empty:
        return where.values == where.tested;
      case detail::Tolerance::none:
        break;
    }
    return false;
  }

  [[nodiscard]] RowAnomalies result() const {
    RowAnomalies all;
    all.rows = rows;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const Fault& fault = faults[i];
      const Found& where = found[i];
      if (is_tolerated(fault, where)) continue;
      RowAnomaly anomaly;
      anomaly.severity = fault.severity;
      for (const auto& [type, severity] : options.severities) {
        if (type == fault.type) anomaly.severity = severity;
      }
      if (anomaly.severity == Severity::unknown) continue;
      anomaly.path = fault.path;
      anomaly.type = fault.type;
      anomaly.rule = fault.rule;
      anomaly.summary = fault.summary;
      anomaly.rows = where.rows;
      anomaly.samples = where.samples;
      anomaly.marked = where.marked;
      while (!anomaly.marked.empty() && anomaly.marked.back() == 0) anomaly.marked.pop_back();
      anomaly.message = fault.expected;
      if (!where.samples.empty()) {
        anomaly.message += ", found " + found_text(fault, where.samples.front()) + " in row " +
                           std::to_string(where.samples.front().row);
      }
      anomaly.message += " (" + std::to_string(where.rows) + " of " + std::to_string(rows) +
                         (rows == 1 ? " row)." : " rows).");
      all.items.push_back(std::move(anomaly));
    }
    // Faults of unknown columns come as the threads meet them: the order must not tell.
    std::sort(all.items.begin(), all.items.end(), [](const RowAnomaly& a, const RowAnomaly& b) {
      return std::tie(a.path, a.type, a.rule, a.message) <
             std::tie(b.path, b.type, b.rule, b.message);
    });
    return all;
  }

  Schema schema;
  RowOptions options;
  detail::FaultTable faults;
  detail::RowPlan plan;
  std::set<std::string, std::less<>> names;
  std::vector<detail::Sequence> sequences;
  std::vector<Found> found;
  std::int64_t rows = 0;
};

RowValidator::RowValidator(Schema schema, RowOptions options)
    : state_(std::make_unique<State>(std::move(schema), std::move(options))) {}
RowValidator::~RowValidator() = default;
RowValidator::RowValidator(RowValidator&&) noexcept = default;
RowValidator& RowValidator::operator=(RowValidator&&) noexcept = default;

void RowValidator::update(const Batch& batch) {
  state_->update(batch);
}

RowAnomalies RowValidator::result() const {
  return state_->result();
}

RowAnomalies validate_rows(const Batch& batch, const Schema& schema, const RowOptions& options) {
  RowValidator validator(schema, options);
  validator.update(batch);
  return validator.result();
}

}  // namespace zeroskew
