#pragma once
/// Steps put together: one of several, some of several, a sequence under one condition.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "zeroskew/transform/step.hpp"

namespace zeroskew {

/// What a composition does with its members.
enum class CompositionKind : std::uint8_t { sequence, one_of, some_of };

/// How a composition chooses, for each row anew.
struct CompositionOptions {
  double p = 1.0;               ///< share of the rows on which anything happens
  std::string when;             ///< a formula; empty: everywhere
  std::vector<double> weights;  ///< of one_of, in any unit; empty: all alike
  std::uint32_t least = 1;      ///< of some_of: how many members act,
  std::uint32_t most = 1;       ///< drawn evenly between both

  [[nodiscard]] bool operator==(const CompositionOptions&) const = default;
};

/// That a step belongs to a member of a composition.
struct Membership {
  CompositionKind kind = CompositionKind::sequence;
  CompositionOptions options;
  std::uint32_t group = 0;  ///< number of the composition in its pipeline
  std::uint32_t member = 0;
  std::uint32_t members = 1;

  [[nodiscard]] bool operator==(const Membership&) const = default;
};

/// @throws Error transform.composition for no members, or options out of their range
void check_composition(CompositionKind kind, const CompositionOptions& options,
                       std::size_t members);

/// A step with the compositions around it, the outermost first.
struct PlacedStep {
  Step step;
  std::vector<Membership> within;

  [[nodiscard]] bool operator==(const PlacedStep&) const = default;
};

/// An item of a pipeline: a step, or a composition of stages.
class Stage {
 public:
  Stage(Step step) : content_(std::move(step)) {}

  /// @throws Error transform.composition for an empty one, for options out of their range, for
  /// steps that are not augmenting where members are drawn (serving must not depend on chance), and
  /// for steps that make several columns under a condition
  [[nodiscard]] static Stage sequence(std::vector<Stage> members, CompositionOptions options = {});
  [[nodiscard]] static Stage one_of(std::vector<Stage> members, CompositionOptions options = {});
  [[nodiscard]] static Stage some_of(std::vector<Stage> members, CompositionOptions options = {});

  /// The steps in their order; compositions are numbered from `group` on, which moves.
  void flatten(std::vector<PlacedStep>& steps, std::uint32_t& group,
               const std::vector<Membership>& within = {}) const;

 private:
  struct Composition {
    CompositionKind kind = CompositionKind::sequence;
    CompositionOptions options;
    std::vector<Stage> members;
  };
  static Stage composed(CompositionKind kind, std::vector<Stage> members,
                        CompositionOptions options);
  [[nodiscard]] bool only_augments() const;
  [[nodiscard]] bool can_be_conditional() const;

  Stage() = default;
  std::variant<std::monostate, Step, Composition> content_;
};

}  // namespace zeroskew
