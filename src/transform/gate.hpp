#pragma once
/// On which rows a step acts: formulas and compositions, for block after block.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "transform/expression.hpp"
#include "zeroskew/random/stream.hpp"
#include "zeroskew/transform/fitted_pipeline.hpp"

namespace zeroskew {

/// Whether a composition chose its member for a row; `cumulative` are the sums of the weights.
[[nodiscard]] bool is_chosen(const Membership& membership, std::span<const double> cumulative,
                             const Stream& stream) noexcept;
/// The sums of the weights of a composition's members; 1, 2, ... where all are alike.
[[nodiscard]] std::vector<double> cumulative_of(const Membership& membership);

/// A formula with the slots that it reads.
struct Condition {
  Formula formula;
  std::vector<Slot> slots;

  /// acts[i] &= the formula holds for row i
  void restrict(Block& block, std::uint8_t* acts) const noexcept;
};

/// The conditions of one step.
class Gate {
 public:
  Gate() = default;
  /// `slots[i]` holds the cells of `step.reads[i]`; `streams` has one for each composition.
  Gate(const FittedStep& step, const std::vector<Slot>& slots,
       const std::map<std::uint32_t, std::uint64_t>& streams);

  [[nodiscard]] bool empty() const noexcept { return groups_.empty() && conditions_.empty(); }
  /// acts[i] &= the step's compositions chose it for row i
  void restrict(Block& block, const RowContext& rows, std::uint8_t* acts) const noexcept;

 private:
  struct Group {
    Membership membership;
    std::uint64_t stream = 0;
    std::vector<double> cumulative;
  };
  std::vector<Group> groups_;
  std::vector<Condition> conditions_;
};

/// The formulas of a step, those of its compositions first.
[[nodiscard]] std::vector<std::string> formulas_of(const Step& step,
                                                   const std::vector<Membership>& within);
/// The columns that a step reads besides its own: those of its formulas and of `by`.
[[nodiscard]] std::vector<std::string> reads_of(const Step& step,
                                                const std::vector<Membership>& within);
/// The streams of the compositions of a pipeline: named by the steps in them, so that other steps
/// may come and go.
[[nodiscard]] std::map<std::uint32_t, std::uint64_t> group_streams(
    const std::vector<FittedStep>& steps);

/// Makes a step ready; one with `by` gets an operation for each group.
[[nodiscard]] Prepared prepare_step(const FittedStep& step);

}  // namespace zeroskew
