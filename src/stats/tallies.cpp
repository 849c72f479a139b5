#include "zeroskew/stats/tallies.hpp"

#include <algorithm>

namespace zeroskew {
namespace {

constexpr std::uint64_t low_half = 0xffffffffu;

template <class Halves>
auto find(Halves& halves, std::size_t i) noexcept {
  return std::lower_bound(halves.begin(), halves.end(), i,
                          [](const auto& half, std::size_t index) { return half.first < index; });
}

}  // namespace

void Tallies::add(std::size_t i, std::uint64_t count) {
  const std::uint64_t sum = low_[i] + (count & low_half);
  low_[i] = static_cast<std::uint32_t>(sum);
  const std::uint64_t above = (count >> 32) + (sum >> 32);
  if (above != 0) carry(i, static_cast<std::uint32_t>(above));
}

void Tallies::carry(std::size_t i, std::uint32_t count) {
  const auto at = find(high_, i);
  if (at != high_.end() && at->first == i) {
    at->second += count;
  } else {
    high_.insert(at, {static_cast<std::uint32_t>(i), count});
  }
}

std::uint64_t Tallies::high(std::size_t i) const noexcept {
  const auto at = find(high_, i);
  return at != high_.end() && at->first == i ? std::uint64_t{at->second} << 32 : 0;
}

std::vector<std::uint64_t> Tallies::values() const {
  std::vector<std::uint64_t> result(low_.begin(), low_.end());
  for (const auto& [i, half] : high_) result[i] |= std::uint64_t{half} << 32;
  return result;
}

Tallies& Tallies::operator+=(const Tallies& other) {
  for (std::size_t i = 0; i < low_.size(); ++i) add(i, other.low_[i]);
  for (const auto& [i, half] : other.high_) carry(i, half);
  return *this;
}

}  // namespace zeroskew
