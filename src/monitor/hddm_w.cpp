#include "zeroskew/monitor/hddm_w.hpp"

#include <cmath>

#include "zeroskew/detail/math.hpp"
#include "zeroskew/monitor/state.hpp"

namespace zeroskew {

HDDM_W::HDDM_W(const Parameters& parameters) : parameters_(parameters) {
  detail::check_parameters(name, parameters);
  if (parameters.drift_confidence > parameters.warning_confidence) {
    detail::fail_parameters(name, "drift_confidence must not be above warning_confidence");
  }
  log_drift_ = detail::math::log(1.0 / parameters.drift_confidence);
  log_warning_ = detail::math::log(1.0 / parameters.warning_confidence);
}

bool HDDM_W::update(double x) noexcept {
  if (!admit(x >= 0.0 && x <= 1.0)) return false;
  if (drifted_) {
    all_ = Weighted{};
    rise_ = fall_ = Cut{};
  }
  all_.take(x, parameters_.lambda);
  move(rise_, 1.0, x);
  move(fall_, -1.0, x);
  const bool up = parameters_.side != Side::down;
  const bool down = parameters_.side != Side::up;
  return say(
      (up && differ(rise_, 1.0, log_drift_)) || (down && differ(fall_, -1.0, log_drift_)),
      (up && differ(rise_, 1.0, log_warning_)) || (down && differ(fall_, -1.0, log_warning_)));
}

void HDDM_W::move(Cut& cut, double sign, double x) noexcept {
  const double reach = sign * all_.mean + std::sqrt(all_.squares * log_drift_ / 2.0);
  if (reach < cut.extreme) {
    cut = {all_, Weighted{}, reach};
  } else {
    cut.after.take(x, parameters_.lambda);
  }
}

bool HDDM_W::differ(const Cut& cut, double sign, double log_confidence) noexcept {
  if (!cut.before.any || !cut.after.any) return false;
  const double squares = cut.before.squares + cut.after.squares;
  return sign * (cut.after.mean - cut.before.mean) > std::sqrt(squares * log_confidence / 2.0);
}

bool HDDM_W::consistent() const noexcept {
  return all_.squares >= 0.0;
}

std::vector<std::uint8_t> HDDM_W::write() const {
  return detail::write_state(*this);
}
HDDM_W HDDM_W::read(std::span<const std::uint8_t> bytes) {
  return detail::read_state<HDDM_W>(bytes);
}

}  // namespace zeroskew
