#include "zeroskew/policy/breaker.hpp"

#include <thread>
#include <vector>

#include "support/catch.hpp"
#include "support/errors.hpp"

using zeroskew::Breaker;
using zeroskew::Fallback;
using zeroskew::FallbackRule;
using State = Breaker::State;

namespace {

constexpr std::int64_t second = 1'000'000'000;

FallbackRule rule() {
  FallbackRule rule;
  rule.budget = 0.2;
  rule.min_rows = 10;
  rule.window = 10.0;
  rule.pause = 5.0;
  rule.trials = 3;
  return rule;
}

// Opens it with ten failures at a time.
void open(Breaker& breaker, std::int64_t now) {
  for (int i = 0; i < 10; ++i) breaker.failed(now);
  CHECK(breaker.state() == State::open);
}

}  // namespace

TEST_CASE("a breaker opens beyond its budget, and not before", "[policy][breaker]") {
  Breaker breaker(rule());
  for (int i = 0; i < 9; ++i) breaker.failed(second);
  CHECK(breaker.state() == State::closed);  // too few rows to judge
  breaker.failed(second);
  CHECK(breaker.state() == State::open);
  CHECK(breaker.opened() == 1);
  CHECK_FALSE(breaker.allow(2 * second));

  Breaker steady(rule());
  for (int i = 0; i < 1000; ++i) {
    i % 5 == 4 ? steady.failed(i) : steady.succeeded(i);  // just the budget
    CHECK(steady.allow(i));
  }
  CHECK(steady.state() == State::closed);
}

TEST_CASE("a window forgets", "[policy][breaker]") {
  Breaker breaker(rule());
  for (int i = 0; i < 9; ++i) breaker.failed(1);
  breaker.failed(11 * second);
  CHECK(breaker.state() == State::closed);
}

TEST_CASE("after a pause a few rows are tried", "[policy][breaker]") {
  Breaker breaker(rule());
  open(breaker, second);
  CHECK_FALSE(breaker.allow(6 * second - 1));
  CHECK(breaker.allow(6 * second));
  CHECK(breaker.state() == State::half_open);
  CHECK(breaker.allow(6 * second));
  CHECK(breaker.allow(6 * second));
  CHECK_FALSE(breaker.allow(6 * second));  // three are enough
  SECTION("that all succeed close it") {
    for (int i = 0; i < 3; ++i) breaker.succeeded(7 * second);
    CHECK(breaker.state() == State::closed);
    CHECK(breaker.allow(7 * second));
  }
  SECTION("one that fails opens it for another pause") {
    breaker.succeeded(7 * second);
    breaker.failed(7 * second);
    CHECK(breaker.state() == State::open);
    CHECK(breaker.opened() == 2);
    CHECK_FALSE(breaker.allow(12 * second - 1));
    CHECK(breaker.allow(12 * second));
  }
}

TEST_CASE("a clock that goes backwards opens and closes nothing", "[policy][breaker]") {
  Breaker breaker(rule());
  for (int i = 0; i < 5; ++i) breaker.failed(100 * second);
  for (int i = 0; i < 4; ++i) breaker.failed(-100 * second);
  CHECK(breaker.state() == State::closed);
  breaker.failed(-200 * second);
  CHECK(breaker.state() == State::open);
  CHECK_FALSE(breaker.allow(-300 * second));
  CHECK(breaker.allow(-195 * second));
}

TEST_CASE("what is held stays open", "[policy][breaker]") {
  Breaker breaker(rule());
  breaker.hold(true);
  breaker.hold(true);
  CHECK(breaker.opened() == 1);
  CHECK(breaker.state() == State::open);
  CHECK_FALSE(breaker.allow(1000 * second));
  breaker.hold(false);
  CHECK(breaker.state() == State::closed);
  CHECK(breaker.allow(0));
}

TEST_CASE("many threads open it once", "[policy][breaker]") {
  Breaker breaker(rule());
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) {
        if (breaker.allow(second)) breaker.failed(second);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(breaker.state() == State::open);
  CHECK(breaker.opened() == 1);
}

TEST_CASE("rules that mean nothing are refused", "[policy][breaker]") {
  const auto refused = [](auto&& change, const char* where) {
    FallbackRule bad = rule();
    change(bad);
    zeroskew::test::check_error([&] { Breaker{bad}; }, "policy.fallback", where);
  };
  refused([](FallbackRule& r) { r.budget = 1.5; }, "budget");
  refused([](FallbackRule& r) { r.budget = std::numeric_limits<double>::quiet_NaN(); }, "budget");
  refused([](FallbackRule& r) { r.min_rows = 0; }, "min_rows");
  refused([](FallbackRule& r) { r.window = 0.0; }, "window");
  refused([](FallbackRule& r) { r.pause = -1.0; }, "pause");
  refused([](FallbackRule& r) { r.pause = 1e300; }, "pause");
  refused([](FallbackRule& r) { r.trials = 0; }, "trials");
  for (const Fallback one : {Fallback::reject, Fallback::pass_through, Fallback::last_good}) {
    CHECK(zeroskew::fallback_of(to_string(one)) == one);
  }
  zeroskew::test::check_error([] { (void)zeroskew::fallback_of("retry"); }, "policy.fallback",
                              "retry");
}
