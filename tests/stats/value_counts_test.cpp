#include "zeroskew/stats/value_counts.hpp"

#include <map>

#include "support/catch.hpp"
#include "support/generate.hpp"

using namespace zeroskew;
using test::Generator;

namespace {

ValueCounts counted(const std::vector<std::uint64_t>& codes) {
  ValueCounts counts;
  for (const std::uint64_t code : codes) {
    counts.add(code);
    if (counts.overfull()) counts.spill();
  }
  return counts;
}

void merge_into(ValueCounts& counts, const ValueCounts& other) {
  counts.merge(other);
  if (counts.overfull()) counts.spill();
}

}  // namespace

TEST_CASE("counts are exact up to the limit") {
  Generator generate(1);
  std::map<std::uint64_t, std::uint64_t> truth;
  ValueCounts counts;
  for (int i = 0; i < 300000; ++i) {
    const std::uint64_t code = detail::mix(generate.below(ValueCounts::exact_limit));
    counts.add(code);
    ++truth[code];
  }
  REQUIRE(counts.exact());
  CHECK(counts.distinct() ==
        Estimate{double(truth.size()), double(truth.size()), double(truth.size()), true});
  for (const auto& [code, count] : truth) REQUIRE(counts.table().count(code) == count);
}

TEST_CASE("the form and the state depend on the multiset alone") {
  for (const std::uint64_t distinct : {std::uint64_t{100}, std::uint64_t{65536},
                                       std::uint64_t{65537}, std::uint64_t{90000}}) {
    Generator generate(distinct);
    std::vector<std::uint64_t> codes;
    for (std::uint64_t i = 0; i < distinct; ++i) codes.push_back(i * 7919);
    for (std::uint64_t i = 0; i < 20000; ++i) codes.push_back(generate.below(distinct) * 7919);
    const ValueCounts once = counted(codes);
    CHECK(once.exact() == (distinct <= ValueCounts::exact_limit));
    for (int round = 0; round < 4; ++round) {
      generate.shuffle(codes);
      CHECK(counted(codes) == once);
      std::vector<std::vector<std::uint64_t>> parts(2 + generate.below(4));
      for (const std::uint64_t code : codes) parts[generate.below(parts.size())].push_back(code);
      ValueCounts forward = counted(parts[0]);
      for (std::size_t p = 1; p < parts.size(); ++p) merge_into(forward, counted(parts[p]));
      ValueCounts backward = counted(parts.back());
      for (std::size_t p = parts.size() - 1; p-- > 0;) merge_into(backward, counted(parts[p]));
      CHECK(forward == once);
      CHECK(backward == once);
    }
  }
}

TEST_CASE("past the limit the bounds contain the truth and frequent codes are known") {
  Generator generate(3);
  std::map<std::uint64_t, std::uint64_t> truth;
  std::vector<std::uint64_t> codes;
  const auto put = [&](std::uint64_t code, std::uint64_t times) {
    for (; times > 0; --times) codes.push_back(code), ++truth[code];
  };
  for (std::uint64_t i = 0; i < 200000; ++i) put(1000 + i, 1 + generate.below(4));
  for (std::uint64_t heavy = 0; heavy < 20; ++heavy) put(heavy, 2000 * (heavy + 1));
  generate.shuffle(codes);
  const ValueCounts counts = counted(codes);
  REQUIRE_FALSE(counts.exact());
  const Estimate distinct = counts.distinct();
  CHECK(distinct.lo <= double(truth.size()));
  CHECK(distinct.hi >= double(truth.size()));
  CHECK(distinct.value == Approx(double(truth.size())).epsilon(0.03));
  const auto frequent = counts.frequent();
  REQUIRE(frequent.size() >= 20);
  for (std::size_t k = 0; k < 20; ++k) CHECK(frequent[k].code == 19 - k);
  for (const auto& f : frequent) {
    const auto count = double(truth[f.code]);
    INFO(f.code);
    CHECK(f.count.lo <= count);
    CHECK(f.count.hi >= count);
  }
  for (const auto& [code, count] : truth) REQUIRE(counts.at_most(code) >= count);
}
