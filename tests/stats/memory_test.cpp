// What a column's state takes in memory, by kind of column and by number of rows.

#include <cmath>
#include <functional>
#include <string>

#include "support/catch.hpp"
#include "support/counting_new.hpp"
#include "support/generate.hpp"
#include "zeroskew/stats/number_stats.hpp"
#include "zeroskew/stats/text_stats.hpp"

namespace {

using namespace zeroskew;
using test::Generator;

// A copy allocates what the state holds, and nothing else.
template <class Stats>
std::size_t memory_of(const Stats& stats) {
  const std::size_t before = test::allocated_bytes;
  const Stats copy = stats;
  return sizeof copy + test::allocated_bytes - before;
}

struct NumberKind {
  const char* name;
  KeyKind key_kind;
  std::function<double(Generator&, std::uint64_t row)> draw;
};

const NumberKind number_kinds[] = {
    {"doubles", KeyKind::floating, [](Generator& g, std::uint64_t) { return g.normal(); }},
    {"any doubles", KeyKind::floating, [](Generator& g, std::uint64_t) { return g.any_double(); }},
    {"zero-inflated", KeyKind::floating,
     [](Generator& g, std::uint64_t) { return g.below(10) < 6 ? 0.0 : g.normal(); }},
    {"heavy tail", KeyKind::floating,
     [](Generator& g, std::uint64_t) { return std::floor(1.0 / (1.0 - g.uniform())); }},
    {"years", KeyKind::integer,
     [](Generator& g, std::uint64_t) { return 1900.0 + static_cast<double>(g.below(130)); }},
    {"ids", KeyKind::integer,
     [](Generator&, std::uint64_t row) { return 1e12 + static_cast<double>(row); }},
    {"timestamps", KeyKind::integer,
     [](Generator& g, std::uint64_t) { return 1.7e15 + static_cast<double>(g.below(1ull << 43)); }},
    {"a value in three, and others", KeyKind::integer,
     [](Generator& g, std::uint64_t row) {
       return row % 3 == 0 ? 7.0 : std::exp2(static_cast<double>(g.below(52))) + double(row);
     }}};

void add(NumberStats& stats, double value) {
  if (stats.key_kind() == KeyKind::floating) return stats.add(value);
  stats.add(static_cast<std::int64_t>(value));
}

constexpr std::size_t sketched = 256'000;
constexpr std::size_t exact = 2'200'000;

}  // namespace

TEST_CASE("numbers take 256 kB once they are sketched, whatever they are") {
  for (const NumberKind& kind : number_kinds) {
    for (const std::size_t limit : {ValueCounts::exact_limit, std::size_t{4096}}) {
      Generator generate(1);
      NumberStats stats(kind.key_kind);
      stats.limit_values(limit);
      std::uint64_t row = 0;
      for (const std::uint64_t rows : {1'000u, 10'000u, 50'000u, 100'000u, 400'000u}) {
        for (; row < rows; ++row) add(stats, kind.draw(generate, row));
        INFO(kind.name << ", " << rows << " rows, exact to " << limit);
        const bool large = stats.values().exact() && limit == ValueCounts::exact_limit;
        CHECK(memory_of(stats) < (large ? exact : sketched));
      }
    }
  }
}

TEST_CASE("counts past 2^32 take no more") {
  Generator generate(2);
  NumberStats stats;
  for (int i = 0; i < 100'000; ++i) stats.add(generate.normal(), i % 100 == 0 ? 1ull << 40 : 1);
  REQUIRE_FALSE(stats.values().exact());
  CHECK(memory_of(stats) < sketched);
  CHECK(stats.sketch()->total() == stats.count());
}

TEST_CASE("strings take 256 kB beside their names once they are sketched") {
  for (const std::size_t size : {8u, 100u, 1000u}) {
    for (const bool heavy : {false, true}) {
      Generator generate(3);
      TextStats stats;
      for (std::uint64_t row = 0; row < 150'000; ++row) {
        std::string value = std::to_string(heavy && row % 2 == 0 ? row % 400 : row + 1'000'000);
        value.resize(size, 'x');
        stats.add(value);
      }
      stats.settle();
      REQUIRE_FALSE(stats.values().exact());
      TextStats unnamed = stats;
      unnamed.redact();
      INFO(size << (heavy ? " letters, half of them frequent" : " letters, all different"));
      CHECK(memory_of(unnamed) < sketched);
      // Frequent ones have names: fewer than 1,024.
      const std::size_t names = heavy ? 400 : 0;
      CHECK(memory_of(stats) - memory_of(unnamed) <= 2 * names * (size + 32));
    }
  }
}
