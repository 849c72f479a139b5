#pragma once
/// The statistics of a column as it is after some steps: from a profile as long as that is exact,
/// from the rows where it is not.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

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
  FitStatistics(const Profile* profile, std::span<const Batch> data)
      : given_(profile), data_(data) {}

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

 private:
  bool derive(Origin& origin, const FittedPipeline& prefix);
  template <class F>
  void each_batch(const std::string& column, const FittedPipeline& prefix, F&& f) const;
  [[noreturn]] static void needs_data(const std::string& column, const std::string& why);

  const Profile* given_;
  std::span<const Batch> data_;
};

}  // namespace zeroskew
