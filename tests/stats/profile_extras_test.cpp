// Weights, slices and pairs: laws, and answers worked out by hand.

#include <map>

#include "support/errors.hpp"
#include "support/generate.hpp"
#include "zeroskew/column/builder.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/stats/profile.hpp"

using namespace zeroskew;
using test::Generator;
using test::id_of;

namespace {

Type plain(Kind kind) {
  return {kind, TimeUnit::none, false, 0, {}};
}

using Row = std::vector<Value>;

const std::vector<Field> fields = {{"w", plain(Kind::floating), {}},
                                   {"x", plain(Kind::floating), {}},
                                   {"n", plain(Kind::integer), {}},
                                   {"s", plain(Kind::string), {}},
                                   {"b", plain(Kind::boolean), {}}};

std::vector<Row> make_rows(std::uint64_t seed, std::size_t size, bool many = false) {
  Generator generate(seed);
  std::vector<Row> rows;
  for (std::size_t i = 0; i < size; ++i) {
    Row row(5);
    const double unit = generate.below(9) == 0 ? 1e200 : 1.0;
    row[0] = generate.below(5) == 0 ? 0.0 : generate.uniform() * unit;
    if (generate.below(8) != 0) {
      const auto kind = generate.below(40);
      row[1] = kind == 0   ? std::nan("")
               : kind == 1 ? -std::numeric_limits<double>::infinity()
               : kind == 2 ? generate.any_double()
                           : generate.normal();
    }
    if (generate.below(7) != 0) {
      row[2] = static_cast<std::int64_t>(generate.bits()) >> (many ? 10 : 58);
    }
    if (generate.below(6) != 0) row[3] = generate.word(1);
    if (generate.below(4) != 0) row[4] = generate.below(2) == 0;
    rows.push_back(std::move(row));
  }
  return rows;
}

Batch batch_of(std::span<const Row> rows) {
  RowBuilder builder(fields);
  for (const Row& row : rows) builder.append(row);
  return builder.finish();
}

ProfileOptions everything() {
  ProfileOptions options;
  options.weight = "w";
  options.all_pairs = true;
  options.slices = {
      {{{"s", {}}}}, {{{"n", {}}, {"b", {}}}}, {{{"s", {std::string("a")}}, {"b", {}}}}};
  return options;
}

}  // namespace

TEST_CASE("weights, slices and pairs are functions of the multiset of rows") {
  for (const std::size_t size : {0u, 1u, 7u, 300u, 5000u}) {
    std::vector<Row> rows = make_rows(size, size);
    ProfileOptions options = everything();
    const Profile once = profile(batch_of(rows), options);
    Generator generate(size + 1);
    for (int round = 0; round < 3; ++round) {
      generate.shuffle(rows);
      options.threads = round == 0 ? 1 : 3;
      Profile left;
      Profile right;
      for (std::size_t start = 0; start < rows.size();) {
        const std::size_t end = std::min(rows.size(), start + 1 + generate.below(rows.size()));
        const Batch part = batch_of(std::span(rows).subspan(start, end - start));
        (generate.below(2) == 0 ? left : right).update(part, options);
        start = end;
      }
      const Profile sum = left + right;
      CHECK((sum.to_bytes() == (right + left).to_bytes()));
      if (size > 0) {
        CHECK(sum == once);
        CHECK(sum.digest() == once.digest());
        CHECK((sum.to_bytes() == once.to_bytes()));
      }
    }
    const Profile read = Profile::from_bytes(once.to_bytes());
    CHECK(read == once);
    CHECK(read.digest() == once.digest());
  }
}

TEST_CASE("a digest of weights, slices and pairs is the same for ever") {
  CHECK(profile(batch_of(make_rows(99, 1000)), everything()).digest() ==
        "3e474a56543623a7b408a639863b88add3feb896857e75b055f346875daf8425");
  ProfileOptions options;
  options.weight = "w";
  options.pairs = {{"x", "n"}};
  CHECK(profile(batch_of(make_rows(100, 80000)), options).digest() ==
        "9d1d6dd363c1c2f50565101a9ad5fc1633768d59c5dde29f5869621c786cf97f");
}

TEST_CASE("past the limit of exact values weights stay order-free") {
  std::vector<Row> rows = make_rows(3, 90000, true);
  ProfileOptions options;
  options.weight = "w";
  const Profile once = profile(batch_of(rows), options);
  Profile left = profile(batch_of(std::span(rows).first(69000)), options);
  Profile right = profile(batch_of(std::span(rows).subspan(69000)), options);
  CHECK((left + right).digest() == once.digest());
  CHECK((right + left).digest() == once.digest());
  CHECK(Profile::from_bytes(once.to_bytes()) == once);
  const WeightedStats& n = *once.weighted("n");
  CHECK(!n.values().exact());
  // Bounds hold the exact weighted quantile.
  std::vector<std::pair<std::int64_t, double>> sorted;
  ExactSum total;
  for (const Row& row : rows) {
    if (row[2].index() == 0) continue;
    sorted.emplace_back(std::get<std::int64_t>(row[2]), std::get<double>(row[0]));
    total.add(sorted.back().second);
  }
  std::sort(sorted.begin(), sorted.end());
  for (const double q : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    ExactSum cumulative;
    double exact = 0.0;
    for (const auto& [value, weight] : sorted) {
      cumulative.add(weight);
      exact = static_cast<double>(value);
      if (weight > 0.0 && cumulative.value() >= q * total.value()) break;
    }
    const Bounds bounds = n.quantile_bounds(q);
    CHECK(bounds.lo <= exact);
    CHECK(exact <= bounds.hi);
  }
}

