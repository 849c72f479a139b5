#include "zeroskew/schema/extension.hpp"

#include <limits>
#include <string>

#include "support/catch.hpp"
#include "zeroskew/error.hpp"

using namespace zeroskew;

TEST_CASE("an extension is a JSON-like value") {
  Extension value;
  CHECK(value.is_null());
  value.set("b", 1);
  value.set("a", Extension::List{true, "x", 0.5, Extension()});
  value.set("b", 2);
  REQUIRE(value.is_object());
  CHECK(value.members().size() == 2);
  CHECK(value.members()[0].name == "a");
  CHECK(value.find("b")->number() == 2.0);
  CHECK(value.find("a")->list()[1].text() == "x");
  CHECK(value.find("a")->list()[0].boolean());
  CHECK(value.find("c") == nullptr);
  CHECK(value == Extension::object({{"b", 2}, {"a", Extension::List{true, "x", 0.5, {}}}}));
  CHECK(value.erase("b"));
  CHECK_FALSE(value.erase("b"));
}

TEST_CASE("what a Struct cannot hold is refused") {
  CHECK_THROWS_AS(Extension(std::numeric_limits<double>::quiet_NaN()), Error);
  CHECK_THROWS_AS(Extension(std::numeric_limits<double>::infinity()), Error);
  CHECK_THROWS_AS(Extension((std::int64_t{1} << 53) + 1), Error);
  CHECK(Extension(std::int64_t{1} << 53).number() == 9007199254740992.0);
  CHECK_THROWS_AS(Extension("x").number(), Error);
  CHECK_THROWS_AS(Extension(1).text(), Error);
  CHECK_THROWS_AS(Extension(1).list(), Error);
  CHECK_THROWS_AS(Extension(1).members(), Error);
  CHECK_THROWS_AS(Extension("x").boolean(), Error);
  Extension number(1);
  CHECK_THROWS_AS(number.set("a", 1), Error);
}
