#pragma once
/// The statistics of a column as it is after some steps: from a profile as long as that is exact,
/// from the rows where it is not.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "transform/expression.hpp"
#include "zeroskew/column/batch.hpp"
#include "zeroskew/stats/profile.hpp"
#include "zeroskew/transform/fitted_pipeline.hpp"

namespace zeroskew {

/// True if every value and its count can be read from the profile.
[[nodiscard]] bool knows_every_value(const ColumnProfile& profile);

/// The statistics of output `output` of a step on one column, by sending each distinct value
/// through it; nothing if the profile does not know them all.
[[nodiscard]] std::optional<ColumnProfile> propagate(const ColumnProfile& before,
                                                     const FittedStep& step, std::size_t output);

/// The columns of a table while its pipeline is being fitted.
class FitStatistics {
 public:
  /// Either may be empty: `data` is then not there, and `profile` is made of it.
  FitStatistics(const Profile* profile, std::span<const Batch> data,
                std::span<const std::uint64_t> keys = {})
      : given_(profile), data_(data), keys_(keys) {}

  /// Which rows count: those where every formula holds and where `by` has this value.
  struct Filter {
    std::vector<std::string> formulas;
    std::string by;  ///< empty: no such condition
    Value group;

    [[nodiscard]] bool empty() const noexcept { return formulas.empty() && by.empty(); }
  };

  /// The column made by a step's output from a column; `step` is its number in the fitted prefix.
  struct Origin {
    std::string name;                ///< of the source column, if no step made it
    std::shared_ptr<Origin> before;  ///< the only input, if there is just one
    std::optional<std::size_t> step;
    std::size_t output = 0;
    std::shared_ptr<const ColumnProfile> known;
  };

  /// @throws Error transform.needs_data
  const ColumnProfile& profile(Origin& origin, const std::string& column,
                               const FittedPipeline& prefix);
  /// @throws Error transform.needs_data
  std::vector<ValueCount> counts(Origin& origin, const std::string& column,
                                 const FittedPipeline& prefix);
  /// The same for the rows of a filter. @throws Error transform.needs_data
  ColumnProfile profile(const std::string& column, const FittedPipeline& prefix,
                        const Filter& filter);
  std::vector<ValueCount> counts(const std::string& column, const FittedPipeline& prefix,
                                 const Filter& filter);
  /// Blocks of the named columns, of the filter's rows only. @throws Error transform.needs_data
  void blocks(const std::vector<std::string>& names, const FittedPipeline& prefix,
              const Filter& filter, const FitInput::EachBlock& f);
  /// The values of a column, missing ones left out. @throws Error transform.needs_data
  std::set<Value> values(const std::string& column, const FittedPipeline& prefix,
                         const Filter& filter);

 private:
  const std::vector<Batch>& made_by(const FittedPipeline& prefix);
  bool derive(Origin& origin, const FittedPipeline& prefix);
  [[noreturn]] static void needs_data(const std::string& column, const std::string& why);

  const Profile* given_;
  std::span<const Batch> data_;
  std::span<const std::uint64_t> keys_;
  std::vector<Batch> made_;  // the data after `made_steps_` steps
  std::optional<std::size_t> made_steps_;
};

}  // namespace zeroskew