TEST_CASE("a row of weight k is k rows") {
  std::vector<Row> weighted = make_rows(5, 400);
  std::vector<Row> repeated;
  Generator generate(6);
  for (Row& row : weighted) {
    const std::uint64_t times = generate.below(4);
    row[0] = static_cast<double>(times);
    repeated.insert(repeated.end(), times, row);
  }
  ProfileOptions options;
  options.weight = "w";
  const Profile one = profile(batch_of(weighted), options);
  const Profile many = profile(batch_of(repeated));
  CHECK(*one.weighted_rows() == static_cast<double>(repeated.size()));
  for (const std::string& name : one.columns()) {
    const WeightedStats& mine = *one.weighted(name);
    const ColumnProfile& theirs = many.column(name);
    CHECK(mine.count() == static_cast<double>(theirs.count()));
    CHECK(mine.missing() == static_cast<double>(theirs.missing()));
    if (theirs.numbers() == nullptr || name == "x") continue;
    CHECK(mine.sum() == theirs.sum());
    CHECK(mine.mean() == theirs.mean());
    CHECK(mine.variance() == theirs.variance());
    CHECK(mine.std() == theirs.std());
  }
  CHECK(id_of([&] { (void)one.weighted("y"); }) == "profile.unknown_column");
  CHECK(one.columns() == std::vector<std::string>{"x", "n", "s", "b"});
}

TEST_CASE("a slice is the profile of its rows") {
  const std::vector<Row> rows = make_rows(8, 3000);
  ProfileOptions options;
  options.slices = {{{{"s", {}}}}, {{{"s", {}}, {"b", {}}}}};
  const Profile whole = profile(batch_of(rows), options);
  std::map<std::string, std::vector<Row>> parts;
  for (const Row& row : rows) {
    if (row[3].index() == 0) continue;
    const std::string name = "s_" + std::get<std::string>(row[3]);
    parts[name].push_back(row);
    if (row[4].index() != 0) parts["b_" + to_string(row[4]) + "_" + name].push_back(row);
  }
  const auto slices = whole.slices();
  CHECK(slices.size() == parts.size());
  for (const auto& [name, part] : parts) {
    REQUIRE(slices.count(name) == 1);
    CHECK((slices.at(name)->to_bytes() == profile(batch_of(part)).to_bytes()));
  }
}

TEST_CASE("slices by given values, hidden names, and too many") {
  const std::vector<Row> rows = make_rows(9, 500);
  ProfileOptions options;
  options.slices = {{{{"n", {std::int64_t{3}, 5.0, std::int64_t{1000000}}}}}};
  std::vector<std::string> names;
  for (const auto& [name, slice] : profile(batch_of(rows), options).slices()) names.push_back(name);
  CHECK(names == std::vector<std::string>{"n_3", "n_5"});

  options.slices = {{{{"s", {}}}}};
  const Profile open = profile(batch_of(rows), options);
  options.keep_names = false;
  const Profile hidden = profile(batch_of(rows), options);
  CHECK(hidden.digest() == open.digest());
  for (const auto& [name, slice] : hidden.slices()) CHECK(name.substr(0, 3) == "s_#");
  Profile redacted = open;
  redacted.redact();
  CHECK((redacted.to_bytes() == hidden.to_bytes()));
  CHECK(((open + hidden).to_bytes() == (hidden + open).to_bytes()));
  CHECK(Profile::from_bytes(hidden.to_bytes()) == hidden);

  options.max_slices = 3;
  CHECK(id_of([&] { (void)profile(batch_of(rows), options); }) == "stats.slices_too_many");
  options.slices = {{{{"nothing", {}}}}};
  CHECK(id_of([&] { (void)profile(batch_of(rows), options); }) == "column.unknown");
  options.slices = {{{{"s", {}}, {"s", {}}}}};
  CHECK(id_of([&] { (void)profile(batch_of(rows), options); }) == "stats.bad_slicing");
}

TEST_CASE("what was asked for first is kept") {
  const Batch rows = batch_of(make_rows(10, 20));
  ProfileOptions options = everything();
  Profile p = profile(rows, options);
  const std::string before = p.digest();
  CHECK(id_of([&] { p.update(rows); }) == "profile.request_changed");
  CHECK(id_of([&] { p += profile(rows); }) == "profile.request_changed");
  CHECK(p.digest() == before);
  CHECK((Profile() + p) == p);
  CHECK((p + Profile()) == p);
  for (const double bad : {-1.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
    auto damaged = make_rows(11, 5);
    damaged[3][0] = bad;
    CHECK(id_of([&] { p.update(batch_of(damaged), options); }) == "stats.bad_weight");
  }
  auto lacking = make_rows(11, 5);
  lacking[2][0] = Value{};
  try {
    p.update(batch_of(lacking), options);
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.where() == "w");
    CHECK(std::string(error.what()).find("row 22") != std::string::npos);
  }
  CHECK(p.digest() == before);
}

