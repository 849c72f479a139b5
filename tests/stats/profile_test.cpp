#include "zeroskew/stats/profile.hpp"

#include "support/catch.hpp"
#include "support/generate.hpp"
#include "zeroskew/column/builder.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/kernel/level.hpp"

using namespace zeroskew;
using test::Generator;

namespace {

Type plain(Kind kind) { return {kind, TimeUnit::none, false, 0, {}}; }

using Row = std::vector<Value>;

const std::vector<Field> fields = {{"amount", plain(Kind::floating), {}},
                                   {"count", plain(Kind::integer), {}},
                                   {"name", plain(Kind::string), {}},
                                   {"flag", plain(Kind::boolean), {}}};

std::vector<Row> make_rows(std::uint64_t seed, std::size_t size) {
  Generator generate(seed);
  std::vector<Row> rows;
  for (std::size_t i = 0; i < size; ++i) {
    Row row(4);
    if (generate.below(10) != 0) {
      const auto kind = generate.below(50);
      row[0] = kind == 0   ? std::nan("")
               : kind == 1 ? std::numeric_limits<double>::infinity()
               : kind == 2 ? -0.0
                           : generate.normal();
    }
    if (generate.below(7) != 0) row[1] = static_cast<std::int64_t>(generate.bits()) >> 20;
    if (generate.below(5) != 0) row[2] = generate.word(generate.below(3) == 0 ? 40 : 2);
    if (generate.below(3) != 0) row[3] = generate.below(2) == 0;
    rows.push_back(std::move(row));
  }
  return rows;
}

Batch batch_of(std::span<const Row> rows) {
  RowBuilder builder(fields);
  for (const Row& row : rows) builder.append(row);
  return builder.finish();
}

}  // namespace

TEST_CASE("a profile is a function of the multiset of rows") {
  for (const std::size_t size : {0u, 1u, 10u, 2000u, 100000u}) {
    std::vector<Row> rows = make_rows(size, size);
    const Profile once = profile(batch_of(rows));
    const std::string digest = once.digest();
    Generator generate(size + 1);
    for (int round = 0; round < 3; ++round) {
      generate.shuffle(rows);
      for (const unsigned threads : {1u, 2u, 5u}) {
        ProfileOptions options;
        options.threads = threads;
        REQUIRE(profile(batch_of(rows), options).digest() == digest);
      }
      Profile left;
      Profile right;
      for (std::size_t start = 0; start < rows.size();) {
        const std::size_t end = std::min(rows.size(), start + 1 + generate.below(rows.size()));
        const Batch part = batch_of(std::span(rows).subspan(start, end - start));
        (generate.below(2) == 0 ? left : right).update(part);
        start = end;
      }
      const Profile sum = left + right;
      CHECK((sum.to_bytes() == (right + left).to_bytes()));
      if (size > 0) {
        CHECK(sum == once);
        CHECK(sum.digest() == digest);
      }
    }
    for (const std::string_view level : kernel::levels()) {
      kernel::use_level(level);
      CHECK(profile(batch_of(rows)).digest() == digest);
    }
  }
}

TEST_CASE("bytes make the profile again") {
  for (const std::size_t size : {0u, 5u, 3000u, 90000u}) {
    const std::vector<Row> rows = make_rows(size + 7, size);
    const Profile original = profile(batch_of(rows));
    const auto bytes = original.to_bytes();
    const Profile read = Profile::from_bytes(bytes);
    CHECK(read == original);
    CHECK((read.to_bytes() == bytes));
    CHECK(read.columns() == original.columns());
    for (const std::string& name : original.columns()) {
      CHECK(read.column(name).top(20) == original.column(name).top(20));
    }
  }
}

TEST_CASE("damaged bytes give an error and nothing else") {
  const auto rows = make_rows(11, 300);
  const std::vector<std::uint8_t> bytes = profile(batch_of(rows)).to_bytes();
  Generator generate(12);
  const auto refused = [](std::span<const std::uint8_t> damaged) {
    try {
      (void)Profile::from_bytes(damaged);
      return false;
    } catch (const Error& error) {
      return error.id() == "profile.malformed" || error.id() == "profile.version";
    }
  };
  for (std::size_t length = 0; length < bytes.size(); length += 13) {
    REQUIRE(refused(std::span(bytes).first(length)));
  }
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::uint8_t> damaged = bytes;
    for (std::uint64_t flips = 1 + generate.below(3); flips > 0; --flips) {
      damaged[generate.below(damaged.size())] ^= std::uint8_t(1 + generate.below(255));
    }
    try {
      const Profile read = Profile::from_bytes(damaged);
      CHECK((read.to_bytes() == damaged));  // what is read is what was written
    } catch (const Error& error) {
      CHECK((error.id() == "profile.malformed" || error.id() == "profile.version"));
    }
  }
  CHECK(refused(std::vector<std::uint8_t>(1000000, 0x81)));  // nested a million deep
  CHECK(refused(std::vector<std::uint8_t>{0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}));
}

TEST_CASE("a digest is the same for ever") {
  CHECK(profile(batch_of(make_rows(99, 1000))).digest() ==
        "0cc63fbf8a8b8a793e46381f5f5bce15c7c500baad5738138ade130d137bb78e");
  CHECK(profile(batch_of(make_rows(100, 100000))).digest() ==
        "50ead941c93fc711038c7e1acf0f9b7c39af1e09f55d524ad7aa3664284e6da0");
}

TEST_CASE("a redacted profile keeps its digest and no string") {
  auto rows = make_rows(13, 500);
  rows[0][2] = std::string("very secret");
  const Profile open = profile(batch_of(rows));
  ProfileOptions options;
  options.keep_names = false;
  const Profile hidden = profile(batch_of(rows), options);
  CHECK(hidden.digest() == open.digest());
  const auto bytes = hidden.to_bytes();
  CHECK(std::string(bytes.begin(), bytes.end()).find("secret") == std::string::npos);
  CHECK((Profile::from_bytes(bytes).to_bytes() == bytes));
  CHECK(((hidden + open).to_bytes() == (open + hidden).to_bytes()));
}

TEST_CASE("columns that a piece lacks are missing there") {
  const auto rows = make_rows(14, 50);
  Batch whole = batch_of(rows);
  Batch part = whole;
  part.names.pop_back();
  part.columns.pop_back();
  Profile first = profile(whole);
  first.update(part);
  Profile second = profile(part);
  second.update(whole);
  CHECK(first == second);
  CHECK(first.column("flag").rows() == 100);
  CHECK(first.column("flag").missing() == profile(whole).column("flag").missing() + 50);
}

TEST_CASE("what does not fit is refused, and the profile stays as it was") {
  Profile p = profile(batch_of(make_rows(15, 20)));
  const std::string before = p.digest();
  RowBuilder other({{"amount", plain(Kind::string), {}}});
  other.append(std::vector<Value>{std::string("12")});
  try {
    p.update(other.finish());
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.id() == "column.type_changed");
    CHECK(error.where() == "amount");
  }
  CHECK(p.digest() == before);
  try {
    (void)p.column("amuont");
    FAIL("found");
  } catch (const Error& error) {
    CHECK(error.id() == "profile.unknown_column");
    CHECK(std::string(error.what()).find("did you mean 'amount'") != std::string::npos);
  }
}
