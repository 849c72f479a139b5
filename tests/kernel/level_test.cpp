#include "zeroskew/kernel/level.hpp"

#include "support/catch.hpp"
#include "zeroskew/error.hpp"

using namespace zeroskew;

TEST_CASE("a level can be chosen, and only one that is there") {
  REQUIRE(kernel::levels().size() >= 1);
  CHECK(kernel::levels()[0] == "baseline");
  for (const std::string_view name : kernel::levels()) {
    kernel::use_level(name);
    CHECK(kernel::level() == name);
  }
  try {
    kernel::use_level("sse9");
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.id() == "kernel.unknown_level");
    CHECK(std::string(error.what()).find("baseline") != std::string::npos);
  }
}
