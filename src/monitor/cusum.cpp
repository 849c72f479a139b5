#include "zeroskew/monitor/cusum.hpp"

#include "zeroskew/monitor/run_length.hpp"
#include "zeroskew/monitor/state.hpp"

namespace zeroskew {

Cusum::Cusum(const Parameters& parameters)
    : parameters_(parameters),
      threshold_(parameters.h),
      baseline_(parameters.burn_in, parameters.mean, parameters.deviation) {
  detail::check_parameters(name, parameters);
  if (parameters.target_run_length > 0.0) {
    threshold_ =
        cusum_threshold(parameters.target_run_length, parameters.k, parameters.side == Side::both);
  }
}

void Cusum::restart() noexcept {
  rise_ = fall_ = 0.0;
  baseline_ = {parameters_.burn_in, parameters_.mean, parameters_.deviation};
}

std::vector<std::uint8_t> Cusum::write() const {
  return detail::write_state(*this);
}
Cusum Cusum::read(std::span<const std::uint8_t> bytes) {
  return detail::read_state<Cusum>(bytes);
}

}  // namespace zeroskew
