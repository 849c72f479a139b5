#include "zeroskew/monitor/kswin.hpp"

#include <algorithm>
#include <cmath>

#include "zeroskew/detail/math.hpp"
#include "zeroskew/monitor/state.hpp"

namespace zeroskew {
namespace {

void insert(std::vector<double>& sorted, double x) {
  sorted.insert(std::upper_bound(sorted.begin(), sorted.end(), x), x);
}

void remove(std::vector<double>& sorted, double x) {
  sorted.erase(std::lower_bound(sorted.begin(), sorted.end(), x));
}

}  // namespace

KSWIN::KSWIN(const Parameters& parameters) : parameters_(parameters) {
  detail::check_parameters(name, parameters);
  if (parameters.recent >= parameters.window) {
    detail::fail_parameters(name, "recent must be less than window");
  }
  const auto m = static_cast<double>(parameters.recent);
  const auto n = static_cast<double>(parameters.window) - m;
  threshold_ = std::sqrt(-0.5 * detail::math::log(0.5 * parameters.alpha) * (n + m) / (n * m));
}

// The value that was taken `age` values before the last one.
double KSWIN::value(std::size_t age) const noexcept {
  const std::size_t size = ring_.size();
  return ring_[(static_cast<std::size_t>(next_) + size - 1 - age) % size];
}

bool KSWIN::update(double x) {
  if (!admit(detail::is_finite(x))) return false;
  const auto window = static_cast<std::size_t>(parameters_.window);
  const auto recent = static_cast<std::size_t>(parameters_.recent);
  if (ring_.size() < window) {
    ring_.push_back(x);
    next_ = 0;
  } else {
    double& place = ring_[static_cast<std::size_t>(next_)];
    remove(older_, place);
    place = x;
    next_ = (next_ + 1) % parameters_.window;
  }
  insert(newest_, x);
  if (newest_.size() > recent) {
    const double aged = value(recent);
    remove(newest_, aged);
    insert(older_, aged);
  }
  if (ring_.size() < window) return say(false);

  statistic_ = distance();
  if (statistic_ <= threshold_) return say(false);
  std::vector<double> kept;
  for (std::size_t age = recent; age-- > 0;) kept.push_back(value(age));
  ring_ = std::move(kept);
  next_ = 0;
  older_.clear();
  return say(true);
}

double KSWIN::distance() const noexcept {
  const auto n = static_cast<double>(older_.size());
  const auto m = static_cast<double>(newest_.size());
  double largest = 0.0;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < older_.size() && j < newest_.size()) {
    const double x = std::min(older_[i], newest_[j]);
    while (i < older_.size() && older_[i] == x) ++i;
    while (j < newest_.size() && newest_[j] == x) ++j;
    largest = std::max(largest, std::fabs(static_cast<double>(i) * m - static_cast<double>(j) * n));
  }
  return largest / (n * m);
}

bool KSWIN::consistent() const {
  const auto recent = static_cast<std::size_t>(parameters_.recent);
  if (ring_.size() > parameters_.window || next_ >= parameters_.window) return false;
  if (ring_.size() < parameters_.window && next_ != 0) return false;
  std::vector<double> newest;
  std::vector<double> older;
  for (std::size_t age = 0; age < ring_.size(); ++age) {
    if (!detail::is_finite(value(age))) return false;
    (age < recent ? newest : older).push_back(value(age));
  }
  std::sort(newest.begin(), newest.end());
  std::sort(older.begin(), older.end());
  return newest == newest_ && older == older_;
}

std::vector<std::uint8_t> KSWIN::write() const {
  return detail::write_state(*this);
}
KSWIN KSWIN::read(std::span<const std::uint8_t> bytes) {
  return detail::read_state<KSWIN>(bytes);
}

}  // namespace zeroskew
