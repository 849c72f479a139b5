#include "zeroskew/monitor/e_detector.hpp"

#include <algorithm>

#include "zeroskew/monitor/state.hpp"

namespace zeroskew {

EDetector::EDetector(const Parameters& parameters)
    : parameters_(parameters), up_(bets, 0.0), down_(bets, 0.0) {
  detail::check_parameters(name, parameters);
  if (!(parameters.lo < parameters.mean && parameters.mean < parameters.hi)) {
    detail::fail_parameters(name, "lo, mean and hi must be in ascending order");
  }
  centre_ = (parameters.mean - parameters.lo) / (parameters.hi - parameters.lo);
}

bool EDetector::update(double x) noexcept {
  if (!admit(x >= parameters_.lo && x <= parameters_.hi)) return false;
  if (drifted_) {
    std::fill(up_.begin(), up_.end(), 0.0);
    std::fill(down_.begin(), down_.end(), 0.0);
  }
  const double gap = (x - parameters_.lo) / (parameters_.hi - parameters_.lo) - centre_;
  const double rise = gap / centre_;
  const double fall = -gap / (1.0 - centre_);
  double up = 0.0;
  double down = 0.0;
  double bet = 0.5;
  for (std::size_t i = 0; i < bets; ++i) {
    up += up_[i] = (up_[i] + 1.0) * (1.0 + bet * rise);
    down += down_[i] = (down_[i] + 1.0) * (1.0 + bet * fall);
    bet *= 0.5;
  }
  constexpr auto n = static_cast<double>(bets);
  switch (parameters_.side) {
    case Side::up:
      evidence_ = up / n;
      break;
    case Side::down:
      evidence_ = down / n;
      break;
    case Side::both:
      evidence_ = (up + down) / (2.0 * n);
      break;
  }
  return say(evidence_ >= parameters_.target_run_length);
}

bool EDetector::consistent() const {
  const auto sound = [](double x) { return x >= 0.0 && detail::is_finite(x); };
  return up_.size() == bets && down_.size() == bets && std::all_of(up_.begin(), up_.end(), sound) &&
         std::all_of(down_.begin(), down_.end(), sound);
}

std::vector<std::uint8_t> EDetector::write() const {
  return detail::write_state(*this);
}
EDetector EDetector::read(std::span<const std::uint8_t> bytes) {
  return detail::read_state<EDetector>(bytes);
}

}  // namespace zeroskew
