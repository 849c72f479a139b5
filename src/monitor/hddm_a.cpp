#include "zeroskew/monitor/hddm_a.hpp"

#include <cmath>

#include "zeroskew/detail/math.hpp"
#include "zeroskew/monitor/state.hpp"

namespace zeroskew {

HDDM_A::HDDM_A(const Parameters& parameters) : parameters_(parameters) {
  detail::check_parameters(name, parameters);
  if (parameters.drift_confidence > parameters.warning_confidence) {
    detail::fail_parameters(name, "drift_confidence must not be above warning_confidence");
  }
  log_drift_ = detail::math::log(2.0 / parameters.drift_confidence);
  log_warning_ = detail::math::log(2.0 / parameters.warning_confidence);
  log_cut_ = detail::math::log(1.0 / parameters.drift_confidence);
}

bool HDDM_A::update(double x) noexcept {
  if (!admit(x >= 0.0 && x <= 1.0)) return false;
  if (drifted_) all_ = lowest_ = highest_ = Prefix{};
  all_.n += 1.0;
  all_.mean += (x - all_.mean) / all_.n;
  if (lowest_.n == 0.0) lowest_ = highest_ = all_;
  const auto bound = [&](double n) { return std::sqrt(1.0 / (2.0 * n) * log_cut_); };
  const double own = bound(all_.n);
  if (lowest_.mean + bound(lowest_.n) >= all_.mean + own) lowest_ = all_;
  if (highest_.mean - bound(highest_.n) <= all_.mean - own) highest_ = all_;

  const bool up = parameters_.side != Side::down;
  const bool down = parameters_.side != Side::up;
  const double rise = all_.mean - lowest_.mean;
  const double fall = highest_.mean - all_.mean;
  return say(
      (up && differ(rise, lowest_, log_drift_)) || (down && differ(fall, highest_, log_drift_)),
      (up && differ(rise, lowest_, log_warning_)) ||
          (down && differ(fall, highest_, log_warning_)));
}

bool HDDM_A::differ(double gap, const Prefix& cut, double log_confidence) const noexcept {
  if (cut.n == all_.n) return false;
  const double m = (all_.n - cut.n) / cut.n * (1.0 / all_.n);
  return gap >= std::sqrt(m / 2.0 * log_confidence);
}

bool HDDM_A::consistent() const noexcept {
  return lowest_.n <= all_.n && highest_.n <= all_.n && lowest_.n >= 0.0 && highest_.n >= 0.0;
}

std::vector<std::uint8_t> HDDM_A::write() const {
  return detail::write_state(*this);
}
HDDM_A HDDM_A::read(std::span<const std::uint8_t> bytes) {
  return detail::read_state<HDDM_A>(bytes);
}

}  // namespace zeroskew
