#include "zeroskew/monitor/ddm.hpp"

#include <algorithm>
#include <cmath>

#include "zeroskew/monitor/state.hpp"

namespace zeroskew {

DDM::DDM(const Parameters& parameters) : parameters_(parameters) {
  detail::check_parameters(name, parameters);
  if (parameters.warning_level > parameters.drift_level) {
    detail::fail_parameters(name, "warning_level must not be above drift_level");
  }
}

bool DDM::update(double x) noexcept {
  if (!admit(x == 0.0 || x == 1.0)) return false;
  if (drifted_) {
    n_ = rate_ = 0.0;
    lowest_rate_ = lowest_deviation_ = 1e300;
  }
  n_ += 1.0;
  rate_ += (x - rate_) / n_;
  if (n_ < static_cast<double>(parameters_.min_count)) return say(false);
  const double deviation = std::sqrt(std::max(0.0, rate_ * (1.0 - rate_)) / n_);
  const double reach = rate_ + deviation;
  if (reach <= lowest_rate_ + lowest_deviation_) {
    lowest_rate_ = rate_;
    lowest_deviation_ = deviation;
  }
  return say(reach > lowest_rate_ + parameters_.drift_level * lowest_deviation_,
             reach > lowest_rate_ + parameters_.warning_level * lowest_deviation_);
}

bool DDM::consistent() const noexcept {
  return n_ >= 0.0 && rate_ >= 0.0 && rate_ <= 1.0;
}

std::vector<std::uint8_t> DDM::write() const {
  return detail::write_state(*this);
}
DDM DDM::read(std::span<const std::uint8_t> bytes) {
  return detail::read_state<DDM>(bytes);
}

}  // namespace zeroskew
