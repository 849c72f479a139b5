#include "zeroskew/monitor/gma.hpp"

#include "zeroskew/monitor/state.hpp"

namespace zeroskew {

Gma::Gma(const Parameters& parameters) : parameters_(parameters) {
  detail::check_parameters(name, parameters);
}

std::vector<std::uint8_t> Gma::write() const {
  return detail::write_state(*this);
}
Gma Gma::read(std::span<const std::uint8_t> bytes) {
  return detail::read_state<Gma>(bytes);
}

}  // namespace zeroskew
