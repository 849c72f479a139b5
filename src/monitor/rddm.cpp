#include "zeroskew/monitor/rddm.hpp"

#include <algorithm>
#include <cmath>

#include "zeroskew/monitor/state.hpp"

namespace zeroskew {

RDDM::RDDM(const Parameters& parameters) : parameters_(parameters) {
  detail::check_parameters(name, parameters);
  if (parameters.warning_level > parameters.drift_level) {
    detail::fail_parameters(name, "warning_level must not be above drift_level");
  }
  if (parameters.min_concept >= parameters.max_concept) {
    detail::fail_parameters(name, "min_concept must be below max_concept");
  }
}

bool RDDM::update(double x) {
  if (!admit(x == 0.0 || x == 1.0)) return false;
  if (begin_) begin_concept();
  keep(static_cast<std::uint8_t>(x));
  count_error(x);
  if (n_ < static_cast<double>(parameters_.min_count)) return say(false);
  const double reach = rate_ + deviation_;
  if (reach < lowest_rate_ + lowest_deviation_) {
    lowest_rate_ = rate_;
    lowest_deviation_ = deviation_;
  }
  const bool drift = reach > lowest_rate_ + parameters_.drift_level * lowest_deviation_;
  const bool warn = reach > lowest_rate_ + parameters_.warning_level * lowest_deviation_;
  const bool too_long = !drift && warn && warned_ >= parameters_.warning_limit;
  if (drift || too_long) {
    begin_ = true;
    // Only the values since the warning belong to the new concept; without one, only this value.
    if (too_long) warned_ = 0;
    warned_ = drift && warned_ > 0 ? warned_ + 1 : 1;
    return say(true);
  }
  warned_ = warn ? warned_ + 1 : 0;
  begin_ = n_ >= static_cast<double>(parameters_.max_concept) && !warn;
  return say(false, warn);
}

void RDDM::keep(std::uint8_t x) {
  if (kept_.size() < parameters_.min_concept) {
    kept_.push_back(x);
    return;
  }
  kept_[static_cast<std::size_t>(first_)] = x;
  first_ = (first_ + 1) % parameters_.min_concept;
}

void RDDM::count_error(double x) noexcept {
  n_ += 1.0;
  rate_ += (x - rate_) / n_;
  deviation_ = std::sqrt(std::max(0.0, rate_ * (1.0 - rate_)) / n_);
}

// Counts the values anew that are kept: all after a stable concept, those since the warning after
// an alarm.
void RDDM::begin_concept() {
  std::rotate(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(first_), kept_.end());
  first_ = 0;
  if (drifted_ && warned_ < kept_.size()) {
    kept_.erase(kept_.begin(), kept_.end() - static_cast<std::ptrdiff_t>(warned_));
  }
  n_ = rate_ = deviation_ = 0.0;
  lowest_rate_ = lowest_deviation_ = 1e300;
  warned_ = 0;
  begin_ = false;
  for (const std::uint8_t x : kept_) {
    count_error(x);
    const bool counts = drifted_ && n_ >= static_cast<double>(parameters_.min_count);
    if (counts && rate_ + deviation_ < lowest_rate_ + lowest_deviation_) {
      lowest_rate_ = rate_;
      lowest_deviation_ = deviation_;
    }
  }
}

bool RDDM::consistent() const noexcept {
  return kept_.size() <= parameters_.min_concept && (first_ == 0 || first_ < kept_.size()) &&
         std::all_of(kept_.begin(), kept_.end(), [](std::uint8_t x) { return x <= 1; });
}

std::vector<std::uint8_t> RDDM::write() const {
  return detail::write_state(*this);
}
RDDM RDDM::read(std::span<const std::uint8_t> bytes) {
  return detail::read_state<RDDM>(bytes);
}

}  // namespace zeroskew
