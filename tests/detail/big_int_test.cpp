#include "zeroskew/detail/big_int.hpp"

#include <bit>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>

#include "support/catch.hpp"

using zeroskew::detail::BigUint;
using zeroskew::detail::round_ratio;
using zeroskew::detail::round_root;

namespace {

BigUint parse(const std::string& hex) {
  std::vector<std::uint32_t> digits;
  for (std::size_t end = hex.size(); end > 0;) {
    const std::size_t start = end > 8 ? end - 8 : 0;
    digits.push_back(static_cast<std::uint32_t>(
        std::stoul(hex.substr(start, end - start), nullptr, 16)));
    end = start;
  }
  return BigUint(std::move(digits));
}

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

}  // namespace

// The vectors come from make_big_int_vectors.py: Python's integers and fractions.
TEST_CASE("big integers agree with Python's") {
  std::ifstream file("detail/big_int_vectors.txt");
  REQUIRE(file.is_open());
  std::size_t count = 0;
  for (std::string line; std::getline(file, line); ++count) {
    CAPTURE(line);
    std::istringstream in(line);
    std::string operation, first, second, third;
    in >> operation >> first >> second >> third;
    const BigUint a = parse(first);
    if (operation == "left" || operation == "right") {
      const int n = std::stoi(second);
      CHECK((operation == "left" ? a.shifted_left(n) : a.shifted_right(n)) == parse(third));
      continue;
    }
    const BigUint b = parse(second);
    if (operation == "add") {
      CHECK(a + b == parse(third));
      CHECK(b + a == parse(third));
    } else if (operation == "sub") {
      CHECK(a - b == parse(third));
      CHECK(a.compare(b) == (parse(third).is_zero() ? 0 : 1));
    } else if (operation == "mul") {
      CHECK(a * b == parse(third));
    } else if (operation == "div") {
      int rest = 0;
      in >> rest;
      const auto division = a.divided_by(b);
      CHECK(division.quotient == parse(third));
      CHECK(division.remainder == (rest != 0));
    } else {
      std::uint64_t expected = 0;
      in >> std::hex >> expected;
      const std::int64_t exponent = std::stoll(third);
      REQUIRE((operation == "ratio" || operation == "root"));
      CHECK(bits(operation == "ratio" ? round_ratio(a, b, exponent)
                                      : round_root(a, b, exponent)) == expected);
    }
  }
  CHECK(count == 3092);
}

TEST_CASE("a big integer has no leading zeros, so equal values are equal") {
  CHECK(BigUint(0) == BigUint());
  CHECK(BigUint(std::vector<std::uint32_t>{5, 0, 0}) == BigUint(5));
  CHECK(BigUint(7) - BigUint(7) == BigUint());
  CHECK((BigUint(1).shifted_left(64) - BigUint(1)).low() == ~std::uint64_t{0});
  CHECK(BigUint(1).shifted_left(70).bit_length() == 71);
  CHECK(BigUint().bit_length() == 0);
}

TEST_CASE("powers of ten are exact") {
  CHECK(zeroskew::detail::power_of_ten(0) == BigUint(1));
  CHECK(zeroskew::detail::power_of_ten(19) == BigUint(10'000'000'000'000'000'000u));
  // 10^76, the largest scale of a decimal
  CHECK(zeroskew::detail::power_of_ten(76) ==
        parse("161bcca7119915b50764b4abe86529797775a5f1719510000000000000000000"));
}
