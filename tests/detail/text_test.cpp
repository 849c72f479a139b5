// The small text helpers: format.hpp, hex.hpp, nearest.hpp.
#include <bit>
#include <cstdlib>
#include <limits>

#include "support/catch.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/detail/hash.hpp"
#include "zeroskew/detail/hex.hpp"
#include "zeroskew/detail/nearest.hpp"

using zeroskew::detail::edit_distance;
using zeroskew::detail::hex;
using zeroskew::detail::mix;
using zeroskew::detail::rounded;
using zeroskew::detail::shortest;
using zeroskew::detail::suggestion;

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

TEST_CASE("the edit distance is a metric") {
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("", "abc") == 3);
  std::vector<std::string> words;
  for (std::uint64_t i = 0; i < 30; ++i) {
    std::string word(mix(i) % 7, 'a');
    for (std::size_t k = 0; k < word.size(); ++k) {
      word[k] = static_cast<char>('a' + mix(100 * i + k) % 3);
    }
    words.push_back(word);
  }
  for (const auto& a : words) {
    for (const auto& b : words) {
      const std::size_t distance = edit_distance(a, b);
      CHECK(distance == edit_distance(b, a));
      CHECK((distance == 0) == (a == b));
      CHECK(distance <= std::max(a.size(), b.size()));
      for (const auto& c : words) CHECK(distance <= edit_distance(a, c) + edit_distance(c, b));
    }
  }
}

TEST_CASE("a near name is suggested, a far one is not") {
  const std::vector<std::string> names = {"fare", "tip", "distance", std::string(5000, 'x')};
  CHECK(suggestion("fair", names) == "; did you mean 'fare'?");
  CHECK(suggestion("distnace", names) == "; did you mean 'distance'?");
  CHECK(suggestion("payment_type", names).empty());
  CHECK(suggestion("fare", std::vector<std::string>{}).empty());
  CHECK(suggestion(std::string(5000, 'x'), names).empty());
}
