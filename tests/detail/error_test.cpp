#include "zeroskew/error.hpp"

#include <string>

#include "support/catch.hpp"

using namespace zeroskew;

TEST_CASE("a zero byte in a place or a message cuts nothing off") {
  const std::string place("a\0b", 3);
  const Error error(ErrorKind::value, "x.y", place, std::string_view("no\0w", 4));
  CHECK(error.where() == place);
  CHECK(error.message() == "no?w");
  CHECK(std::string(error.what()) == "[x.y] a?b: no?w");
  CHECK(Error(ErrorKind::value, "x.y", std::string(60, '\0'), "now").message() == "now");
}
