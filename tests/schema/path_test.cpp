#include "zeroskew/schema/path.hpp"

#include <random>
#include <string>

#include "support/catch.hpp"
#include "zeroskew/error.hpp"

using namespace zeroskew;

TEST_CASE("a path is quoted only where it must be") {
  CHECK(to_string(Path({"a", "b"})) == "a.b");
  CHECK(to_string(Path({"a.b"})) == "'a.b'");
  CHECK(to_string(Path({"it's", ""})) == "'it''s'.''");
  CHECK(to_string(Path({"(ext.name)", "x"})) == "(ext.name).x");
  CHECK(to_string(Path({"(a)(b)"})) == "'(a)(b)'");
  CHECK(to_string(Path({"a(b)"})) == "'a(b)'");
  CHECK(to_string(Path()).empty());
  CHECK(Path({"a"}).child("b.c").parent() == Path({"a"}));
}

TEST_CASE("every path reads back from its text") {
  std::mt19937_64 engine(3);
  const std::string letters = "ab.()' ";
  for (int i = 0; i < 20000; ++i) {
    Path path;
    for (auto steps = 1 + engine() % 3; steps > 0; --steps) {
      std::string step;
      for (auto n = engine() % 5; n > 0; --n) step += letters[engine() % letters.size()];
      path.step.push_back(step);
    }
    INFO(to_string(path));
    CHECK(Path::parse(to_string(path)) == path);
  }
}

TEST_CASE("what is no path is an error") {
  for (const std::string bad : {".", "a.", ".a", "a..b", "'a", "a'b'", "(a", "a(b)", "(a)b", "a)",
                                "((a))", "'a'b", "()'"}) {
    INFO(bad);
    CHECK_THROWS_AS(Path::parse(bad), Error);
  }
}
