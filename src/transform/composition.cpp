#include "zeroskew/transform/composition.hpp"

#include <cmath>

#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

const char* name_of(CompositionKind kind) noexcept {
  switch (kind) {
    case CompositionKind::one_of:
      return "one_of";
    case CompositionKind::some_of:
      return "some_of";
    default:
      return "sequence";
  }
}

[[noreturn]] void wrong(CompositionKind kind, const std::string& what) {
  fail_value("transform.composition", name_of(kind), what);
}

}  // namespace

void check_composition(CompositionKind kind, const CompositionOptions& options,
                       std::size_t members) {
  if (members == 0) wrong(kind, "has no member");
  if (!(options.p >= 0.0 && options.p <= 1.0)) wrong(kind, "p is a number from 0 to 1");
  if (!options.weights.empty()) {
    if (kind != CompositionKind::one_of) wrong(kind, "weights are for one_of");
    double total = 0.0;
    for (const double weight : options.weights) {
      if (!(weight >= 0.0)) wrong(kind, "a weight is negative or not a number");
      total += weight;
    }
    if (options.weights.size() != members) {
      wrong(kind, std::to_string(options.weights.size()) + " weights for " +
                      std::to_string(members) + " members");
    }
    if (!(total > 0.0) || !std::isfinite(total)) wrong(kind, "no weight is above zero");
  }
  if (kind == CompositionKind::some_of &&
      !(options.least <= options.most && options.most <= members && options.most > 0)) {
    wrong(kind, "n is a number from 1 to the number of members, or a pair of such numbers");
  }
}

Stage Stage::composed(CompositionKind kind, std::vector<Stage> members,
                      CompositionOptions options) {
  check_composition(kind, options, members.size());
  Stage stage;
  stage.content_ = Composition{kind, std::move(options), std::move(members)};
  const bool by_chance =
      kind != CompositionKind::sequence || std::get<Composition>(stage.content_).options.p < 1.0;
  if (by_chance && !stage.only_augments()) {
    wrong(kind, "only augmenting steps may depend on chance; use when= for a condition");
  }
  if (!std::get<Composition>(stage.content_).options.when.empty() && !stage.can_be_conditional()) {
    wrong(kind, "when= is for augmenting steps and for those that make one column");
  }
  return stage;
}

bool Stage::can_be_conditional() const {
  if (const auto* step = std::get_if<Step>(&content_)) {
    return step->info().role == StepRole::augmenting || step->info().one_output;
  }
  for (const Stage& member : std::get<Composition>(content_).members) {
    if (!member.can_be_conditional()) return false;
  }
  return true;
}

Stage Stage::sequence(std::vector<Stage> members, CompositionOptions options) {
  return composed(CompositionKind::sequence, std::move(members), std::move(options));
}
Stage Stage::one_of(std::vector<Stage> members, CompositionOptions options) {
  return composed(CompositionKind::one_of, std::move(members), std::move(options));
}
Stage Stage::some_of(std::vector<Stage> members, CompositionOptions options) {
  return composed(CompositionKind::some_of, std::move(members), std::move(options));
}

bool Stage::only_augments() const {
  if (const auto* step = std::get_if<Step>(&content_)) {
    return step->info().role == StepRole::augmenting;
  }
  for (const Stage& member : std::get<Composition>(content_).members) {
    if (!member.only_augments()) return false;
  }
  return true;
}

void Stage::flatten(std::vector<PlacedStep>& steps, std::uint32_t& group,
                    const std::vector<Membership>& within) const {
  if (const auto* step = std::get_if<Step>(&content_)) {
    steps.push_back({*step, within});
    return;
  }
  const auto& composition = std::get<Composition>(content_);
  std::vector<Membership> inner = within;
  inner.push_back({composition.kind, composition.options, group++, 0,
                   static_cast<std::uint32_t>(composition.members.size())});
  for (const Stage& member : composition.members) {
    member.flatten(steps, group, inner);
    ++inner.back().member;
  }
}

}  // namespace zeroskew
