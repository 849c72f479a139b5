// Thresholds from history, mix of slices, concept shift, values out of bounds.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/errors.hpp"
#include "zeroskew/drift/concept_shift.hpp"
#include "zeroskew/drift/mix_shift.hpp"
#include "zeroskew/drift/thresholds.hpp"
#include "zeroskew/random/stream.hpp"

using namespace zeroskew;
using zeroskew::test::error_of;

TEST_CASE("a proposed threshold is passed as often as it says", "[drift][thresholds]") {
  int alarms = 0;
  constexpr int histories = 4000;
  ThresholdOptions options;
  options.rate = 0.05;
  double implied = 0.0;
  for (int h = 0; h < histories; ++h) {
    const Stream stream({.seed = static_cast<std::uint64_t>(h)});
    std::vector<double> values;
    for (std::uint64_t i = 0; i < 60; ++i) values.push_back(stream.exponential(i));
    const auto proposal = propose_thresholds(values, {}, options);
    CHECK(proposal.reached);
    implied = proposal.rate;
    alarms += stream.exponential(99) > proposal.at(0) ? 1 : 0;
  }
  CHECK(implied == 3.0 / 61.0);
  CHECK(std::fabs(alarms - implied * histories) < 4.0 * std::sqrt(implied * histories));
}

TEST_CASE("a season's threshold follows the hour", "[drift][thresholds]") {
  const Stream stream({.seed = 1});
  std::vector<double> values;
  std::vector<std::int64_t> times;
  for (std::int64_t hour = 0; hour < 24 * 70; ++hour) {
    times.push_back(hour * 3600);
    values.push_back((hour % 24 == 3 ? 100.0 : 0.0) +
                     stream.normal(static_cast<std::uint64_t>(hour)));
  }
  ThresholdOptions options;
  options.season = Season::hour;
  const auto proposal = propose_thresholds(values, times, options);
  CHECK(proposal.slots.size() == 24);
  CHECK(proposal.margin < 4.0);
  CHECK(proposal.at(3 * 3600 + 59) == Approx(100.0).margin(4.5));
  CHECK(proposal.at(4 * 3600) == Approx(0.0).margin(4.5));
  CHECK(proposal.at(-21 * 3600) == proposal.at(3 * 3600));  // before 1970, three at night too
  options.season = Season::weekday;
  const auto weekly = propose_thresholds(values, times, options);
  CHECK(weekly.slots.size() == 7);
  CHECK(weekly.slots[3].count == 240);  // the first of January 1970 was a Thursday, slot 3
}

TEST_CASE("a history that is too short says so", "[drift][thresholds]") {
  const std::vector<double> values{1.0, 2.0, std::nan(""), 3.0};
  const auto proposal = propose_thresholds(values, {});
  CHECK_FALSE(proposal.reached);
  CHECK(proposal.rate == 0.25);
  CHECK(proposal.at(0) == 3.0);
  ThresholdOptions options;
  options.rate = 0.0;
  CHECK(error_of([&] { (void)propose_thresholds(values, {}, options); }).id() == "drift.rate");
  options = {};
  options.season = Season::hour;
  CHECK(error_of([&] { (void)propose_thresholds(values, {}, options); }).id() == "drift.times");
  CHECK(error_of([&] { (void)propose_thresholds({}, {}); }).id() == "drift.history");
}

TEST_CASE("a change of a mean is mix and within, and nothing else", "[drift][mix]") {
  const std::vector<SliceMeans> slices{
      {"a", 60, 1.0, 20, 1.5}, {"b", 40, 3.0, 60, 3.0}, {"new", 0, 0.0, 20, 9.0}};
  const auto shift = mix_shift(slices);
  CHECK(shift.reference_mean == Approx(1.8));
  CHECK(shift.current_mean == Approx(3.9));
  CHECK(shift.mix + shift.within == Approx(shift.change()));
  CHECK(shift.within == Approx(0.5 * (0.6 + 0.2) * 0.5));
  CHECK(shift.shares.drifted);
  CHECK(shift.slices.front().name == "new");
  for (const auto& slice : shift.slices) {
    if (slice.name == "b") CHECK(slice.within == 0.0);
  }
  CHECK(mix_shift({}).reason.rfind("cannot compare, because", 0) == 0);
  const std::vector<SliceMeans> bad{{"a", -1, 1.0, 20, 1.5}};
  CHECK(error_of([&] { (void)mix_shift(bad); }).id() == "drift.count");
}

TEST_CASE("labels that follow predictions as before are no concept shift", "[drift][concept]") {
  int concept_alarms = 0;
  int covariate_alarms = 0;
  constexpr int pairs = 200;
  const auto draw = [](std::uint64_t seed, double shift, double tilt, std::size_t rows,
                       std::vector<double>& predictions, std::vector<std::string>& labels) {
    const Stream stream({.seed = seed});
    for (std::uint64_t i = 0; i < rows; ++i) {
      const double x = std::fmin(0.99, std::fmax(0.01, 0.5 + shift + 0.15 * stream.normal(2 * i)));
      predictions.push_back(x);
      labels.push_back(stream.bernoulli(2 * i + 1, std::fmin(1.0, x + tilt)) ? "yes" : "no");
    }
  };
  for (std::uint64_t pair = 0; pair < pairs; ++pair) {
    std::vector<double> x;
    std::vector<double> y;
    std::vector<std::string> a;
    std::vector<std::string> b;
    draw(pair, 0.0, 0.0, 600, x, a);
    draw(pair + 10000, 0.1, 0.0, 400, y, b);  // inputs move, the relation does not
    MeasureOptions options;
    options.bins = 20;
    const auto found = concept_shift({x, a}, {y, b}, options);
    concept_alarms += found.relation.drifted ? 1 : 0;
    covariate_alarms += found.covariate.drifted ? 1 : 0;
  }
  CHECK(covariate_alarms > 190);
  CHECK(concept_alarms <= 24);  // 10 and what a shift within bins adds
  std::vector<double> x;
  std::vector<double> y;
  std::vector<std::string> a;
  std::vector<std::string> b;
  draw(1, 0.0, 0.0, 2000, x, a);
  draw(2, 0.0, 0.15, 2000, y, b);
  const auto found = concept_shift({x, a}, {y, b});
  CHECK(found.relation.drifted);
  CHECK_FALSE(found.covariate.drifted);
  CHECK(concept_shift({x, a}, {{}, {}}).relation.reason.rfind("cannot compare, because", 0) == 0);
  CHECK(error_of([&] { (void)concept_shift({x, a}, {y, {}}); }).id() == "drift.counts_length");
}

TEST_CASE("values out of bounds have a share with its interval", "[drift][bounds]") {
  const std::vector<double> values{-1.0, 0.0, 0.5, 1.0, 2.0, std::nan("")};
  const auto found = out_of_bounds(values, 0.0, 1.0);
  CHECK(found.below == 1);
  CHECK(found.above == 1);
  CHECK(found.nan == 1);
  CHECK(found.share == 0.5);
  CHECK(found.lo == Approx(0.11811724875702526));  // scipy.stats.binomtest(3, 6).proportion_ci
  CHECK(found.hi == Approx(0.8818827512429747));
  CHECK(out_of_bounds({}, 0.0, 1.0).hi == 1.0);
  CHECK(error_of([&] { (void)out_of_bounds(values, 1.0, 0.0); }).id() == "drift.bounds");
}