TEST_CASE("pairs of a name and a number are order-free past the limits") {
  std::vector<Row> rows = make_rows(31, 30000, true);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i][2] = static_cast<std::int64_t>(i * i);  // whole numbers that differ
  }
  std::vector<Row> twice;  // more combinations than are counted one by one
  for (int round = 0; round < 3; ++round) {
    for (Row row : rows) {
      row[2] = std::get<std::int64_t>(row[2]) + round;
      twice.push_back(std::move(row));
    }
  }
  ProfileOptions options;
  options.pairs = {{"x", "s"}, {"n", "s"}, {"n", "b"}};
  const Profile once = profile(batch_of(twice), options);
  Generator(32).shuffle(twice);
  for (const std::size_t cut : {100u, 70000u}) {
    const Profile left = profile(batch_of(std::span(twice).first(cut)), options);
    const Profile right = profile(batch_of(std::span(twice).subspan(cut)), options);
    CHECK(left + right == once);
    CHECK((right + left).digest() == once.digest());
    CHECK((Profile::from_bytes(left.to_bytes()) + right).digest() == once.digest());
  }
  const JointCounts joint = once.pair("n", "s").joint();
  CHECK_FALSE(joint.exact());
  CHECK(joint.shift() > 0);
  CHECK(joint.numbers() == JointCounts::Numbers::first);
  std::uint64_t total = 0;
  for (const auto& [codes, count] : joint.sorted()) total += count;
  CHECK(total == once.pair("n", "s").count());
  CHECK(joint.sorted().size() <= JointCounts::capacity);
  CHECK(std::isnan(once.pair("n", "s").cramers_v()));
}

TEST_CASE("names past the capacity leave nothing of a pair with a number") {
  using Numbers = JointCounts::Numbers;
  JointCounts counts(Numbers::second, KeyKind::floating);
  for (std::uint64_t name = 0; name <= JointCounts::capacity; ++name) {
    counts.add({name, order_key(1.0)});
  }
  CHECK(counts.lost());
  CHECK(counts == JointCounts::overfull());
  JointCounts few(Numbers::second, KeyKind::floating);
  few.add({1, order_key(1.0)});
  few += counts;
  CHECK(few.lost());
}

TEST_CASE("pairs by hand") {
  RowBuilder builder({{"a", plain(Kind::floating), {}},
                      {"b", plain(Kind::integer), {}},
                      {"c", plain(Kind::string), {}},
                      {"d", plain(Kind::boolean), {}}});
  const auto add = [&](Value a, Value b, const char* c, bool d) {
    builder.append(std::vector<Value>{std::move(a), std::move(b), std::string(c), d});
  };
  add(1.0, std::int64_t{2}, "x", true);
  add(2.0, std::int64_t{4}, "x", true);
  add(3.0, std::int64_t{6}, "y", false);
  add(std::nan(""), std::int64_t{9}, "y", false);
  add(Value{}, std::int64_t{7}, "x", true);
  ProfileOptions options;
  options.all_pairs = true;
  const Profile p = profile(builder.finish(), options);
  const PairStats ab = p.pair("b", "a");
  CHECK(ab.count() == 4);
  CHECK(ab.finite() == 3);
  CHECK(ab.covariance() == 4.0 / 3.0);
  CHECK(ab.pearson() == 1.0);
  CHECK(std::isnan(ab.cramers_v()));
  const PairStats cd = p.pair("c", "d");
  CHECK(cd.count() == 5);
  CHECK(cd.cramers_v() == Approx(1.0).epsilon(1e-15));
  CHECK(cd.mutual_information() == Approx(0.6730116670092565).epsilon(1e-15));
  CHECK(std::isnan(cd.pearson()));
  CHECK(id_of([&] { (void)p.pair("a", "z"); }) == "profile.unknown_pair");
  CHECK(id_of([&] { (void)p.pair("a", "a"); }) == "profile.unknown_pair");
}

TEST_CASE("damaged bytes of weights, slices and pairs give an error and nothing else") {
  const auto bytes = profile(batch_of(make_rows(12, 30)), everything()).to_bytes();
  Generator generate(13);
  for (int round = 0; round < 1500; ++round) {
    std::vector<std::uint8_t> damaged = bytes;
    for (std::uint64_t flips = 1 + generate.below(3); flips > 0; --flips) {
      damaged[generate.below(damaged.size())] ^= std::uint8_t(1 + generate.below(255));
    }
    try {
      const Profile read = Profile::from_bytes(damaged);
      CHECK((read.to_bytes() == damaged));
    } catch (const Error& error) {
      CHECK((error.id() == "profile.malformed" || error.id() == "profile.version"));
    }
  }
}
