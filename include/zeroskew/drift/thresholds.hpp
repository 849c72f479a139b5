#pragma once
/// Thresholds that a history of a metric proposes, with the false alarms that they imply.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace zeroskew {

/// Which times are alike.
enum class Season : unsigned char { none, hour, weekday, hour_of_week };

struct ThresholdOptions {
  double rate = 0.01;            ///< false alarms a look that are wanted, at the most
  Season season = Season::none;  ///< other than `none` needs times
};

/// Values above `threshold` at times of this slot are alarms.
struct SlotThreshold {
  int slot = 0;         ///< hour 0..23, weekday 0 (Monday)..6, or 24 weekday + hour; 0 without one
  double center = 0.0;  ///< the slot's median
  double threshold = 0.0;  ///< center + the proposal's margin
  std::size_t count = 0;   ///< values of the history in the slot

  [[nodiscard]] bool operator==(const SlotThreshold&) const = default;
};

/// `margin` is an order statistic of how far history lay above what the rest of its slot was. A new
/// value that is exchangeable with history passes it with chance `rate`, whatever the metric's
/// distribution: k / (n + 1) for the k-th largest of n (exact without seasons; with them as far as
/// a slot's median is known).
struct ThresholdProposal {
  double margin = 0.0;
  double rate = 1.0;        ///< implied false alarms a look
  bool reached = false;     ///< false: history is too short for the rate that was wanted
  std::size_t history = 0;  ///< finite values
  std::vector<SlotThreshold> slots;

  /// The threshold at a time; slots without history take the median of all.
  [[nodiscard]] double at(std::int64_t seconds) const noexcept;

  Season season = Season::none;
  double center = 0.0;  ///< the median of all

  [[nodiscard]] bool operator==(const ThresholdProposal&) const = default;
};

/// `times` are seconds since 1970 in the time zone whose hours matter; empty without a season.
/// Values that are not finite are left out.
/// @throws Error drift.rate, drift.times, drift.history (no finite value)
[[nodiscard]] ThresholdProposal propose_thresholds(std::span<const double> values,
                                                   std::span<const std::int64_t> times,
                                                   const ThresholdOptions& options = {});

}  // namespace zeroskew
