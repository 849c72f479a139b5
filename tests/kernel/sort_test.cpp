#include "zeroskew/kernel/sort.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

#include "support/catch.hpp"

using zeroskew::kernel::sort_doubles;
using zeroskew::kernel::sorted_without_nan;

namespace {

std::vector<std::uint64_t> bits_of(const std::vector<double>& values) {
  std::vector<std::uint64_t> bits;
  for (const double value : values) bits.push_back(std::bit_cast<std::uint64_t>(value));
  return bits;
}

}  // namespace

TEST_CASE("sorting agrees with the standard library on every kind of column", "[kernel][sort]") {
  std::mt19937_64 random(7);
  std::normal_distribution<double> normal;
  for (const std::size_t size : {0U, 1U, 2U, 511U, 512U, 5000U, 100000U}) {
    for (const int shape : {0, 1, 2, 3, 4, 5}) {
      std::vector<double> values(size);
      for (auto& value : values) {
        switch (shape) {
          case 0:
            value = normal(random);
            break;
          case 1:
            value = static_cast<double>(random() % 7);
            break;
          case 2:
            value = std::bit_cast<double>(random());
            break;  // any double, NaN too
          case 3:
            value = 1.0 + static_cast<double>(random() % 1000) * 0x1p-52;
            break;
          case 4:
            value = (random() & 1U) != 0 ? -0.0 : 0.0;
            break;
          default:
            value = -1e-310 * static_cast<double>(random() % 9);
            break;
        }
        if (std::isnan(value)) value = std::numeric_limits<double>::infinity();
      }
      auto expected = values;
      for (auto& value : expected) value += 0.0;
      std::sort(expected.begin(), expected.end());
      sort_doubles(values);
      CHECK(bits_of(values) == bits_of(expected));
    }
  }
}

TEST_CASE("NaN is left out, infinities stay at the ends", "[kernel][sort]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<double> values{nan, 2.0, infinity, nan, -infinity, 1.0, -nan};
  CHECK(sorted_without_nan(values) == std::vector<double>{-infinity, 1.0, 2.0, infinity});
}
