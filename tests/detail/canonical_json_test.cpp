#include "detail/canonical_json.hpp"

#include <bit>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/errors.hpp"
#include "support/generate.hpp"

using nlohmann::json;
using zeroskew::detail::canonical_json;
using zeroskew::detail::canonical_number;
using zeroskew::test::error_of;

TEST_CASE("numbers are written as RFC 8785, appendix B, lists them", "[detail][canonical]") {
  const std::vector<std::pair<std::uint64_t, std::string>> table = {
      {0x0000000000000000, "0"},
      {0x8000000000000000, "0"},
      {0x0000000000000001, "5e-324"},
      {0x8000000000000001, "-5e-324"},
      {0x7fefffffffffffff, "1.7976931348623157e+308"},
      {0xffefffffffffffff, "-1.7976931348623157e+308"},
      {0x4340000000000000, "9007199254740992"},
      {0xc340000000000000, "-9007199254740992"},
      {0x4430000000000000, "295147905179352830000"},
      {0x44b52d02c7e14af5, "9.999999999999997e+22"},
      {0x44b52d02c7e14af6, "1e+23"},
      {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
      {0x444b1ae4d6e2ef4e, "999999999999999700000"},
      {0x444b1ae4d6e2ef4f, "999999999999999900000"},
      {0x444b1ae4d6e2ef50, "1e+21"},
      {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
      {0x3eb0c6f7a0b5ed8d, "0.000001"},
      {0x41b3de4355555553, "333333333.3333332"},
      {0x41b3de4355555554, "333333333.33333325"},
      {0x41b3de4355555555, "333333333.3333333"},
      {0x41b3de4355555556, "333333333.3333334"},
      {0x41b3de4355555557, "333333333.33333343"},
      {0xbecbf647612f3696, "-0.0000033333333333333333"},
      {0x43143ff3c1cb0959, "1424953923781206.2"},
  };
  for (const auto& [bits, text] : table) {
    CHECK(canonical_number(std::bit_cast<double>(bits)) == text);
    CHECK(canonical_json(json(std::bit_cast<double>(bits))) == text);
  }
  for (const std::uint64_t bits : {0x7fffffffffffffffu, 0x7ff0000000000000u, 0xfff0000000000000u}) {
    const json number = std::bit_cast<double>(std::uint64_t{bits});
    CHECK(error_of([&] { (void)canonical_json(number); }).id() == "json.not_canonical");
  }
}

TEST_CASE("the examples of RFC 8785, sections 3.2.2 and 3.2.3", "[detail][canonical]") {
  CHECK(canonical_json(json::parse(R"({
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    })")) ==
        "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
        "\"string\":\"\xe2\x82\xac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  CHECK(canonical_json(json::parse(R"({
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis"
    })")) ==
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\","
        "\"\xc3\xb6\":\"Latin Small Letter O With Diaeresis\",\"\xe2\x82\xac\":\"Euro Sign\","
        "\"\xf0\x9f\x98\x80\":\"Emoji: Grinning Face\","
        "\"\xef\xac\xb3\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST_CASE("every finite double is read back from its canonical text", "[detail][canonical]") {
  zeroskew::test::Generator generate(8785);
  for (int i = 0; i < 20000; ++i) {
    const double x = generate.any_double();
    CHECK(std::strtod(canonical_number(x).c_str(), nullptr) == x);
  }
}

TEST_CASE("what JSON cannot say exactly is refused", "[detail][canonical]") {
  CHECK(canonical_json(json(std::int64_t{1} << 53)) == "9007199254740992");
  for (const json& value : {json((std::int64_t{1} << 53) + 2), json("\xff"),
                            json::object({{"\xc3", 1}}), json::array({json("\xed\xa0\x80")})}) {
    CHECK(error_of([&] { (void)canonical_json(value); }).id() == "json.not_canonical");
  }
}
