#include "zeroskew/detail/value_ptr.hpp"

#include <string>

#include "support/catch.hpp"

using Text = zeroskew::detail::ValuePtr<std::string>;

TEST_CASE("a value pointer is a value: copies are apart and equal") {
  Text a;
  CHECK_FALSE(a);
  CHECK(a == Text());
  a.emplace("one");
  Text b = a;
  CHECK(b == a);
  CHECK(b.get() != a.get());
  *b += "!";
  CHECK(*a == "one");
  CHECK_FALSE(b == a);
  CHECK_FALSE(a == Text());
  CHECK_FALSE(Text() == a);
  b = a;
  CHECK(b == a);
  Text& same = a;
  a = same;
  CHECK(*a == "one");
  const Text moved = std::move(b);
  CHECK(moved->size() == 3);
  a.reset();
  CHECK(a == Text());
}
