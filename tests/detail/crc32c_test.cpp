#include "zeroskew/detail/crc32c.hpp"

#include <string>

#include "support/catch.hpp"

namespace zeroskew::detail {
namespace {

TEST_CASE("crc32c has the values of RFC 3720, appendix B.4") {
  std::string ascending;
  for (int i = 0; i < 32; ++i) ascending.push_back(static_cast<char>(i));
  CHECK(crc32c(std::string(32, '\0')) == 0x8A9136AAU);
  CHECK(crc32c(std::string(32, '\xFF')) == 0x62A8AB43U);
  CHECK(crc32c(ascending) == 0x46DD794EU);
  CHECK(crc32c("123456789") == 0xE3069283U);
  CHECK(crc32c("") == 0U);
}

TEST_CASE("the mask is undone by turning it back") {
  for (const std::string text : {"", "a", "123456789"}) {
    const std::uint32_t turned = masked_crc32c(text) - 0xA282EAD8U;
    CHECK(((turned >> 17) | (turned << 15)) == crc32c(text));
  }
}

}  // namespace
}  // namespace zeroskew::detail
