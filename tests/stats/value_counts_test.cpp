#include "zeroskew/stats/value_counts.hpp"

#include <algorithm>
#include <map>
#include <set>

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

TEST_CASE("frequent codes are the same in every order and merge tree, and rare ones are left out") {
  Generator generate(11);
  std::map<std::uint64_t, std::uint64_t> truth;
  std::vector<std::uint64_t> codes;
  const auto put = [&](std::uint64_t code, std::uint64_t times) {
    for (; times > 0; --times) codes.push_back(code), ++truth[code];
  };
  for (std::uint64_t i = 0; i < 150000; ++i) put(1000 + i, 1 + generate.below(3));
  for (std::uint64_t heavy = 0; heavy < 60; ++heavy) put(heavy, 4000 + 10 * heavy);
  const auto frequent_in = [](const ValueCounts& counts) {
    std::vector<std::uint64_t> found;
    for (const auto& f : counts.frequent()) found.push_back(f.code);
    std::sort(found.begin(), found.end());
    return found;
  };
  std::vector<std::uint64_t> expected;
  for (const auto& [code, count] : truth) {
    if (count * 256 > codes.size()) expected.push_back(code);
  }
  REQUIRE(expected.size() == 60);
  for (int round = 0; round < 6; ++round) {
    if (round == 1) std::sort(codes.begin(), codes.end());
    if (round == 2) std::reverse(codes.begin(), codes.end());
    if (round > 2) generate.shuffle(codes);
    CHECK(frequent_in(counted(codes)) == expected);
    const std::size_t parts = 2 + generate.below(5);
    std::vector<ValueCounts> pieces;
    for (std::size_t p = 0; p < parts; ++p) {
      std::vector<std::uint64_t> piece;
      for (std::size_t i = p; i < codes.size(); i += parts) piece.push_back(codes[i]);
      pieces.push_back(counted(piece));
    }
    while (pieces.size() > 1) {
      const ValueCounts last = pieces.back();
      pieces.pop_back();
      merge_into(pieces[generate.below(pieces.size())], last);
    }
    CHECK(frequent_in(pieces[0]) == expected);
    for (const auto& f : pieces[0].frequent()) {
      CHECK(f.count.lo <= double(truth[f.code]));
      CHECK(f.count.hi >= double(truth[f.code]));
    }
  }
}

TEST_CASE("a stream that never repeats keeps few candidates") {
  ValueCounts counts;
  for (std::uint64_t i = 0; i < 400000; ++i) {
    counts.add(detail::mix(i));
    if (i % 3 == 0) counts.add(7);  // its bucket is heavy: whatever falls into it is looked at
    if (counts.overfull()) counts.spill();
  }
  CHECK(counts.candidates().size() <= ValueCounts::most_candidates);
  REQUIRE(counts.frequent().size() == 1);
  CHECK(counts.frequent()[0].code == 7);
}

TEST_CASE("sums have the least limit of their parts, and are spilled past it") {
  Generator generate(12);
  std::vector<std::uint64_t> codes;
  for (std::uint64_t i = 0; i < 3000; ++i) codes.push_back(i * 7919);
  for (const std::size_t limit : {0u, 1u, 100u, 2999u, 3000u, 65536u}) {
    const auto limited = [&](const std::vector<std::uint64_t>& some, std::size_t most) {
      ValueCounts counts;
      counts.limit_to(most);
      for (const std::uint64_t code : some) {
        counts.add(code);
        if (counts.overfull()) counts.spill();
      }
      return counts;
    };
    const ValueCounts once = limited(codes, limit);
    CHECK(once.exact() == (codes.size() <= limit));
    CHECK(once.distinct().lo <= 3000.0);
    CHECK(once.distinct().hi >= 3000.0);
    for (int round = 0; round < 4; ++round) {
      generate.shuffle(codes);
      std::vector<std::vector<std::uint64_t>> parts(3);
      for (const std::uint64_t code : codes) parts[generate.below(3)].push_back(code);
      // One part is under a looser limit, one is empty.
      std::vector<ValueCounts> counts = {limited(parts[0], limit), limited(parts[1], 65536),
                                         limited(parts[2], limit), limited({}, limit)};
      std::rotate(counts.begin(), counts.begin() + round, counts.end());
      ValueCounts sum;
      for (const ValueCounts& part : counts) merge_into(sum, part);
      CHECK(sum == once);
      CHECK(sum.limit() == limit);
    }
  }
}

TEST_CASE("codes are told to be named when they pass the share that is named, in any tree") {
  Generator generate(13);
  std::vector<std::uint64_t> codes;
  for (std::uint64_t i = 0; i < 100000; ++i) codes.push_back(1000 + i);
  for (std::uint64_t heavy = 0; heavy < 300; ++heavy) {
    for (std::uint64_t k = 0; k < 50 + 4 * heavy; ++k) codes.push_back(heavy);
  }
  for (int round = 0; round < 4; ++round) {
    generate.shuffle(codes);
    struct Part {
      ValueCounts counts;
      std::set<std::uint64_t> names;
    };
    std::vector<Part> parts(1 + generate.below(5));
    const auto keep = [](Part& part) {
      if (part.counts.overfull()) part.counts.spill();
      std::erase_if(part.names, [&](std::uint64_t code) { return !part.counts.is_named(code); });
    };
    for (std::size_t i = 0; i < codes.size(); ++i) {
      Part& part = parts[generate.below(parts.size())];
      if (part.counts.add(codes[i])) part.names.insert(codes[i]);
      if (part.counts.overfull() || i % 997 == 0) keep(part);
    }
    while (parts.size() > 1) {
      Part& into = parts[generate.below(parts.size() - 1)];
      merge_into(into.counts, parts.back().counts);
      into.names.merge(parts.back().names);
      keep(into);
      parts.pop_back();
    }
    REQUIRE_FALSE(parts[0].counts.exact());
    keep(parts[0]);
    CHECK(parts[0].names.size() < ValueCounts::named_share);
    for (const auto& f : parts[0].counts.frequent()) {
      CHECK(parts[0].names.contains(f.code));
    }
  }
}
