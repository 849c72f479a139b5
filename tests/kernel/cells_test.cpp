#include "zeroskew/kernel/cells.hpp"

#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

#include "support/catch.hpp"
#include "support/generate.hpp"
#include "zeroskew/kernel/level.hpp"

using namespace zeroskew;

TEST_CASE("numbers are copied bit by bit, and there is one NaN") {
  const auto bits = [](double x) { return std::bit_cast<std::uint64_t>(x); };
  for (const std::string_view level : kernel::levels()) {
    kernel::use_level(level);
    test::Generator generate(3);
    std::size_t wrong = 0;
    for (std::size_t size = 0; size < 70; ++size) {
      std::vector<double> values(size), copied(size + 1, 1.5);
      for (double& value : values) {
        value = generate.below(4) == 0
                    ? std::bit_cast<double>(0xfff0000000000001u + generate.below(1000))
                    : generate.any_double();
      }
      kernel::copy_numbers(values, copied.data(), values.data());
      for (std::size_t i = 0; i < size; ++i) {
        const bool nan = values[i] != values[i];
        wrong +=
            bits(copied[i]) != bits(nan ? std::numeric_limits<double>::quiet_NaN() : values[i]);
      }
      wrong += copied[size] != 1.5;
    }
    INFO(level);
    CHECK(wrong == 0);
  }
  kernel::use_level(kernel::levels().back());
}
