#include "transform/gate.hpp"

#include <algorithm>

#include "transform/draws.hpp"
#include "transform/steps/categories.hpp"
#include "zeroskew/random/choice.hpp"

namespace zeroskew {

void Condition::restrict(Block& block, std::uint8_t* acts) const noexcept {
  for (std::size_t i = 0; i < block.rows(); ++i) {
    if (acts[i] != 0) acts[i] = formula.holds(block, slots, i);
  }
}

Gate::Gate(const FittedStep& step, const std::vector<Slot>& slots,
           const std::map<std::uint32_t, std::uint64_t>& streams) {
  for (const Membership& membership : step.within) {
    const CompositionOptions& options = membership.options;
    if (membership.kind != CompositionKind::sequence || options.p < 1.0) {
      groups_.push_back({membership, streams.at(membership.group), cumulative_of(membership)});
    }
  }
  for (const std::string& formula : formulas_of(step.step, step.within)) {
    conditions_.push_back({Formula(formula, step.reads), slots});
  }
}

std::vector<double> cumulative_of(const Membership& membership) {
  std::vector<double> cumulative;
  double total = 0.0;
  for (std::uint32_t i = 0; i < membership.members; ++i) {
    total += membership.options.weights.empty() ? 1.0 : membership.options.weights[i];
    cumulative.push_back(total);
  }
  return cumulative;
}

bool is_chosen(const Membership& m, std::span<const double> cumulative,
               const Stream& stream) noexcept {
  if (!stream.bernoulli(0, m.options.p)) return false;
  if (m.kind == CompositionKind::one_of) {
    return categorical(stream, 1, cumulative) == m.member;
  }
  if (m.kind == CompositionKind::sequence) return true;
  const std::uint64_t span = m.options.most - m.options.least + 1;
  std::uint64_t wanted = m.options.least + stream.below(1, span);
  // Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S).
  for (std::uint32_t k = 0; k < m.members && wanted > 0; ++k) {
    const bool taken = stream.below(2 + k, m.members - k) < wanted;
    if (k == m.member) return taken;
    wanted -= taken;
  }
  return false;
}

void Gate::restrict(Block& block, const RowContext& rows, std::uint8_t* acts) const noexcept {
  for (const Group& group : groups_) {
    RowContext own = rows;
    own.stream = group.stream;
    const Stream stream = stream_of(own, Purpose::gate);
    for (std::size_t i = 0; i < block.rows(); ++i) {
      if (acts[i] == 0) continue;
      acts[i] = is_chosen(group.membership, group.cumulative, stream.with_row(rows.keys[i]));
    }
  }
  for (const Condition& condition : conditions_) condition.restrict(block, acts);
}

std::vector<std::string> formulas_of(const Step& step, const std::vector<Membership>& within) {
  std::vector<std::string> formulas;
  for (const Membership& membership : within) {
    if (!membership.options.when.empty()) formulas.push_back(membership.options.when);
  }
  if (is_set(step.settings(), "when")) formulas.push_back(text_of(step.settings(), "when"));
  return formulas;
}

std::vector<std::string> reads_of(const Step& step, const std::vector<Membership>& within) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  for (const std::string& formula : formulas_of(step, within)) {
    for (const std::string& name : Formula::columns(formula)) add(name);
  }
  if (is_set(step.settings(), "by")) add(text_of(step.settings(), "by"));
  return names;
}

std::map<std::uint32_t, std::uint64_t> group_streams(const std::vector<FittedStep>& steps) {
  std::map<std::uint32_t, std::uint64_t> streams;
  for (const FittedStep& step : steps) {
    for (std::size_t depth = 0; depth < step.within.size(); ++depth) {
      const Membership& membership = step.within[depth];
      std::uint64_t& stream = streams[membership.group];
      const auto salt = static_cast<std::uint64_t>(membership.kind) + 16 * (depth + 1);
      stream = detail::mix(stream ^ detail::mix(step.stream + salt));
    }
  }
  return streams;
}

}  // namespace zeroskew
