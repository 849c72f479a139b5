#include "zeroskew/stats/count_table.hpp"

#include <map>

#include "support/catch.hpp"
#include "support/generate.hpp"

using namespace zeroskew;

TEST_CASE("a table counts as a map does, and sorts its codes") {
  test::Generator generate(5);
  for (const std::size_t codes : {0u, 1u, 60u, 2047u, 2048u, 30000u}) {
    for (const std::uint64_t mask :
         {~std::uint64_t{0}, std::uint64_t{0xff00ff}, std::uint64_t{7}}) {
      CountTable table;
      std::map<std::uint64_t, std::uint64_t> truth;
      for (std::size_t i = 0; i < codes; ++i) {
        const std::uint64_t code = generate.bits() & mask;
        const std::uint64_t count = 1 + generate.below(5);
        truth[code] += count;
        CHECK(table.add(code, count) == truth[code]);
      }
      std::vector<CountTable::Entry> expected;
      for (const auto& [code, count] : truth) expected.push_back({code, count});
      CHECK((table.sorted() == expected));
      CHECK(table.size() == truth.size());
    }
  }
}
