#include "zeroskew/monitor/ewma.hpp"

#include <cmath>

#include "zeroskew/monitor/run_length.hpp"
#include "zeroskew/monitor/state.hpp"

namespace zeroskew {

Ewma::Ewma(const Parameters& parameters)
    : parameters_(parameters),
      baseline_(parameters.burn_in, parameters.mean, parameters.deviation) {
  detail::check_parameters(name, parameters);
  double limit = parameters.limit;
  if (parameters.target_run_length > 0.0) {
    // A one-sided chart alarms about half as often as a two-sided one with the same limit.
    const bool one_sided = parameters.side != Side::both;
    limit = ewma_limit(parameters.target_run_length * (one_sided ? 0.5 : 1.0), parameters.lambda);
  }
  bound_ = limit * std::sqrt(parameters.lambda / (2.0 - parameters.lambda));
}

void Ewma::restart() noexcept {
  average_ = 0.0;
  baseline_ = {parameters_.burn_in, parameters_.mean, parameters_.deviation};
}

std::vector<std::uint8_t> Ewma::write() const {
  return detail::write_state(*this);
}
Ewma Ewma::read(std::span<const std::uint8_t> bytes) {
  return detail::read_state<Ewma>(bytes);
}

}  // namespace zeroskew
