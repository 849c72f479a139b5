#pragma once
/// The registry of steps: JSON, Python, the reference pages and the tests are derived from it.

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/stats/column_profile.hpp"
#include "zeroskew/transform/behaviour.hpp"
#include "zeroskew/transform/operation.hpp"
#include "zeroskew/transform/setting.hpp"

namespace zeroskew {

/// fitted: learns from statistics; fixed: nothing to learn; augmenting: random, and active only
/// when training or where `always` is set.
enum class StepRole : std::uint8_t { fitted, fixed, augmenting };
/// each: every column on its own; together: the columns are one input (cross, select).
enum class StepShape : std::uint8_t { each, together };

/// What fitting may ask. Statistics are those of the columns as the steps before left them.
struct FitInput {
  std::span<const Field> fields;
  const Settings& settings;
  /// Statistics of input i. @throws Error transform.needs_data
  std::function<const ColumnProfile&(std::size_t)> profile;
  /// Every value of input i with its exact count, the most frequent first, the larger value first
  /// among equals; missing and NaN left out. @throws Error transform.needs_data
  std::function<std::vector<ValueCount>(std::size_t)> counts;
  /// Calls `f` for block after block of the rows: `slots[i]` holds the cells of column `names[i]`,
  /// `fields[i]` is its type. @throws Error transform.needs_data, transform.unknown_column
  using EachBlock = std::function<void(Block& block, std::span<const Slot> slots,
                                       std::span<const Field> fields, const std::uint64_t* keys)>;
  std::function<void(const std::vector<std::string>& names, const EachBlock& f)> blocks;
};

struct StepInfo {
  std::string name;  ///< snake_case; the class in Python is its CamelCase
  std::string doc;
  StepRole role = StepRole::fixed;
  StepShape shape = StepShape::each;
  std::vector<Kind> accepts = {};  ///< kinds of column; empty: all that are not nested
  OnUnknown on_unknown = OnUnknown::alike;
  OnOverflow on_overflow = OnOverflow::infinite;
  std::vector<Parameter> parameters = {};  ///< in the order of positional arguments
  std::vector<Parameter> learned = {};     ///< what `fit` returns, as JSON keeps it
  bool one_output = false;                 ///< takes the common parameter `output`
  bool needs_rows = false;                 ///< fits from rows only: a profile does not say enough
  bool moves_only = false;       ///< cells of any type go through as they are: no operation
  bool ignores_missing = false;  ///< a column that is not in the data is no error
  bool keeps_others = true;      ///< columns that the step does not name stay
  /// Not empty: why a pipeline with this step cannot be saved.
  std::string unsaved = {};
  /// Null if there is nothing to learn.
  Settings (*fit)(const FitInput&) = nullptr;
  /// The outputs and the operation for inputs of these types.
  Prepared (*prepare)(std::span<const Field> inputs, const Settings& settings,
                      const Settings& learned) = nullptr;
  /// The statistics after the step from those before, where that is exact without looking at each
  /// value; null or an empty result: not possible. Steps of shape `each` with one output only.
  std::unique_ptr<ColumnProfile> (*propagate)(const ColumnProfile& before, const Settings& settings,
                                              const Settings& learned) = nullptr;
  /// The way back, from the step's outputs to its inputs; null: there is none.
  Prepared (*inverse)(std::span<const Field> inputs, const Settings& settings,
                      const Settings& learned) = nullptr;

  [[nodiscard]] const Parameter* find(std::string_view parameter) const noexcept;
};

/// Every step of the library, in the order of the reference.
[[nodiscard]] const std::vector<StepInfo>& step_registry();
/// One of the library's steps, or one that the program added (user_step.hpp).
/// @throws Error transform.unknown_step with the nearest name
[[nodiscard]] const StepInfo& step_info(std::string_view name);

}  // namespace zeroskew
