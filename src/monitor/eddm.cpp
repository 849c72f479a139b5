#include "zeroskew/monitor/eddm.hpp"

#include <cmath>

#include "zeroskew/monitor/state.hpp"

namespace zeroskew {

EDDM::EDDM(const Parameters& parameters) : parameters_(parameters) {
  detail::check_parameters(name, parameters);
  if (parameters.beta > parameters.alpha) {
    detail::fail_parameters(name, "beta must not be above alpha");
  }
}

bool EDDM::update(double x) noexcept {
  if (!admit(x == 0.0 || x == 1.0)) return false;
  if (drifted_) {
    n_ = last_error_ = errors_ = mean_ = squares_ = 0.0;
    largest_ = -1.0;
    warning_ = false;
  }
  n_ += 1.0;
  // Between errors nothing is learnt, so a warning stands.
  if (x == 0.0) return say(false, warning_);

  errors_ += 1.0;
  const double distance = n_ - last_error_;
  last_error_ = n_;
  const double gap = distance - mean_;
  mean_ += gap / errors_;
  squares_ += gap * (distance - mean_);
  const auto least = static_cast<double>(parameters_.min_count);
  if (n_ <= least) return say(false);
  const double deviation = errors_ > 1.0 ? std::sqrt(squares_ / (errors_ - 1.0)) : 0.0;
  const double reach = mean_ + 2.0 * deviation;
  if (reach > largest_) {
    largest_ = reach;
    return say(false);
  }
  if (errors_ <= least) return say(false);
  const double level = reach / largest_;
  return say(level < parameters_.beta, level < parameters_.alpha);
}

bool EDDM::consistent() const noexcept {
  return errors_ <= n_ && squares_ >= 0.0;
}

std::vector<std::uint8_t> EDDM::write() const {
  return detail::write_state(*this);
}
EDDM EDDM::read(std::span<const std::uint8_t> bytes) {
  return detail::read_state<EDDM>(bytes);
}

}  // namespace zeroskew
