#include "zeroskew/monitor/stepd.hpp"

#include <cmath>

#include "zeroskew/detail/math.hpp"
#include "zeroskew/monitor/state.hpp"

namespace zeroskew {

STEPD::STEPD(const Parameters& parameters) : parameters_(parameters) {
  detail::check_parameters(name, parameters);
  if (parameters.alpha_drift > parameters.alpha_warning) {
    detail::fail_parameters(name, "alpha_drift must not be above alpha_warning");
  }
  at_drift_ = -detail::math::normal_quantile(parameters.alpha_drift);
  at_warning_ = -detail::math::normal_quantile(parameters.alpha_warning);
}

bool STEPD::update(double x) {
  if (!admit(x == 0.0 || x == 1.0)) return false;
  if (drifted_) {
    newest_.clear();
    next_ = recent_errors_ = older_ = older_errors_ = 0;
    statistic_ = 0.0;
  }
  const auto error = static_cast<std::uint8_t>(x);
  if (newest_.size() < parameters_.window) {
    newest_.push_back(error);
  } else {
    std::uint8_t& place = newest_[static_cast<std::size_t>(next_)];
    ++older_;
    older_errors_ += place;
    recent_errors_ -= place;
    place = error;
    next_ = (next_ + 1) % parameters_.window;
  }
  recent_errors_ += error;
  if (older_ < parameters_.window) return say(false);

  const auto n = static_cast<double>(older_);
  const auto m = static_cast<double>(newest_.size());
  const double pooled = static_cast<double>(older_errors_ + recent_errors_) / (n + m);
  const double inverse = 1.0 / n + 1.0 / m;
  const double gap =
      std::fabs(static_cast<double>(older_errors_) / n - static_cast<double>(recent_errors_) / m) -
      0.5 * inverse;
  const double variance = pooled * (1.0 - pooled) * inverse;
  statistic_ = gap > 0.0 && variance > 0.0 ? gap / std::sqrt(variance) : 0.0;
  return say(statistic_ > at_drift_, statistic_ > at_warning_);
}

bool STEPD::consistent() const noexcept {
  std::uint64_t errors = 0;
  for (const std::uint8_t x : newest_) errors += x;
  return newest_.size() <= parameters_.window && next_ < parameters_.window &&
         errors == recent_errors_ && older_errors_ <= older_ &&
         (newest_.size() == parameters_.window || (next_ == 0 && older_ == 0));
}

std::vector<std::uint8_t> STEPD::write() const {
  return detail::write_state(*this);
}
STEPD STEPD::read(std::span<const std::uint8_t> bytes) {
  return detail::read_state<STEPD>(bytes);
}

}  // namespace zeroskew
