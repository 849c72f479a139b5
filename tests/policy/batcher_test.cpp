#include "zeroskew/policy/batcher.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "policies.hpp"
#include "support/catch.hpp"
#include "support/errors.hpp"

using zeroskew::Batcher;
using zeroskew::BatcherOptions;
using zeroskew::Error;
using zeroskew::test::error_of;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Squares = Batcher<int, int>;

namespace {

// Refuses multiples of seven, row by row.
void square(std::span<int> rows, std::span<Squares::Outcome> outcomes) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] % 7 == 0) {
      outcomes[i].error = std::make_exception_ptr(
          Error(zeroskew::ErrorKind::value, "test.seven", std::to_string(rows[i]), "is refused"));
    } else {
      outcomes[i].answer = rows[i] * rows[i];
    }
  }
}

}  // namespace

TEST_CASE("each caller gets the answer or the error of its own row", "[policy][batcher]") {
  const auto wait = GENERATE(0us, 1us, 50us, 2000us);
  const auto most = GENERATE(std::size_t{1}, std::size_t{3}, std::size_t{64});
  std::vector<std::size_t> sizes;
  std::size_t right = 0;
  {
    Squares batcher(
        [&](std::span<int> rows, std::span<Squares::Outcome> outcomes) {
          sizes.push_back(rows.size());
          square(rows, outcomes);
        },
        {most, wait});
    std::atomic<std::size_t> found{0};
    std::vector<std::thread> callers;
    for (int caller = 0; caller < 8; ++caller) {
      callers.emplace_back([&, caller] {
        for (int i = 0; i < 50; ++i) {
          const int row = caller * 1000 + i;
          std::future<int> answer = batcher.submit(row);
          try {
            if (answer.get() == row * row && row % 7 != 0) ++found;
          } catch (const Error& error) {
            if (row % 7 == 0 && error.where() == std::to_string(row)) ++found;
          }
        }
      });
    }
    for (std::thread& caller : callers) caller.join();
    batcher.stop();
    right = found.load();
    CHECK(batcher.rows() == 400);
    CHECK(batcher.batches() == sizes.size());
  }
  CHECK(right == 400);
  CHECK(std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}) == 400);
  CHECK(*std::max_element(sizes.begin(), sizes.end()) <= most);
}

TEST_CASE("a batch begins when it is full or when its first row has waited", "[policy][batcher]") {
  std::vector<std::size_t> sizes;
  std::vector<Clock::time_point> begun;
  Squares batcher(
      [&](std::span<int> rows, std::span<Squares::Outcome> outcomes) {
        begun.push_back(Clock::now());
        sizes.push_back(rows.size());
        square(rows, outcomes);
      },
      {4, 100ms});
  // The first row sets the deadline, the second does not put it off.
  const auto start = Clock::now();
  auto one = batcher.submit(1);
  std::this_thread::sleep_for(50ms);
  auto two = batcher.submit(2);
  CHECK(one.get() + two.get() == 5);
  CHECK((sizes == std::vector<std::size_t>{2}));
  CHECK(begun[0] - start >= 100ms);
  // Four rows wait for nobody, the fifth for its own time.
  const auto second = Clock::now();
  std::vector<std::future<int>> answers;
  for (int i = 1; i <= 5; ++i) answers.push_back(batcher.submit(i));
  CHECK(answers[3].get() == 16);
  CHECK(answers[4].get() == 25);
  CHECK((sizes == std::vector<std::size_t>{2, 4, 1}));
  CHECK(begun[1] - second < begun[2] - second);
  CHECK(begun[2] - second >= 100ms);
}

TEST_CASE("a call that throws fails the rows that it left without an answer", "[policy][batcher]") {
  Squares batcher(
      [](std::span<int> rows, std::span<Squares::Outcome> outcomes) {
        outcomes[0].answer = rows[0];
        if (rows[0] < 0) return;  // forgets the others
        throw std::runtime_error("the device is gone");
      },
      {2, 1s});
  auto first = batcher.submit(5);
  auto second = batcher.submit(6);
  CHECK(first.get() == 5);
  CHECK_THROWS_WITH(second.get(), "the device is gone");
  auto third = batcher.submit(-1);
  auto fourth = batcher.submit(1);
  CHECK(third.get() == -1);
  CHECK(error_of([&] { (void)fourth.get(); }).id() == "policy.batch_unanswered");
  // A caller that throws is no harm to the next.
  batcher.submit(7, [](const Squares::Outcome&) { throw std::runtime_error("a caller's own"); });
  CHECK_THROWS_WITH(batcher.submit(8).get(), "the device is gone");
}

