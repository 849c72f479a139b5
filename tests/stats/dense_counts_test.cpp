#include "stats/dense_counts.hpp"

#include <map>

#include "support/catch.hpp"

using zeroskew::DenseCounts;

TEST_CASE("An array of counts that grows at either end keeps every count") {
  std::uint64_t state = 1;
  const auto draw = [&](std::int64_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::int64_t>((state >> 33) % static_cast<std::uint64_t>(below));
  };
  for (int round = 0; round < 500; ++round) {
    DenseCounts counts;
    std::map<std::int64_t, std::uint64_t> truth;
    const std::int64_t centre = draw(2001) - 1000;
    for (int step = 0; step < 20; ++step) {
      const std::int64_t low = centre - draw(100);
      const std::int64_t high = low + draw(200);
      REQUIRE(counts.cover(low, high));
      for (const std::int64_t value : {low, high}) {
        counts.add(value);
        ++truth[value];
      }
    }
    std::map<std::int64_t, std::uint64_t> found;
    counts.flush([&](std::int64_t value, std::uint64_t count) { found[value] += count; });
    REQUIRE(found == truth);
  }
}

TEST_CASE("An array of counts that has given its counts away starts anew") {
  DenseCounts counts;
  REQUIRE(counts.cover(0, 5000));
  counts.add(5000);
  std::uint64_t flushed = 0;
  const auto count = [&](std::int64_t, std::uint64_t n) { flushed += n; };
  counts.flush(count);
  REQUIRE(counts.cover(-10, 10));
  counts.add(-10);
  counts.flush(count);
  CHECK(flushed == 2);
}

TEST_CASE("An array of counts refuses ranges that are too wide or at the end of the numbers") {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  DenseCounts counts;
  CHECK_FALSE(counts.cover(-most, most));
  CHECK_FALSE(counts.cover(most - 1, most));
  CHECK(counts.cover(-most - 1, -most));
}
