#include "zeroskew/monitor/page_hinkley.hpp"

#include "zeroskew/detail/math.hpp"
#include "zeroskew/monitor/run_length.hpp"
#include "zeroskew/monitor/state.hpp"

namespace zeroskew {

PageHinkley::PageHinkley(const Parameters& parameters) : parameters_(parameters) {
  detail::check_parameters(name, parameters);
  threshold_ = parameters.lambda;
  if (parameters.target_run_length > 0.0) {
    // With a known mean and no forgetting the statistic is Page's CUSUM with k = delta / sigma.
    threshold_ = parameters.deviation * cusum_threshold(parameters.target_run_length,
                                                        parameters.delta / parameters.deviation,
                                                        parameters.side == Side::both);
  }
  up_ = parameters.side == Side::down ? detail::math::infinity : threshold_;
  down_ = parameters.side == Side::up ? detail::math::infinity : threshold_;
}

void PageHinkley::restart() noexcept {
  n_ = sum_ = rise_ = fall_ = 0.0;
  lowest_ = 1e300;
  highest_ = -1e300;
}

std::vector<std::uint8_t> PageHinkley::write() const {
  return detail::write_state(*this);
}
PageHinkley PageHinkley::read(std::span<const std::uint8_t> bytes) {
  return detail::read_state<PageHinkley>(bytes);
}

}  // namespace zeroskew
