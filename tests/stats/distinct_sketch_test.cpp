#include "zeroskew/stats/distinct_sketch.hpp"

#include <cmath>

#include "support/catch.hpp"
#include "support/generate.hpp"

using zeroskew::DistinctSketch;

TEST_CASE("the estimate's error is that of the paper") {
  // Root mean square of the relative error over independent hash streams; expected 0.81%.
  for (const std::uint64_t n : {std::uint64_t{10}, std::uint64_t{5000}, std::uint64_t{70000},
                                std::uint64_t{400000}}) {
    double squares = 0.0;
    constexpr int rounds = 40;
    for (std::uint64_t round = 0; round < rounds; ++round) {
      zeroskew::test::Generator generate((round << 40) + n);
      DistinctSketch sketch;
      for (std::uint64_t i = 0; i < n; ++i) sketch.add(generate.bits());
      const auto estimate = sketch.estimate();
      const double error = estimate.value / double(n) - 1.0;
      CHECK(estimate.lo <= double(n));
      CHECK(estimate.hi >= double(n));
      squares += error * error;
    }
    INFO(n);
    CHECK(std::sqrt(squares / rounds) < 0.0115);
  }
}

TEST_CASE("adding twice is adding once, and merging is adding both") {
  zeroskew::test::Generator generate(9);
  DistinctSketch all;
  DistinctSketch left;
  DistinctSketch right;
  for (int i = 0; i < 20000; ++i) {
    const std::uint64_t hash = generate.bits();
    all.add(hash);
    all.add(hash);
    (i % 3 == 0 ? left : right).add(hash);
  }
  DistinctSketch other = right;
  other += left;
  left += right;
  CHECK(left == all);
  CHECK(other == all);
  CHECK(DistinctSketch::from_ranks(all.ranks()) == all);
  CHECK(DistinctSketch().estimate().value == 0.0);
}
