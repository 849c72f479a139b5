#include "zeroskew/drift/compare.hpp"

#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/errors.hpp"
#include "zeroskew/column/builder.hpp"
#include "zeroskew/random/stream.hpp"
#include "zeroskew/stats/profile.hpp"

using namespace zeroskew;
using zeroskew::test::error_of;

namespace {

Field field(const std::string& name, Kind kind) {
  Field made;
  made.name = name;
  made.type.kind = kind;
  return made;
}

// Twenty columns: continuous, rounded, whole numbers of few values and names, by turns.
Profile wide(std::uint64_t seed, std::int64_t rows, double shift = 0.0) {
  std::vector<Field> fields;
  for (int c = 0; c < 20; ++c) {
    fields.push_back(field("c" + std::to_string(c), c % 4 == 3 ? Kind::string : Kind::floating));
  }
  RowBuilder builder(fields);
  for (std::int64_t i = 0; i < rows; ++i) {
    std::vector<Value> row;
    for (std::uint64_t c = 0; c < 20; ++c) {
      const Stream stream({.seed = seed, .row = static_cast<std::uint64_t>(i), .column = c});
      const double x = stream.normal(0) + (c < 4 ? shift : 0.0);
      if (c % 4 == 0) row.emplace_back(x);
      if (c % 4 == 1) row.emplace_back(static_cast<double>(static_cast<int>(20.0 * x)) / 20.0);
      if (c % 4 == 2) row.emplace_back(static_cast<double>(static_cast<int>(x)));
      if (c % 4 == 3) row.emplace_back(std::string(x > 0.0 ? "up" : "down"));
    }
    builder.append(row);
  }
  return profile(builder.finish());
}

std::string shown(const Drift& drift) {
  std::string text;
  for (const ColumnDrift& column : drift.columns) {
    text += column.name + " " + column.verdict + " " + column.reason + " " +
            std::to_string(column.effect) + " " + std::to_string(column.pvalue.value_or(-1.0));
    for (const MeasureResult& test : column.tests) text += " " + test.name + test.definition;
    text += "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("a comparison does not depend on the number of threads", "[drift][compare]") {
  const Profile before = wide(1, 400);
  const Profile after = wide(2, 300, 0.5);
  CompareOptions options;
  options.threads = 1;
  const Drift once = compare(before, after, options);
  CHECK(once.drifted);
  for (int c = 0; c < 4; ++c) CHECK(once.columns[static_cast<std::size_t>(c)].drifted);
  CHECK(once.column("c0").tests[0].name == "ks");
  CHECK(once.column("c1").tests[0].name == "anderson");
  CHECK(once.column("c2").tests[0].name == "chi2");
  CHECK(once.column("c3").tests[0].name == "chi2");
  options.threads = 5;
  CHECK(shown(compare(before, after, options)) == shown(once));
}

TEST_CASE("details are the same whenever they are asked for", "[drift][compare]") {
  const Profile before = wide(3, 200);
  const Profile after = wide(4, 200, 1.0);
  const Drift full = compare(before, after);
  CompareOptions options;
  options.details = false;
  const Drift quick = compare(before, after, options);
  CHECK(shown(quick) == shown(full));
  CHECK(quick.columns[0].details.distances.empty());
  for (const ColumnDrift& column : full.columns) {
    const auto later = compare_details(before.column(column.name), after.column(column.name));
    CHECK((later.distances == column.details.distances));
    CHECK((later.contributors == column.details.contributors));
    CHECK_FALSE(later.distances.empty());
  }
}

TEST_CASE("profiles and their distributions compare alike", "[drift][compare]") {
  const Profile before = wide(5, 300);
  const Profile after = wide(6, 300, 0.3);
  const auto columns_of = [](const Profile& side) {
    std::vector<ColumnDistribution> columns;
    for (const std::string& name : side.columns()) {
      const ColumnProfile& column = side.column(name);
      columns.push_back({name, to_string(column.type()), is_numeric(column.type().kind), true,
                         Distribution::of_profile(column)});
    }
    return columns;
  };
  CHECK(shown(compare(columns_of(before), columns_of(after))) == shown(compare(before, after)));
}

TEST_CASE("columns that cannot be compared say why", "[drift][compare]") {
  RowBuilder one({field("x", Kind::floating), field("only", Kind::floating)});
  one.append(std::vector<Value>{1.0, 2.0});
  RowBuilder two({field("x", Kind::string), field("other", Kind::floating)});
  two.append(std::vector<Value>{std::string("a"), 2.0});
  const Profile before = profile(one.finish());
  const Profile after = profile(two.finish());
  const Drift drift = compare(before, after);
  CHECK(drift.columns.size() == 3);
  for (const ColumnDrift& column : drift.columns) {
    CHECK(column.verdict == "cannot compare");
    CHECK(column.reason.rfind("cannot compare, because", 0) == 0);
    CHECK_FALSE(column.pvalue);
    CHECK_FALSE(column.drifted);
  }
  CHECK_FALSE(drift.drifted);
  CHECK(error_of([&] { (void)drift.column("y"); }).id() == "drift.unknown_column");
  CompareOptions options;
  options.rules["z"] = {};
  CHECK(error_of([&] { (void)compare(before, after, options); }).id() == "drift.bad_rule");
}
