#pragma once
/// Why a mean moved: other slices, or the same slices with other values.

#include <span>
#include <string>
#include <vector>

#include "zeroskew/drift/result.hpp"

namespace zeroskew {

/// Rows of a slice and the mean of what is watched, on each side.
struct SliceMeans {
  std::string name;
  double reference_rows = 0.0;
  double reference_mean = 0.0;  ///< any number where there are no rows
  double current_rows = 0.0;
  double current_mean = 0.0;
};

struct SliceShift {
  std::string name;
  double reference_share = 0.0;
  double current_share = 0.0;
  double mix = 0.0;     ///< of the change, what the slice's share did
  double within = 0.0;  ///< of the change, what its values did

  [[nodiscard]] bool operator==(const SliceShift&) const = default;
};

struct MixShift {
  double reference_mean = 0.0;
  double current_mean = 0.0;
  double mix = 0.0;  ///< mix + within is the change of the mean
  double within = 0.0;
  MeasureResult shares;            ///< chi-square: did the slices' shares move
  std::vector<SliceShift> slices;  ///< the largest contributions first
  std::string reason;              ///< why nothing could be said; empty if it was

  [[nodiscard]] double change() const noexcept { return current_mean - reference_mean; }
};

/// The symmetric decomposition (Kitagawa 1955): a slice's share times the change of its mean, and
/// its mean, less that of all, times the change of its share, each with the other side-averaged. A
/// slice that one side lacks counts as mix.
/// @throws Error drift.count (negative or infinite rows), drift.not_finite
[[nodiscard]] MixShift mix_shift(std::span<const SliceMeans> slices, double alpha = 0.05);

}  // namespace zeroskew