TEST_CASE("the end answers those that wait, and takes no more", "[policy][batcher]") {
  Squares batcher(square, {1000, 1h});
  std::vector<std::future<int>> answers;
  for (int i = 1; i < 7; ++i) answers.push_back(batcher.submit(i));
  const auto start = Clock::now();
  std::thread other([&] { batcher.stop(); });
  batcher.stop();
  other.join();
  CHECK(Clock::now() - start < 30min);
  for (int i = 1; i < 7; ++i) CHECK(answers[static_cast<std::size_t>(i - 1)].get() == i * i);
  CHECK(error_of([&] { (void)batcher.submit(1); }).id() == "policy.batch_stopped");
}

TEST_CASE("rows in flight when the end comes are answered or refused", "[policy][batcher]") {
  for (int round = 0; round < 20; ++round) {
    std::atomic<int> taken{0};
    std::atomic<int> answered{0};
    Squares batcher(square, {8, 20us});
    std::vector<std::thread> callers;
    for (int caller = 0; caller < 4; ++caller) {
      callers.emplace_back([&] {
        try {
          for (int i = 0; i < 100'000; ++i) {
            batcher.submit(1, [&](const Squares::Outcome& outcome) {
              if (outcome.answer == 1) ++answered;
            });
            ++taken;
          }
        } catch (const Error&) {
        }
      });
    }
    std::this_thread::sleep_for(std::chrono::microseconds(100 * round));
    batcher.stop();
    for (std::thread& caller : callers) caller.join();
    CHECK(taken.load() == answered.load());
  }
}

TEST_CASE("more than may wait is refused, and nothing else is", "[policy][batcher]") {
  std::promise<void> open;
  std::shared_future<void> gate = open.get_future().share();
  Squares batcher(
      [&](std::span<int> rows, std::span<Squares::Outcome> outcomes) {
        gate.wait();
        square(rows, outcomes);
      },
      {2, 0us, 3});
  std::vector<std::future<int>> answers;
  int refused = 0;
  for (int i = 0; i < 20; ++i) {
    try {
      answers.push_back(batcher.submit(1));
    } catch (const Error& error) {
      CHECK(error.id() == "policy.batch_full");
      ++refused;
    }
  }
  CHECK(refused >= 15);  // three wait, and two are at the gate at most
  open.set_value();
  for (auto& answer : answers) CHECK(answer.get() == 1);
  CHECK(batcher.submit(3).get() == 9);

  CHECK(error_of([] { Squares none(square, {0, 1us}); }).id() == "policy.batch");
  CHECK(error_of([] { Squares small(square, {8, 1us, 4}); }).id() == "policy.batch");
  CHECK(error_of([] { Squares early(square, {8, -1us}); }).id() == "policy.batch");
  CHECK(error_of([] { Squares never(square, {8, 25h}); }).id() == "policy.batch");
}

TEST_CASE("rows that are transformed in batches have the bits of the table", "[policy][batcher]") {
  using Named = zeroskew::FittedPipeline::Row;
  const zeroskew::Policy policy = policy_test::make();
  const auto rows = policy_test::make_rows(200, 77, false);
  const auto expected =
      transform_test::seen(policy.pipeline().transform(policy_test::make_table(rows)));
  std::vector<std::string> names;
  for (const auto& field : transform_test::fields()) names.push_back(field.name);
  const zeroskew::Plan plan = policy.plan(names);
  zeroskew::Row out = plan.row();
  using Served = Batcher<std::size_t, Named>;
  Served batcher(
      [&](std::span<std::size_t> batch, std::span<Served::Outcome> outcomes) {
        for (std::size_t i = 0; i < batch.size(); ++i) {
          plan.apply(rows[batch[i]], out, batch[i]);
          Named& row = outcomes[i].answer.emplace();
          for (std::size_t c = 0; c < out.size(); ++c) {
            row.emplace_back(plan.outputs()[c].name, out[c].value());
          }
        }
      },
      {16, 200us});
  std::vector<std::future<Named>> answers;
  for (std::size_t i = 0; i < rows.size(); ++i) answers.push_back(batcher.submit(i));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(transform_test::seen(answers[i].get()) == expected[i]);
  }
}
