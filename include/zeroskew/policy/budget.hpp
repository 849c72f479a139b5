#pragma once
/// Drift budgets: how far augmentation may move a column. The guards of a policy that name a column
/// are budgets, and the measure is one of `measures()`.
///
/// A column that only augmenting steps work on is held against the baseline. A column that other
/// steps change too (a standardised one) has no baseline, so it is held against the same rows
/// without augmentation. What chance alone explains at this number of rows breaks no budget.

#include <span>
#include <string>
#include <vector>

#include "zeroskew/column/batch.hpp"
#include "zeroskew/drift/result.hpp"
#include "zeroskew/policy/guard.hpp"
#include "zeroskew/stats/column_profile.hpp"
#include "zeroskew/transform/fitted_pipeline.hpp"

namespace zeroskew {

class Policy;

/// One budget, held against one column.
struct BudgetState {
  Guard guard;
  std::string column;        ///< the guard's, or one of those that its "*" stands for
  bool of_baseline = false;  ///< held against the baseline; else against the rows as they came
  MeasureResult result;
  /// Above the limit and beyond chance, or not comparable: a column of which nothing is left.
  bool broken = false;

  [[nodiscard]] bool operator==(const BudgetState&) const = default;
};

struct BudgetReport {
  std::vector<BudgetState> budgets;  ///< in the order of the guards, each one's columns in order

  /// The worst action of the budgets that are broken; pass if none is.
  [[nodiscard]] GuardAction action() const noexcept;
  /// What broke the budgets of that action, one after the other.
  [[nodiscard]] std::string message(GuardAction action) const;
  /// @throws Error policy.drift_budget where a budget of action error is broken
  void enforce() const;

  [[nodiscard]] bool operator==(const BudgetReport&) const = default;
};

/// A table in pieces, and what its budgets say.
struct GuardedTable {
  std::vector<Batch> table;
  BudgetReport budgets;
};

/// Holds a column to a budget. @throws Error policy.guard if the guard is none, drift.*
[[nodiscard]] BudgetState hold(const Guard& budget, const ColumnProfile& reference,
                               const ColumnProfile& current);

/// What the budgets of a policy say of these rows: nothing where no augmenting step acts. Refuses
/// nothing; `Policy::transform` does. @throws Error what `FittedPipeline::transform` throws
[[nodiscard]] GuardedTable held(const Policy& policy, std::span<const Batch> data,
                                const TransformOptions& options = {});

}  // namespace zeroskew
