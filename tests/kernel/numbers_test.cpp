#include "zeroskew/kernel/numbers.hpp"

#include <algorithm>
#include <vector>

#include "support/catch.hpp"
#include "support/generate.hpp"
#include "zeroskew/kernel/level.hpp"
#include "zeroskew/stats/order_key.hpp"

using namespace zeroskew;
using test::Generator;

TEST_CASE("every level scans as the definition says") {
  for (const std::string_view level : kernel::levels()) {
    kernel::use_level(level);
    Generator generate(1);
    for (int round = 0; round < 400; ++round) {
      std::vector<double> values(1 + generate.below(70));
      const auto kind = generate.below(4);
      for (double& value : values) {
        value = kind == 0   ? double(generate.below(100)) - 50.0
                : kind == 1 ? generate.normal()
                : kind == 2 ? generate.any_double()
                            : 0.0;
      }
      const kernel::Scan scan = kernel::scan(values);
      CHECK(scan.finite);
      CHECK(scan.min == *std::min_element(values.begin(), values.end()));
      CHECK(scan.max == *std::max_element(values.begin(), values.end()));
      CHECK(scan.zeros == std::uint64_t(std::count(values.begin(), values.end(), 0.0)));
      const bool integral = std::all_of(values.begin(), values.end(), [](double v) {
        return v == std::floor(v) && std::fabs(v) < 0x1p51;
      });
      CHECK(scan.integral == integral);
      values[generate.below(values.size())] =
          round % 2 == 0 ? std::nan("") : -std::numeric_limits<double>::infinity();
      CHECK_FALSE(kernel::scan(values).finite);
    }
  }
}

TEST_CASE("every level makes the same keys and hashes") {
  for (const std::string_view level : kernel::levels()) {
    kernel::use_level(level);
    Generator generate(2);
    for (std::size_t size : {1u, 2u, 3u, 7u, 8u, 9u, 31u, 64u, 1000u, 1024u}) {
      std::vector<double> values(size);
      for (double& value : values) value = generate.below(9) == 0 ? -0.0 : generate.any_double();
      std::vector<std::uint64_t> keys(size);
      kernel::order_keys(values, keys.data());
      std::vector<std::uint64_t> hashes(size);
      kernel::mix(keys, hashes.data());
      for (std::size_t i = 0; i < size; ++i) {
        REQUIRE(keys[i] == order_key(values[i]));
        REQUIRE(hashes[i] == detail::mix(keys[i]));
      }
    }
  }
}
