#pragma once
/// Steps in their order and one seed.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/column/batch.hpp"
#include "zeroskew/stats/profile.hpp"
#include "zeroskew/transform/fitted_pipeline.hpp"
#include "zeroskew/transform/step.hpp"

namespace zeroskew {

class Pipeline {
 public:
  Pipeline() = default;
  explicit Pipeline(std::vector<Step> steps, std::uint64_t seed = 0)
      : steps_(std::move(steps)), seed_(seed) {}

  [[nodiscard]] const std::vector<Step>& steps() const noexcept { return steps_; }
  [[nodiscard]] std::uint64_t seed() const noexcept { return seed_; }

  /// Fits from statistics alone. A step that follows others on its column sees the statistics of
  /// what they make of it; where those cannot be had exactly from the profile, data are needed.
  /// Augmenting steps that act only in training leave no trace in what later steps learn.
  /// @throws Error transform.unknown_column, transform.wrong_type, transform.needs_data,
  /// transform.no_values, transform.not_finite, transform.name_taken
  [[nodiscard]] FittedPipeline fit(const Profile& profile) const;
  /// Fits from rows: the same bits as from their profile, wherever that is enough.
  [[nodiscard]] FittedPipeline fit(const Batch& data) const { return fit(std::span(&data, 1)); }
  /// Fits from a table in pieces.
  [[nodiscard]] FittedPipeline fit(std::span<const Batch> data) const;

  /// {"seed":7,"steps":[...]}; a bare array of steps has seed 0.
  [[nodiscard]] std::string to_json() const;
  [[nodiscard]] static Pipeline from_json(std::string_view text);

  [[nodiscard]] bool operator==(const Pipeline&) const = default;

 private:
  std::vector<Step> steps_;
  std::uint64_t seed_ = 0;
};

}  // namespace zeroskew
