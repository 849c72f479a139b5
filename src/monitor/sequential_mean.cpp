#include "zeroskew/monitor/sequential_mean.hpp"

#include <algorithm>
#include <cmath>

#include "zeroskew/detail/math.hpp"
#include "zeroskew/monitor/state.hpp"

namespace zeroskew {

SequentialMean::SequentialMean(const Parameters& parameters) : parameters_(parameters) {
  detail::check_parameters(name, parameters);
  if (!(parameters.lo < parameters.mean && parameters.mean < parameters.hi)) {
    detail::fail_parameters(name, "lo, mean and hi must be in ascending order");
  }
  centre_ = (parameters.mean - parameters.lo) / (parameters.hi - parameters.lo);
  log_alpha_ = -detail::math::log(parameters.alpha);
}

bool SequentialMean::update(double x) noexcept {
  if (!admit(x >= parameters_.lo && x <= parameters_.hi)) return drifted_;
  const double y = (x - parameters_.lo) / (parameters_.hi - parameters_.lo);
  // What is known before the value: the bet and the weight must not look at it.
  const double mean = (centre_ + sum_) / (n_ + 1.0);
  const double variance = squares_ / (n_ + 1.0);
  n_ += 1.0;

  const double gap = mean - centre_;
  double bet = gap / (variance + gap * gap);
  bet = std::clamp(bet, parameters_.side == Side::up ? 0.0 : -0.5 / (1.0 - centre_),
                   parameters_.side == Side::down ? 0.0 : 0.5 / centre_);
  log_evalue_ += detail::math::log1p(bet * (y - centre_));
  log_best_ = std::max(log_best_, log_evalue_);

  const double log_bound = log_alpha_ + 0.6931471805599453;  // log(2 / alpha)
  const double rate = variance * n_ * detail::math::log1p(n_);
  const double weight = std::min(0.5, std::sqrt(2.0 * log_bound / rate));
  const double surprise = y - mean;
  weights_ += weight;
  weighted_ += weight * y;
  noise_ += surprise * surprise * (-detail::math::log1p(-weight) - weight);
  const double middle = weighted_ / weights_;
  const double reach = (log_bound + noise_) / weights_;
  low_ = std::max(low_, middle - reach);
  high_ = std::min(high_, middle + reach);

  sum_ += y;
  squares_ += surprise * surprise;
  return say(log_best_ >= log_alpha_);
}

SequentialMean::Interval SequentialMean::interval() const noexcept {
  const double width = parameters_.hi - parameters_.lo;
  return {parameters_.lo + width * low_, parameters_.lo + width * high_};
}

bool SequentialMean::consistent() const {
  return n_ >= 0.0 && squares_ > 0.0;
}

std::vector<std::uint8_t> SequentialMean::write() const {
  return detail::write_state(*this);
}
SequentialMean SequentialMean::read(std::span<const std::uint8_t> bytes) {
  return detail::read_state<SequentialMean>(bytes);
}

}  // namespace zeroskew
