#include "zeroskew/stats/tallies.hpp"

#include "support/catch.hpp"
#include "support/generate.hpp"

using namespace zeroskew;
using test::Generator;

TEST_CASE("tallies count as 64-bit counters do") {
  Generator generate(1);
  constexpr std::size_t size = 50;
  std::vector<std::uint64_t> truth(size);
  Tallies tallies(size);
  std::vector<Tallies> parts(3, Tallies(size));
  for (int i = 0; i < 20000; ++i) {
    const auto at = static_cast<std::size_t>(generate.below(size));
    // Steps around the border between the halves, and far beyond.
    const std::uint64_t step = generate.below(3) == 0   ? 1
                               : generate.below(2) == 0 ? 0xffffffffu - generate.below(3)
                                                        : generate.bits() >> 18;
    truth[at] += step;
    if (step == 1) {
      CHECK(tallies.increment(at) == truth[at]);
    } else {
      tallies.add(at, step);
    }
    parts[generate.below(parts.size())].add(at, step);
  }
  CHECK((tallies.values() == truth));
  for (std::size_t i = 0; i < size; ++i) CHECK(tallies[i] == truth[i]);
  Tallies sum(size);
  for (const Tallies& part : parts) sum += part;
  CHECK((sum == tallies));
  sum.add(7, 1);
  CHECK_FALSE((sum == tallies));
}
