#include "zeroskew/drift/thresholds.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

int slot_of(std::int64_t seconds, Season season) noexcept {
  constexpr std::int64_t day = 86400;
  const std::int64_t days = seconds >= 0 ? seconds / day : -((day - 1 - seconds) / day);
  const int hour = static_cast<int>((seconds - days * day) / 3600);
  const int weekday = static_cast<int>(((days + 3) % 7 + 7) % 7);  // 1970 began on a Thursday
  switch (season) {
    case Season::hour:
      return hour;
    case Season::weekday:
      return weekday;
    case Season::hour_of_week:
      return 24 * weekday + hour;
    default:
      return 0;
  }
}

// The median of sorted values, leaving out the one at `without` (none if past the end).
double median_of(const std::vector<double>& sorted, std::size_t without) {
  const std::size_t size = sorted.size() - (without < sorted.size() ? 1 : 0);
  const auto at = [&](std::size_t i) { return sorted[i < without ? i : i + 1]; };
  const double high = at(size / 2);
  return size % 2 == 1 ? high : 0.5 * at(size / 2 - 1) + 0.5 * high;
}

}  // namespace

double ThresholdProposal::at(std::int64_t seconds) const noexcept {
  const int wanted = slot_of(seconds, season);
  for (const SlotThreshold& slot : slots) {
    if (slot.slot == wanted) return slot.threshold;
  }
  return center + margin;
}

ThresholdProposal propose_thresholds(std::span<const double> values,
                                     std::span<const std::int64_t> times,
                                     const ThresholdOptions& options) {
  constexpr const char* where = "propose_thresholds";
  if (!(options.rate > 0.0 && options.rate < 1.0)) {
    fail_value("drift.rate", where, "the rate of false alarms lies between 0 and 1");
  }
  if (options.season != Season::none && times.size() != values.size()) {
    fail_value("drift.times", where, "a season needs a time for each value");
  }
  std::map<int, std::vector<double>> by_slot;
  std::vector<double> all;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) continue;
    by_slot[options.season == Season::none ? 0 : slot_of(times[i], options.season)].push_back(
        values[i]);
    all.push_back(values[i]);
  }
  if (all.empty()) fail_value("drift.history", where, "the history has no finite value");
  std::sort(all.begin(), all.end());
  ThresholdProposal proposal;
  proposal.season = options.season;
  proposal.history = all.size();
  proposal.center = options.season == Season::none ? 0.0 : median_of(all, all.size());
  // How far each value lies above the median of the others in its slot: what a new value will do.
  std::vector<double> excess;
  for (auto& [slot, sorted] : by_slot) {
    std::sort(sorted.begin(), sorted.end());
    SlotThreshold made;
    made.slot = slot;
    made.count = sorted.size();
    if (options.season != Season::none) {
      made.center = median_of(sorted, sorted.size());
      for (std::size_t i = 0; i < sorted.size(); ++i) {
        const double others = sorted.size() > 1 ? median_of(sorted, i) : proposal.center;
        excess.push_back(sorted[i] - others);
      }
    }
    proposal.slots.push_back(made);
  }
  if (options.season == Season::none) excess = all;
  std::sort(excess.begin(), excess.end(), [](double a, double b) { return a > b; });
  const auto n = static_cast<double>(excess.size());
  const auto allowed =
      static_cast<std::size_t>(std::floor(options.rate * (n + 1.0) * (1.0 + 1e-12)));
  proposal.reached = allowed >= 1;
  const std::size_t k = std::min(std::max<std::size_t>(allowed, 1), excess.size());
  proposal.margin = excess[k - 1];
  proposal.rate = static_cast<double>(k) / (n + 1.0);
  for (SlotThreshold& slot : proposal.slots) slot.threshold = slot.center + proposal.margin;
  return proposal;
}

}  // namespace zeroskew
