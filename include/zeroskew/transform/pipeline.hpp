#pragma once
/// Steps in their order and one seed.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/column/batch.hpp"
#include "zeroskew/stats/profile.hpp"
#include "zeroskew/transform/composition.hpp"
#include "zeroskew/transform/fitted_pipeline.hpp"

namespace zeroskew {

class Pipeline {
 public:
  Pipeline() = default;
  explicit Pipeline(std::vector<Step> steps, std::uint64_t seed = 0)
      : steps_(std::move(steps)), seed_(seed) {}

  /// Steps and compositions of steps.
  [[nodiscard]] static Pipeline of(const std::vector<Stage>& stages, std::uint64_t seed = 0);

  [[nodiscard]] const std::vector<Step>& steps() const noexcept { return steps_; }
  /// The compositions around step i, the outermost first.
  [[nodiscard]] std::vector<Membership> within(std::size_t i) const {
    return i < within_.size() ? within_[i] : std::vector<Membership>();
  }
  [[nodiscard]] std::uint64_t seed() const noexcept { return seed_; }

  /// Fits from statistics alone. A step that follows others on its column sees the statistics of
  /// what they make of it; where those cannot be had exactly from the profile, data are needed.
  /// Augmenting steps that act only in training leave no trace in what later steps learn.
  /// @throws Error transform.unknown_column, transform.wrong_type, transform.needs_data,
  /// transform.no_values, transform.not_finite, transform.name_taken
  [[nodiscard]] FittedPipeline fit(const Profile& profile) const;
  /// Fits from rows: the same bits as from their profile, wherever that is enough.
  [[nodiscard]] FittedPipeline fit(const Batch& data) const { return fit(std::span(&data, 1)); }
  /// Fits from a table in pieces. `keys` name the rows where a step learns from all rows but those
  /// like the one at hand (target_encode); unless given, rows are numbered from 0.
  [[nodiscard]] FittedPipeline fit(std::span<const Batch> data,
                                   std::span<const std::uint64_t> keys = {}) const;

  /// {"seed":7,"steps":[...]}; a bare array of steps has seed 0. Among the steps
  /// {"one_of":[...],"weights":[...]}, {"some_of":[...],"n":2} and {"sequence":[...]} are
  /// compositions, with "p" and "when".
  /// @throws Error transform.not_savable for a step that lives in this program only
  [[nodiscard]] std::string to_json() const;
  /// The same, also of such steps: what this program alone can read again.
  [[nodiscard]] std::string specification() const;
  [[nodiscard]] static Pipeline from_json(std::string_view text);

  [[nodiscard]] bool operator==(const Pipeline&) const = default;

 private:
  std::vector<Step> steps_;
  std::vector<std::vector<Membership>> within_;  // as many as steps, or none
  std::uint64_t seed_ = 0;
};

}  // namespace zeroskew
