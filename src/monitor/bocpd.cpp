#include "zeroskew/monitor/bocpd.hpp"

#include <algorithm>

#include "zeroskew/detail/math.hpp"
#include "zeroskew/monitor/state.hpp"

namespace zeroskew {

BOCPD::BOCPD(const Parameters& parameters) : parameters_(parameters) {
  detail::check_parameters(name, parameters);
  runs_.push_back({0, parameters.prior_mean, 1.0 / parameters.prior_variance, 1.0});
}

bool BOCPD::update(double x) {
  if (!admit(detail::is_finite(x))) return false;
  grow(x);
  forget();
  const Run* best = &runs_.front();
  for (const Run& run : runs_) {
    if (run.probability >= best->probability) best = &run;
  }
  likeliest_ = best->length;
  ++believed_;
  ++since_;
  const bool fell = likeliest_ < believed_ && since_ >= parameters_.min_count;
  if (fell) since_ = 0;
  if (fell || likeliest_ > believed_) believed_ = likeliest_;
  return say(fell);
}

// One step of the recursion; probabilities are scaled by the largest likelihood, so that a far
// outlier does not make all of them vanish.
void BOCPD::grow(double x) {
  std::vector<double> log_density(runs_.size());
  double largest = -detail::math::infinity;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const double variance = 1.0 / runs_[i].precision + parameters_.variance;
    const double gap = x - runs_[i].mean;
    log_density[i] = -0.5 * (detail::math::log(variance) + gap * (gap / variance));
    largest = std::max(largest, log_density[i]);
  }
  double changed = 0.0;
  double total = 0.0;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    Run& run = runs_[i];
    const double joint = run.probability * detail::math::exp(log_density[i] - largest);
    changed += joint * parameters_.hazard;
    run.probability = joint * (1.0 - parameters_.hazard);
    total += joint;
    const double precision = run.precision + 1.0 / parameters_.variance;
    run.mean = (run.mean * run.precision + x / parameters_.variance) / precision;
    run.precision = precision;
    ++run.length;
  }
  runs_.insert(runs_.begin(),
               Run{0, parameters_.prior_mean, 1.0 / parameters_.prior_variance, changed});
  // Where every likely run gives the value no density at all, the belief starts again.
  if (!(total > 0.0)) {
    runs_.resize(1);
    runs_.front().probability = total = 1.0;
  }
  for (Run& run : runs_) run.probability /= total;
}

void BOCPD::forget() {
  if (runs_.size() <= parameters_.cap) return;
  const auto least =
      std::min_element(runs_.begin() + 1, runs_.end(),
                       [](const Run& a, const Run& b) { return a.probability < b.probability; });
  const double left = 1.0 - least->probability;
  runs_.erase(least);
  for (Run& run : runs_) run.probability /= left;
}

double BOCPD::probability(std::uint64_t length) const noexcept {
  for (const Run& run : runs_) {
    if (run.length == length) return run.probability;
  }
  return 0.0;
}

bool BOCPD::consistent() const noexcept {
  return !runs_.empty() && runs_.size() <= parameters_.cap;
}

std::vector<std::uint8_t> BOCPD::write() const {
  return detail::write_state(*this);
}
BOCPD BOCPD::read(std::span<const std::uint8_t> bytes) {
  return detail::read_state<BOCPD>(bytes);
}

}  // namespace zeroskew
