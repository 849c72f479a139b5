#include "zeroskew/stats/exact_sum.hpp"

#include "support/catch.hpp"
#include "support/generate.hpp"

using zeroskew::ExactSum;
using zeroskew::test::Generator;

TEST_CASE("a sum of doubles and their negatives is zero in any order") {
  Generator generate(1);
  for (int round = 0; round < 50; ++round) {
    std::vector<double> values;
    for (int i = 0; i < 100; ++i) {
      const double value = generate.any_double();
      values.push_back(value);
      values.push_back(-value);
    }
    generate.shuffle(values);
    ExactSum sum;
    for (const double value : values) sum.add(value);
    CHECK(sum == ExactSum{});
    CHECK(sum.value() == 0.0);
  }
}

TEST_CASE("order and merging leave no trace") {
  Generator generate(2);
  std::vector<double> values;
  for (int i = 0; i < 500; ++i) values.push_back(generate.any_double());
  ExactSum once;
  for (const double value : values) once.add_square(value);
  for (int round = 0; round < 20; ++round) {
    generate.shuffle(values);
    std::vector<ExactSum> parts(1 + generate.below(7));
    for (const double value : values) parts[generate.below(parts.size())].add_product(value, value);
    ExactSum merged;
    for (const ExactSum& part : parts) merged += part;
    CHECK(merged == once);
  }
}

TEST_CASE("adding n times is adding once n times over") {
  Generator generate(3);
  for (int round = 0; round < 100; ++round) {
    const double value = generate.any_double();
    const std::uint64_t count = generate.below(50);
    ExactSum loop;
    ExactSum loop_squares;
    for (std::uint64_t i = 0; i < count; ++i) {
      loop.add(value);
      loop_squares.add_square(value);
    }
    ExactSum times;
    ExactSum times_squares;
    times.add(value, count);
    times_squares.add_square(value, count);
    CHECK(times == loop);
    CHECK(times_squares == loop_squares);
  }
}

TEST_CASE("integers at the ends of their range are exact") {
  ExactSum sum;
  sum.add(INT64_MIN);
  sum.add(INT64_MAX);
  sum.add(std::int64_t{1});
  CHECK(sum.value() == 0.0);
  sum.add(INT64_MIN);
  CHECK(sum.value() == -0x1p63);
}

TEST_CASE("the parts of a sum make the sum again") {
  Generator generate(4);
  for (int round = 0; round < 200; ++round) {
    ExactSum sum;
    for (std::uint64_t i = generate.below(5); i > 0; --i) sum.add(generate.any_double());
    const ExactSum::Parts parts = sum.parts();
    REQUIRE(ExactSum::fits(parts));
    CHECK(ExactSum::from_parts(parts) == sum);
  }
}
