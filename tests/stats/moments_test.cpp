#include "zeroskew/stats/moments.hpp"

#include "support/catch.hpp"
#include "support/generate.hpp"
#include "support/golden.hpp"
#include "zeroskew/kernel/level.hpp"
#include "zeroskew/kernel/numbers.hpp"

using namespace zeroskew;
using test::Generator;

namespace {

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

double largest_of(std::span<const double> values) {
  double largest = 0.0;
  for (const double value : values) largest = std::max(largest, std::fabs(value));
  return largest;
}

}  // namespace

TEST_CASE("sum, mean, variance and deviation are the exact rationals rounded once") {
  for (const auto& example : test::golden("stats/moments.json")) {
    INFO(example["name"]);
    std::vector<double> values;
    for (const auto& value : example["values"]) values.push_back(test::hex_double(value));
    Moments moments;
    for (const double value : values) moments.add(value);
    CHECK(moments.sum() == test::hex_double(example["sum"]));
    CHECK(moments.mean() == test::hex_double(example["mean"]));
    CHECK(moments.variance() == test::hex_double(example["variance"]));
    CHECK(moments.std() == test::hex_double(example["std"]));

    for (const std::string_view level : kernel::levels()) {
      kernel::use_level(level);
      Moments blocks;
      for (std::size_t start = 0; start < values.size(); start += kernel::block_size) {
        const auto block = std::span(values).subspan(
            start, std::min(kernel::block_size, values.size() - start));
        blocks.add_block(block, largest_of(block));
      }
      CHECK(blocks == moments);
    }
  }
}

TEST_CASE("blocks of any kind of double give the same state as one by one") {
  Generator generate(5);
  for (const std::string_view level : kernel::levels()) {
    kernel::use_level(level);
    for (int round = 0; round < 300; ++round) {
      std::vector<double> values(1 + generate.below(kernel::block_size));
      const int spread = static_cast<int>(generate.below(60));
      const int centre = static_cast<int>(generate.below(1800)) - 900;
      for (double& value : values) {
        const int power = centre + static_cast<int>(generate.below(static_cast<std::uint64_t>(
                                       spread + 1)));
        value = std::ldexp(generate.uniform() - 0.5, power);
        if (generate.below(20) == 0) value = 0.0;
      }
      Moments single;
      for (const double value : values) single.add(value);
      Moments block;
      block.add_block(values, largest_of(values));
      REQUIRE(block == single);
    }
  }
}

TEST_CASE("integers are summed exactly, in blocks too") {
  Generator generate(6);
  for (int round = 0; round < 100; ++round) {
    const auto shift = generate.below(64);
    std::vector<std::int64_t> values(1 + generate.below(kernel::block_size));
    for (auto& value : values) value = static_cast<std::int64_t>(generate.bits()) >> shift;
    Moments single;
    for (const std::int64_t value : values) single.add(value);
    Moments block;
    block.add_block(values);
    REQUIRE(block == single);
  }
  Moments extreme;
  extreme.add(INT64_MAX);
  extreme.add(INT64_MIN);
  CHECK(extreme.sum() == -1.0);
  CHECK(extreme.mean() == -0.5);
}

TEST_CASE("decimals are divided by their power of ten once") {
  Moments cents;
  for (const std::uint64_t value : {10u, 20u, 70u}) cents.add({value, 0, 0, 0});
  CHECK(cents.sum(2) == 1.0);
  CHECK(cents.mean(2) == 1.0 / 3.0);
  Moments wide;
  const std::uint64_t ones = ~std::uint64_t{0};
  wide.add({ones, ones, ones, ones});  // -1
  wide.add({0, 0, 1, 0});              // 2^128
  CHECK(wide.sum() == 0x1p128);
  CHECK(wide.variance() == 0x1p254);
}

TEST_CASE("nothing has no mean") {
  const Moments nothing;
  CHECK(nothing.sum() == 0.0);
  CHECK(same(nothing.mean(), std::nan("")));
  CHECK(std::isnan(nothing.variance()));
  CHECK(std::isnan(nothing.std()));
  CHECK(nothing.consistent());
}
