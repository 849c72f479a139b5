#pragma once
/// A number with its error.

namespace zeroskew {

/// `value` with bounds that contain the truth; `exact` means lo == value == hi.
struct Estimate {
  double value = 0.0;
  double lo = 0.0;
  double hi = 0.0;
  bool exact = true;

  [[nodiscard]] bool operator==(const Estimate&) const = default;
};

/// Bounds [lo, hi] that contain the truth.
struct Bounds {
  double lo = 0.0;
  double hi = 0.0;

  [[nodiscard]] bool operator==(const Bounds&) const = default;
};

}  // namespace zeroskew
