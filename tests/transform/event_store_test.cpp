#include "zeroskew/transform/event_store.hpp"

#include <bit>
#include <cmath>
#include <vector>

#include "support/catch.hpp"
#include "transform/tables.hpp"
#include "zeroskew/error.hpp"

using transform_test::Random;
using zeroskew::EventStore;
using zeroskew::WindowFeature;
using zeroskew::WindowStatistic;

namespace {

const std::vector<WindowFeature>& features() {
  static const std::vector<WindowFeature> all = {
      {WindowStatistic::count, 100, 0.0}, {WindowStatistic::sum, 100, 0.0},
      {WindowStatistic::mean, 100, 0.0},  {WindowStatistic::min, 0, 0.0},
      {WindowStatistic::max, 100, 0.0},   {WindowStatistic::last, 0, 0.0},
      {WindowStatistic::since, 0, 0.0},   {WindowStatistic::decayed, 0, 50.0}};
  return all;
}

struct Event {
  std::uint64_t key;
  std::int64_t time;
  double value;
};

std::vector<Event> make_events() {
  Random random(5);
  std::vector<Event> events;
  for (int i = 0; i < 600; ++i) {
    events.push_back({random.below(4), static_cast<std::int64_t>(random.below(1000)),
                      random.uniform() * std::ldexp(1.0, static_cast<int>(random.below(60)) - 30)});
  }
  return events;
}

std::vector<std::uint64_t> bits_at(const EventStore& store, std::uint64_t key,
                                   std::int64_t moment) {
  std::vector<double> out(features().size());
  store.at(key, moment, out);
  std::vector<std::uint64_t> bits;
  for (const double x : out) bits.push_back(std::bit_cast<std::uint64_t>(x));
  return bits;
}

}  // namespace

TEST_CASE("windows hold what their definitions say, and nothing of the future", "[transform]") {
  EventStore store(features());
  const auto events = make_events();
  for (const Event& event : events) CHECK(store.add(event.key, event.time, event.value));
  CHECK_FALSE(store.add(1, 5, std::nan("")));
  CHECK(store.events() == events.size());
  for (std::int64_t moment = -5; moment < 1200; moment += 37) {
    long double sum = 0.0L;
    long double decayed = 0.0L;
    double count = 0.0;
    double least = HUGE_VAL;
    double most = -HUGE_VAL;
    std::int64_t last = -1;
    for (const Event& event : events) {
      if (event.key != 2 || event.time >= moment) continue;
      decayed += static_cast<long double>(event.value) *
                 std::exp2(-static_cast<long double>(moment - event.time) / 50.0L);
      least = std::min(least, event.value);
      last = std::max(last, event.time);
      if (event.time < moment - 100) continue;
      sum += static_cast<long double>(event.value);
      count += 1.0;
      most = std::max(most, event.value);
    }
    std::vector<double> out(features().size());
    store.at(2, moment, out);
    CHECK(out[0] == count);
    CHECK(out[1] == Approx(static_cast<double>(sum)));
    CHECK(out[7] == Approx(static_cast<double>(decayed)));
    if (count > 0.0) {
      CHECK(out[2] == Approx(static_cast<double>(sum) / count));
      CHECK(out[4] == most);
    } else {
      CHECK((std::isnan(out[2]) && std::isnan(out[4])));
    }
    if (last >= 0) {
      CHECK(out[3] == least);
      CHECK(out[6] == static_cast<double>(moment - last));
    } else {
      CHECK((std::isnan(out[3]) && std::isnan(out[5]) && std::isnan(out[6])));
    }
  }
}

TEST_CASE("events in any order, in parts, or cut off behind the windows give the same bits",
          "[transform]") {
  const auto events = make_events();
  EventStore forward(features());
  EventStore backward(features());
  EventStore parts(features());
  EventStore other(features());
  for (std::size_t i = 0; i < events.size(); ++i) {
    forward.add(events[i].key, events[i].time, events[i].value);
    const Event& last = events[events.size() - 1 - i];
    backward.add(last.key, last.time, last.value);
    (i % 3 == 0 ? parts : other).add(events[i].key, events[i].time, events[i].value);
  }
  parts += other;
  CHECK(forward == backward);
  CHECK(forward == parts);
  // A store that only knew the past says the same of a past moment.
  EventStore past(features());
  for (const Event& event : events) {
    if (event.time < 500) past.add(event.key, event.time, event.value);
  }
  for (std::uint64_t key = 0; key < 5; ++key) {
    CHECK((bits_at(past, key, 500) == bits_at(forward, key, 500)));
  }
  EventStore narrow({{WindowStatistic::sum, 100, 0.0}});
  for (const Event& event : events) narrow.add(event.key, event.time, event.value);
  double before = 0.0;
  narrow.at(1, 900, std::span(&before, 1));
  narrow.forget(800);
  double after = 0.0;
  narrow.at(1, 900, std::span(&after, 1));
  CHECK(before == after);
  CHECK(narrow.events() < events.size());
}

TEST_CASE("windows that mean nothing are refused", "[transform]") {
  CHECK_THROWS_AS(EventStore({{WindowStatistic::sum, -1, 0.0}}), zeroskew::Error);
  CHECK_THROWS_AS(EventStore({{WindowStatistic::decayed, 0, 0.0}}), zeroskew::Error);
  CHECK_THROWS_AS((void)zeroskew::window_statistic_of("median"), zeroskew::Error);
  CHECK(zeroskew::window_statistic_of("decayed") == WindowStatistic::decayed);
}
