#include "zeroskew/policy/row_cache.hpp"

#include <map>

#include "support/catch.hpp"
#include "support/generate.hpp"

using zeroskew::RowCache;

TEST_CASE("a cache gives what was put, or nothing", "[policy][row_cache]") {
  RowCache<int> cache(16);
  std::map<std::string, int> all;
  zeroskew::test::Generator generate(5);
  int hits = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string row = "row " + std::to_string(static_cast<int>(generate.uniform() * 40.0));
    if (const int* answer = cache.find(row)) {
      CHECK(*answer == all.at(row));
      ++hits;
    } else {
      all[row] = i;
      cache.put(row, i);
    }
  }
  CHECK(hits > 1000);
  CHECK(hits < 20000);
  cache.clear();
  for (const auto& item : all) CHECK(cache.find(item.first) == nullptr);
}

TEST_CASE("rows that are too long, and a cache of nothing", "[policy][row_cache]") {
  RowCache<std::string> cache(4, 8);
  cache.put("12345678", "eight");
  cache.put("123456789", "nine");
  REQUIRE(cache.find("12345678") != nullptr);
  CHECK(*cache.find("12345678") == "eight");
  CHECK(cache.find("123456789") == nullptr);
  CHECK(cache.find("") == nullptr);
  cache.put("", "empty");
  REQUIRE(cache.find("") != nullptr);
  CHECK(*cache.find("") == "empty");
  RowCache<std::string> none;
  none.put("a", "b");
  CHECK(none.find("a") == nullptr);
}
