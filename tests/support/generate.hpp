#pragma once
// Generated cases: a small generator of our own, so that a case is the same on every platform.

#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "zeroskew/detail/hash.hpp"

namespace zeroskew::test {

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : state_(seed) {}

  std::uint64_t bits() { return detail::mix(state_++); }
  std::uint64_t below(std::uint64_t n) { return bits() % n; }
  double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
  double normal() {
    double sum = -6.0;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum;
  }
  // Any finite double, of any exponent.
  double any_double() {
    for (;;) {
      const double value = std::bit_cast<double>(bits());
      if (std::isfinite(value)) return value;
    }
  }
  std::string word(std::size_t longest) {
    std::string text(below(longest + 1), ' ');
    for (char& c : text) c = static_cast<char>('a' + below(26));
    return text;
  }
  template <class T>
  void shuffle(std::vector<T>& values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
  }

 private:
  std::uint64_t state_;
};

}  // namespace zeroskew::test
