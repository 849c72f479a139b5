#include "zeroskew/drift/correction.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>
#include <random>

#include "support/catch.hpp"
#include "zeroskew/error.hpp"

using zeroskew::adjust;
using zeroskew::Correction;

namespace {

// The definitions, in whole numbers: p-values are counts out of 2^20, adjusted values count/(2^20
// k!).
using Whole = std::int64_t;
constexpr Whole unit = Whole{1} << 20;
constexpr Whole common = 840;  // divisible by 1..8

std::vector<Whole> oracle(const std::vector<Whole>& p, Correction correction) {
  const auto tests = static_cast<Whole>(p.size());
  std::vector<Whole> result(p.size());
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (correction == Correction::bonferroni) {
      result[i] = std::min(unit, p[i] * tests) * common;
    } else if (correction == Correction::holm) {
      // The largest, over values no larger than this one, of p times the number of values not
      // smaller.
      Whole largest = 0;
      for (std::size_t j = 0; j < p.size(); ++j) {
        if (p[j] > p[i]) continue;
        const auto smaller = std::count_if(p.begin(), p.end(), [&](Whole q) { return q < p[j]; });
        largest = std::max(largest, std::min(unit, p[j] * (tests - smaller)));
      }
      result[i] = largest * common;
    } else {
      Whole smallest = unit * common;
      for (std::size_t j = 0; j < p.size(); ++j) {
        if (p[j] < p[i]) continue;
        const auto rank = std::count_if(p.begin(), p.end(), [&](Whole q) { return q <= p[j]; });
        smallest = std::min(smallest, p[j] * tests * (common / rank));
      }
      result[i] = smallest;
    }
  }
  return result;
}

}  // namespace

TEST_CASE("corrections follow their definitions, in exact rationals", "[drift][correction]") {
  std::mt19937 random(3);
  for (int round = 0; round < 500; ++round) {
    std::vector<Whole> whole(1 + random() % 8);
    for (auto& p : whole) {
      p = static_cast<Whole>(random() % static_cast<unsigned>(unit + 1));
      if (random() % 3 == 0) p /= 1000;
    }
    if (round % 4 == 0)
      std::fill(whole.begin(), whole.begin() + static_cast<long>(whole.size() / 2 + 1), whole[0]);
    std::vector<double> p;
    for (const auto each : whole)
      p.push_back(static_cast<double>(each) / static_cast<double>(unit));
    for (const auto correction :
         {Correction::bonferroni, Correction::holm, Correction::benjamini_hochberg}) {
      const auto expected = oracle(whole, correction);
      const auto found = adjust(p, correction);
      for (std::size_t i = 0; i < p.size(); ++i) {
        CHECK(found[i] ==
              Approx(static_cast<double>(expected[i]) / static_cast<double>(unit * common))
                  .epsilon(1e-15));
      }
    }
    CHECK(adjust(p, Correction::none) == p);
  }
}

TEST_CASE("e-BH rejects what its definition rejects", "[drift][correction]") {
  std::mt19937 random(4);
  for (int round = 0; round < 300; ++round) {
    std::vector<double> e(1 + random() % 10);
    for (auto& value : e) value = static_cast<double>(random() % 4000) / 16.0;
    const auto adjusted = zeroskew::adjust_evalues(e);
    for (const double alpha : {0.05, 0.1, 0.25}) {
      // Reject the k largest for the largest k with e_(k) >= K / (alpha k).
      auto sorted = e;
      std::sort(sorted.begin(), sorted.end(), std::greater<>());
      std::size_t most = 0;
      for (std::size_t k = 1; k <= sorted.size(); ++k) {
        if (sorted[k - 1] * alpha * static_cast<double>(k) >= static_cast<double>(e.size()))
          most = k;
      }
      const auto rejected = std::count_if(adjusted.begin(), adjusted.end(),
                                          [alpha](double value) { return value <= alpha; });
      CHECK(static_cast<std::size_t>(rejected) == most);
    }
  }
}

TEST_CASE("a test that gave no p-value does not count", "[drift][correction]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> p{0.01, nan, 0.04};
  const auto adjusted = adjust(p, Correction::bonferroni);
  CHECK(adjusted[0] == 0.02);
  CHECK(adjusted[1] != adjusted[1]);
  CHECK(adjusted[2] == 0.08);
  CHECK_THROWS_AS(adjust(std::vector<double>{1.5}, Correction::holm), zeroskew::Error);
  CHECK_THROWS_AS(zeroskew::correction_of("fdr_by"), zeroskew::Error);
  CHECK(zeroskew::correction_of("bh") == Correction::benjamini_hochberg);
}
