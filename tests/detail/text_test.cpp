// The small text helpers: format.hpp, hex.hpp.
#include <bit>
#include <cstdlib>
#include <limits>

#include "support/catch.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/detail/hash.hpp"
#include "zeroskew/detail/hex.hpp"

using zeroskew::detail::hex;
using zeroskew::detail::mix;
using zeroskew::detail::rounded;
using zeroskew::detail::shortest;

TEST_CASE("the shortest text reads back as the same double") {
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const auto value = std::bit_cast<double>(mix(i));
    if (!std::isfinite(value)) continue;
    const double back = std::strtod(shortest(value).c_str(), nullptr);
    REQUIRE(std::bit_cast<std::uint64_t>(back) == std::bit_cast<std::uint64_t>(value));
  }
  CHECK(shortest(0.1) == "0.1");
  CHECK(shortest(0.1 + 0.2) == "0.30000000000000004");
  CHECK(shortest(-0.0) == "-0");
  CHECK(shortest(3.0) == "3");
  CHECK(shortest(std::numeric_limits<double>::denorm_min()) == "5e-324");
  CHECK(shortest(std::numeric_limits<double>::quiet_NaN()) == "nan");
  CHECK(shortest(-std::numeric_limits<double>::infinity()) == "-inf");
}

TEST_CASE("rounded numbers keep so many digits") {
  CHECK(rounded(2.0 / 3.0) == "0.666667");
  CHECK(rounded(2.0 / 3.0, 2) == "0.67");
  CHECK(rounded(1234567.0) == "1.23457e+06");
  CHECK(rounded(5.0) == "5");
  CHECK(rounded(std::numeric_limits<double>::infinity()) == "inf");
}

TEST_CASE("hex has two lower-case digits a byte, the most significant first") {
  CHECK(hex(std::uint64_t{0x0123456789abcdef}) == "0123456789abcdef");
  CHECK(hex(std::uint64_t{0}) == "0000000000000000");
  const std::uint8_t bytes[] = {0x00, 0x0f, 0xf0, 0xff};
  CHECK(hex(std::span<const std::uint8_t>(bytes)) == "000ff0ff");
  CHECK(hex(std::span<const std::uint8_t>()).empty());
}
