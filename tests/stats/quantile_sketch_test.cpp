#include "zeroskew/stats/quantile_sketch.hpp"

#include <algorithm>

#include "support/catch.hpp"
#include "support/generate.hpp"

using namespace zeroskew;
using test::Generator;

TEST_CASE("order keys keep the order, both ways") {
  Generator generate(1);
  for (int i = 0; i < 10000; ++i) {
    const double a = generate.any_double();
    const double b = generate.any_double();
    CHECK((a < b) == (order_key(a) < order_key(b)));
    CHECK(double_of_key(order_key(a)) == a);
    const auto m = static_cast<std::int64_t>(generate.bits());
    const auto n = static_cast<std::int64_t>(generate.bits());
    CHECK((m < n) == (order_key(m) < order_key(n)));
    CHECK(int_of_key(order_key(m)) == m);
    const double floor = floor_of_key(order_key(m), KeyKind::integer);
    CHECK(floor <= 0x1p63);
    CHECK(static_cast<std::int64_t>(floor) <= m);
    CHECK(m - static_cast<std::int64_t>(floor) < 2048);
  }
  CHECK(order_key(-0.0) == order_key(0.0));
  CHECK(floor_of_key(~std::uint64_t{0}, KeyKind::unsigned_integer) < 0x1p64);
  CHECK(floor_of_key(order_key(INT64_MAX), KeyKind::integer) < 0x1p63);
}

TEST_CASE("the state depends on the multiset alone") {
  Generator generate(2);
  for (const int kind : {0, 1, 2, 3}) {
    std::vector<double> values;
    for (int i = 0; i < 30000; ++i) {
      const double u = generate.uniform();
      values.push_back(kind == 0   ? generate.normal()
                       : kind == 1 ? generate.any_double()
                       : kind == 2 ? 1e9 + std::floor(u * 1e6)
                                   : (u < 0.5 ? 0.0 : 1.0 + 1e-12 * u));
    }
    QuantileSketch once;
    for (const double value : values) once.add(value);
    CHECK(once.entries().size() <= QuantileSketch::capacity);
    for (int round = 0; round < 5; ++round) {
      generate.shuffle(values);
      std::vector<QuantileSketch> parts(1 + generate.below(6));
      for (const double value : values) parts[generate.below(parts.size())].add(value);
      QuantileSketch merged;
      for (const QuantileSketch& part : parts) merged += part;
      CHECK(merged == once);
      std::vector<double> sorted = values;
      std::sort(sorted.begin(), sorted.end());
      std::vector<CountTable::Entry> entries;
      for (const double value : sorted) {
        if (!entries.empty() && entries.back().code == order_key(value)) {
          ++entries.back().count;
        } else {
          entries.push_back({order_key(value), 1});
        }
      }
      QuantileSketch absorbed;
      absorbed.absorb(entries);
      CHECK(absorbed == once);
    }
    CHECK(QuantileSketch::from_entries(once.entries(), once.shift()) == once);
  }
}

TEST_CASE("every bucket holds exactly the values of its interval") {
  Generator generate(3);
  std::vector<double> values;
  for (int i = 0; i < 50000; ++i) values.push_back(generate.normal() * 100.0);
  QuantileSketch sketch;
  for (const double value : values) sketch.add(value);
  std::sort(values.begin(), values.end());
  auto at = values.begin();
  std::uint64_t most = 0;
  for (const QuantileSketch::Bucket& bucket : sketch.buckets()) {
    for (std::uint64_t i = 0; i < bucket.count; ++i, ++at) {
      REQUIRE(*at >= bucket.lo);
      REQUIRE((*at < bucket.hi || bucket.lo == bucket.hi));
    }
    most = std::max(most, bucket.count);
  }
  CHECK(at == values.end());
  CHECK(double(most) / double(values.size()) <= 0.002);
}
