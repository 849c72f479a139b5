#include "zeroskew/drift/interaction.hpp"

#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

#include "drift/interaction_table.hpp"
#include "support/catch.hpp"
#include "zeroskew/random/stream.hpp"

using zeroskew::JointCounts;
using zeroskew::detail::test_interaction;

namespace {

// Counts of the four combinations of two columns of two values.
JointCounts square(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d) {
  JointCounts joint;
  std::uint64_t code = 0;
  for (const std::uint64_t count : {a, b, c, d}) {
    if (count != 0) joint.add({code / 2, code % 2}, count);
    ++code;
  }
  return joint;
}

}  // namespace

TEST_CASE("Equal odds ratios are no interaction, whatever the margins", "[drift][interaction]") {
  // Odds ratio 6 on both sides; the second has ten times the first row.
  const auto found = test_interaction(square(60, 30, 50, 150), square(600, 300, 50, 150));
  CHECK(found.degrees == 1.0);
  CHECK(found.statistic == Approx(0.0).margin(1e-6));
  double total = 0.0;
  for (const double share : found.raked) total += share;
  CHECK(total == Approx(1.0));
}

TEST_CASE("Margins that stay while the odds turn are an interaction", "[drift][interaction]") {
  const auto found = test_interaction(square(80, 20, 20, 80), square(20, 80, 80, 20));
  CHECK(found.degrees == 1.0);
  // Independent: the fit has all cells at 50, so that each of eight adds 30^2 / 50.
  CHECK(found.statistic == Approx(8.0 * 900.0 / 50.0));
  CHECK(found.raked[0] == Approx(0.4));
}

TEST_CASE("Combinations that never occur take degrees of freedom", "[drift][interaction]") {
  JointCounts blocks;  // the second column follows from the first
  for (std::uint64_t i = 0; i < 4; ++i) blocks.add({i, i / 2}, 100);
  CHECK(test_interaction(blocks, blocks).degrees == 0.0);
}

TEST_CASE("Rare categories become one; too few rows say nothing", "[drift][interaction]") {
  JointCounts many;
  for (std::uint64_t i = 0; i < 40; ++i) many.add({i, i % 3}, i < 2 ? 500 : 2);
  for (std::uint64_t i = 0; i < 3; ++i) many.add({1000, i}, 400);
  const auto found = test_interaction(many, many);
  CHECK(found.statistic == Approx(0.0).margin(1e-9));
  CHECK(found.table.first.size() <= 12);
  CHECK(test_interaction(square(1, 1, 1, 1), square(1, 1, 1, 1)).degrees == 0.0);
  CHECK(test_interaction({}, {}).degrees == 0.0);
}

TEST_CASE("Numbers are cut at the reference's quantiles", "[drift][interaction]") {
  using zeroskew::KeyKind;
  using Numbers = JointCounts::Numbers;
  JointCounts fractions(Numbers::second, KeyKind::floating);
  JointCounts whole(Numbers::second, KeyKind::integer);
  for (std::uint64_t i = 0; i < 20000; ++i) {
    const auto value = static_cast<std::int64_t>(i);
    fractions.add({i % 2, zeroskew::order_key(static_cast<double>(value))});
    whole.add({i % 2, zeroskew::order_key(value)});
  }
  CHECK_FALSE(fractions.exact());
  CHECK(whole.exact());
  const auto found = test_interaction(fractions, whole);
  REQUIRE(found.table.second.ranges);
  CHECK(found.table.second.size() == 10);
  CHECK(found.degrees == 9.0);
  CHECK(found.statistic == Approx(0.0).margin(1e-6));
  for (const double count : found.table.counts[0]) CHECK(count == Approx(1000.0).epsilon(0.05));
  CHECK(zeroskew::detail::cramers_v(found.table, 0) == Approx(0.0).margin(0.01));
  // The second name's numbers are mirrored now: each column as before, together otherwise.
  JointCounts mirrored(Numbers::second, KeyKind::integer);
  for (std::int64_t i = 0; i < 20000; ++i) {
    const bool low = i < 10000;
    mirrored.add({low ? 0u : 1u, zeroskew::order_key(i)});
  }
  const auto moved = test_interaction(whole, mirrored);
  CHECK(moved.statistic > 1000.0);
  CHECK(zeroskew::detail::cramers_v(moved.table, 1) == Approx(1.0).epsilon(0.05));
}

TEST_CASE("Without interaction 5% means 5%", "[drift][interaction]") {
  // Three by four categories that go together, the first column's shares other than the
  // reference's.
  int alarms = 0;
  constexpr int rounds = 2000;
  for (std::uint32_t round = 0; round < rounds; ++round) {
    JointCounts sides[2];
    for (std::uint32_t side = 0; side < 2; ++side) {
      const zeroskew::Stream stream({.seed = 5, .epoch = round, .step = side});
      for (std::uint64_t row = 0; row < (side == 0 ? 400u : 250u); ++row) {
        const double u = stream.uniform(2 * row);
        const double v = stream.uniform(2 * row + 1);
        const auto first = static_cast<std::uint64_t>(3.0 * (side == 0 ? u : u * u));
        const auto second = static_cast<std::uint64_t>(4.0 * (first == 1 ? v * v : v));
        sides[side].add({first, second});
      }
    }
    const auto found = test_interaction(sides[0], sides[1]);
    REQUIRE(found.degrees == 6.0);
    if (found.statistic > 12.591587243743977) ++alarms;  // chi-square, 95%, 6 degrees
  }
  CHECK(alarms > 0.035 * rounds);
  CHECK(alarms < 0.065 * rounds);
}
