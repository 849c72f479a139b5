#include "zeroskew/drift/row_skew.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/errors.hpp"
#include "zeroskew/column/builder.hpp"

using namespace zeroskew;
using zeroskew::test::error_of;

namespace {

const std::monostate missing;
using Rows = std::vector<std::vector<Value>>;

Field field(const char* name, Kind kind) {
  Field made;
  made.name = name;
  made.type.kind = kind;
  return made;
}

Batch table(const Rows& rows, Kind fare = Kind::floating) {
  RowBuilder builder(
      {field("id", Kind::integer), field("fare", fare), field("word", Kind::string)});
  for (const auto& row : rows) builder.append(row);
  return builder.finish();
}

std::vector<Value> row(std::int64_t id, Value fare, Value word) {
  return {id, std::move(fare), std::move(word)};
}

RowSkew skew(const Batch& training, const Batch& serving, RowSkewOptions options = {}) {
  if (options.keys.empty()) options.keys = {"id"};
  return row_skew({&training, 1}, {&serving, 1}, options);
}

}  // namespace

TEST_CASE("rows are joined by key and compared cell by cell", "[drift][row_skew]") {
  const auto training = table({row(1, 2.0, std::string("a")), row(2, 3.0, std::string("b")),
                               row(3, missing, std::string("c")), row(4, 5.0, missing),
                               row(9, 1.0, std::string("z"))});
  const auto serving =
      table({row(4, 5.5, missing), row(3, 4.0, std::string("c")), row(2, 3.0, std::string("B")),
             row(1, missing, std::string("a")), row(7, 0.0, std::string("y"))});
  const auto found = skew(training, serving);
  CHECK(found.joined == 4);
  CHECK(found.training_only == 1);
  CHECK(found.serving_only == 1);
  CHECK(found.skewed());
  const auto& fare = found.feature("fare");
  CHECK(fare.matched == 1);
  CHECK(fare.mismatched == 1);
  CHECK(fare.missing_in_serving == 1);
  CHECK(fare.missing_in_training == 1);
  CHECK(fare.rate() == 0.75);
  CHECK(fare.largest_difference == 0.5);
  CHECK(
      (fare.samples == std::vector<SkewSample>{{"1", "2", ""}, {"3", "", "4"}, {"4", "5", "5.5"}}));
  const auto& word = found.feature("word");
  CHECK(word.matched == 3);  // missing on both sides is a match
  CHECK(word.mismatched == 1);
  CHECK((word.samples == std::vector<SkewSample>{{"2", "b", "B"}}));
}

TEST_CASE("the order of rows and batches leaves no trace", "[drift][row_skew]") {
  Rows rows;
  Rows other;
  for (std::int64_t i = 0; i < 50; ++i) {
    rows.push_back(row(i, static_cast<double>(i % 7), std::string("w")));
    other.push_back(row(i, static_cast<double>(i % 5), std::string("w")));
  }
  const auto whole = skew(table(rows), table(other));
  const std::vector<Batch> parts{table({rows.begin() + 20, rows.end()}),
                                 table({rows.begin(), rows.begin() + 20})};
  const Batch current = table({other.rbegin(), other.rend()});
  RowSkewOptions options;
  options.keys = {"id"};
  CHECK(row_skew(parts, {&current, 1}, options) == whole);
}

TEST_CASE("numbers match within the tolerance, whatever their width", "[drift][row_skew]") {
  const auto training = table({row(1, 100.0, missing), row(2, 0.0, missing)});
  const auto serving = table({row(1, 100.5, missing), row(2, 0.25, missing)});
  RowSkewOptions options;
  CHECK(skew(training, serving, options).feature("fare").mismatched == 2);
  options.absolute = 0.25;
  CHECK(skew(training, serving, options).feature("fare").mismatched == 1);
  options.relative = 0.01;
  CHECK(skew(training, serving, options).feature("fare").mismatched == 0);
  const auto whole =
      table({row(1, std::int64_t{100}, missing), row(2, std::int64_t{0}, missing)}, Kind::integer);
  CHECK(skew(training, whole).feature("fare").matched == 2);
  // Integers that share a double are told apart.
  const std::int64_t large = std::int64_t{1} << 60;
  const auto a = table({row(1, large, missing)}, Kind::integer);
  const auto b = table({row(1, large + 1, missing)}, Kind::integer);
  CHECK(skew(a, b).feature("fare").mismatched == 1);
  // NaN is missing, and infinities equal themselves.
  const double infinity = std::numeric_limits<double>::infinity();
  const auto odd = table({row(1, std::nan(""), missing), row(2, infinity, missing)});
  CHECK(skew(odd, odd).feature("fare").matched == 2);
}

TEST_CASE("keys that name no row are counted, not compared", "[drift][row_skew]") {
  const auto training = table({row(1, 1.0, missing), row(1, 2.0, missing), row(2, 1.0, missing)});
  Rows rows{row(1, 1.0, missing), row(2, 1.0, missing), row(3, 1.0, missing), row(3, 1.0, missing)};
  rows.push_back({missing, 1.0, missing});
  const auto found = skew(training, table(rows));
  CHECK(found.joined == 1);
  CHECK(found.repeated == 2);
  CHECK(found.without_key == 1);
  CHECK_FALSE(found.skewed());
}

TEST_CASE("what cannot be joined or compared says why", "[drift][row_skew]") {
  const auto training = table({row(1, 1.0, std::string("a"))});
  const auto none = table({});
  CHECK(skew(training, none).reason.rfind("cannot compare, because", 0) == 0);
  CHECK_FALSE(skew(training, none).skewed());
  RowBuilder builder({field("id", Kind::integer), field("fare", Kind::string)});
  builder.append(std::vector<Value>{std::int64_t{1}, std::string("1.0")});
  const Batch other = builder.finish();
  const auto found = skew(training, other);
  CHECK(found.feature("fare").reason.find("the type is float in training") != std::string::npos);
  CHECK(found.feature("word").reason == "cannot compare, because serving has no such column");
  RowSkewOptions options;
  CHECK(error_of([&] { (void)row_skew({&training, 1}, {&training, 1}, options); }).id() ==
        "drift.keys");
  options.keys = {"ID"};
  CHECK(error_of([&] { (void)skew(training, training, options); }).id() == "drift.unknown_column");
  options.keys = {"fare"};
  CHECK(error_of([&] { (void)skew(training, training, options); }).id() == "drift.key_type");
  options.keys = {"id"};
  options.absolute = -1.0;
  CHECK(error_of([&] { (void)skew(training, training, options); }).id() == "drift.tolerance");
  CHECK(error_of([&] { (void)skew(training, training).feature("far"); }).id() ==
        "drift.unknown_column");
}
