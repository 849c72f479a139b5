#include "zeroskew/stats/number_stats.hpp"

#include <algorithm>

#include "support/catch.hpp"
#include "support/generate.hpp"

using namespace zeroskew;
using test::Generator;

namespace {

// Blocks leave the state that the values leave one by one, whatever their magnitudes.
template <class Integer>
void check_blocks(KeyKind kind) {
  Generator generate(7);
  for (const int bits : {1, 8, 26, 33, 52, 53, 54, 62, 63, 64}) {
    for (const std::size_t blocks : {1u, 80u}) {
      NumberStats by_block(kind);
      NumberStats one_by_one(kind);
      for (std::size_t b = 0; b < blocks; ++b) {
        std::vector<Integer> values(1 + generate.below(1024));
        for (Integer& value : values) {
          value = static_cast<Integer>(generate.bits());
          if constexpr (std::is_signed_v<Integer>) {
            value =
                bits == 64 ? value : value % static_cast<Integer>(std::uint64_t{1} << (bits - 1));
          } else if (bits < 64) {
            value = value & ((Integer{1} << bits) - 1);
          }
        }
        if (generate.below(4) == 0) values[0] = std::numeric_limits<Integer>::min();
        if (generate.below(4) == 0) values.back() = std::numeric_limits<Integer>::max();
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        by_block.add_block(std::span<const Integer>(values), *low, *high);
        for (const Integer value : values) one_by_one.add(value);
      }
      INFO(bits << " bits, " << blocks << " blocks");
      CHECK(by_block == one_by_one);
      CHECK(by_block.sum() == one_by_one.sum());
      CHECK(by_block.variance() == one_by_one.variance());
    }
  }
}

}  // namespace

TEST_CASE("blocks of signed integers") {
  check_blocks<std::int64_t>(KeyKind::integer);
}

TEST_CASE("blocks of unsigned integers") {
  check_blocks<std::uint64_t>(KeyKind::unsigned_integer);
}

TEST_CASE("a decimal's identity is the double nearest to its exact value") {
  Generator generate(9);
  for (const int scale : {-3, 0, 1, 2, 9, 22, 23, 30}) {
    for (int i = 0; i < 400; ++i) {
      const auto unscaled =
          static_cast<std::int64_t>(generate.bits()) >> static_cast<int>(generate.below(64));
      NumberStats stats(KeyKind::floating, scale);
      stats.add_decimal(unscaled);
      Moments exact;
      exact.add(unscaled);
      CHECK(stats.min() == exact.sum(scale));
      CHECK(stats.sum() == exact.sum(scale));
      CHECK(stats.zeros() == (unscaled == 0 ? 1u : 0u));
    }
  }
}

TEST_CASE("a decimal of one word and of four are one") {
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{12345},
                                   std::numeric_limits<std::int64_t>::min()}) {
    NumberStats narrow(KeyKind::floating, 2);
    NumberStats wide(KeyKind::floating, 2);
    const std::uint64_t rest = value < 0 ? ~std::uint64_t{0} : 0;
    narrow.add_decimal(value);
    wide.add_decimal({static_cast<std::uint64_t>(value), rest, rest, rest});
    CHECK(narrow == wide);
  }
}
