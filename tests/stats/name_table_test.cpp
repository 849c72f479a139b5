#include "zeroskew/stats/name_table.hpp"

#include <map>

#include "support/catch.hpp"
#include "support/generate.hpp"

using namespace zeroskew;

TEST_CASE("names are kept as in a map: the first of a code stays") {
  test::Generator generate(1);
  for (const std::size_t codes : {0u, 1u, 40u, 5000u}) {
    std::map<std::uint64_t, std::string> truth;
    NameTable names;
    NameTable halves[2];
    for (std::size_t i = 0; i < 2 * codes; ++i) {
      const std::uint64_t code = i % 3 == 0 ? generate.below(codes + 1) : generate.bits();
      const std::string name = code % 5 == 0 ? "" : std::to_string(code);
      truth.try_emplace(code, name);
      names.add(code, name);
      halves[i % 2].add(code, name);
    }
    const auto check = [&](const NameTable& table) {
      CHECK(table.size() == truth.size());
      for (const auto& [code, name] : truth) {
        REQUIRE(table.contains(code));
        CHECK(table[code] == name);
      }
      CHECK((table.sorted() == std::vector<NameTable::Entry>(truth.begin(), truth.end())));
    };
    CHECK_FALSE(names.contains(~std::uint64_t{0}));
    check(names);
    check(halves[0] += halves[1]);
    const auto keep = [](std::uint64_t code) { return code % 2 == 0; };
    names.retain(keep);
    std::erase_if(truth, [&](const auto& entry) { return !keep(entry.first); });
    check(names);
    names.clear();
    CHECK(names.size() == 0);
    CHECK_FALSE(names.contains(0));
  }
}
