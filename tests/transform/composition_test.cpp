#include "zeroskew/transform/composition.hpp"

#include <cmath>
#include <map>

#include "support/errors.hpp"
#include "transform/tables.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/pipeline.hpp"
#include "zeroskew/transform/plan.hpp"

using namespace transform_test;
using zeroskew::CompositionOptions;
using zeroskew::FittedPipeline;
using zeroskew::Pipeline;
using zeroskew::Stage;
using zeroskew::Step;
using zeroskew::TransformOptions;
using zeroskew::test::id_of;

namespace {

bool is_nan(const Value& value) {
  const auto* x = std::get_if<double>(&value);
  return x != nullptr && *x != *x;
}

Step shift(const char* column, double by) {
  return Step("random_shift", column, {{"low", by}, {"high", by}});
}

const Batch& table() {
  static const Batch all = make_table(make_rows(4000, 5, false));
  return all;
}

// How far each row of column g was moved, as a whole number; missing and NaN left out.
std::map<long, int> moves(const Pipeline& pipeline) {
  const FittedPipeline fitted = pipeline.fit(table());
  TransformOptions options;
  options.training = true;
  const Batch made = fitted.transform(table(), options);
  const auto column = *made.find("g");
  std::map<long, int> counts;
  for (std::int64_t i = 0; i < made.rows; ++i) {
    const Value before = cell(table().columns[column], i);
    if (before.index() == 0) continue;
    const double x = std::get<double>(before);
    if (x != x) continue;
    ++counts[std::lround(std::get<double>(cell(made.columns[column], i)) - x)];
  }
  return counts;
}

}  // namespace

TEST_CASE("one of several acts on each row, as often as its weight says", "[transform]") {
  const auto even = moves(Pipeline::of({Stage::one_of({shift("g", 1), shift("g", 10)})}, 3));
  CHECK(even.size() == 2);
  CHECK(std::abs(even.at(1) - even.at(10)) < 250);  // four standard deviations
  CompositionOptions options;
  options.weights = {3.0, 1.0, 0.0};
  options.p = 0.5;
  const auto weighted = moves(
      Pipeline::of({Stage::one_of({shift("g", 1), shift("g", 10), shift("g", 100)}, options)}, 3));
  CHECK(weighted.count(100) == 0);
  const double total = weighted.at(0) + weighted.at(1) + weighted.at(10);
  CHECK(weighted.at(0) / total == Approx(0.5).margin(0.04));
  CHECK(weighted.at(1) / total == Approx(0.375).margin(0.04));
}

TEST_CASE("some of several act, each equally often", "[transform]") {
  CompositionOptions two;
  two.least = two.most = 2;
  const auto pairs = moves(Pipeline::of(
      {Stage::some_of({shift("g", 1), shift("g", 10), shift("g", 100), shift("g", 1000)}, two)}));
  CHECK(pairs.size() == 6);
  for (const auto& [move, count] : pairs) {
    int digits = 0;
    for (long rest = move; rest > 0; rest /= 10) digits += static_cast<int>(rest % 10);
    CHECK(digits == 2);
    CHECK(std::abs(count - 3150 / 6) < 100);
  }
  CompositionOptions any;
  any.least = 1;
  any.most = 2;
  const auto some = moves(Pipeline::of({Stage::some_of({shift("g", 1), shift("g", 10)}, any)}));
  CHECK(some.size() == 3);
}

TEST_CASE("compositions nest, and members act together", "[transform]") {
  const Stage both = Stage::sequence({shift("g", 1), shift("g", 10)});
  CompositionOptions half;
  half.p = 0.5;
  const Stage maybe = Stage::sequence({both, Stage::one_of({shift("g", 100), both})}, half);
  const auto counts = moves(Pipeline::of({maybe}, 9));
  CHECK(counts.size() == 3);
  CHECK((counts.count(0) == 1 && counts.count(111) == 1 && counts.count(22) == 1));
}

TEST_CASE("a formula says where a step acts", "[transform]") {
  CompositionOptions when;
  when.when = "s == 'cash' and i > 0";
  const Pipeline pipeline = Pipeline::of(
      {Stage::sequence({Step("standardize", "f", {{"when", "b"}}), shift("g", 10)}, when)}, 1);
  const FittedPipeline fitted = pipeline.fit(table());
  TransformOptions options;
  options.training = true;
  const Batch made = fitted.transform(table(), options);
  const auto at = [&](const char* name, std::int64_t i) {
    return cell(table().columns[*table().find(name)], i);
  };
  // What it learned is what those rows teach.
  double sum = 0.0;
  int count = 0;
  for (std::int64_t i = 0; i < made.rows; ++i) {
    const Value i_cell = at("i", i);
    const bool holds = at("s", i) == Value(std::string("cash")) && i_cell.index() != 0 &&
                       std::get<std::int64_t>(i_cell) > 0;
    const Value before = at("f", i);
    const bool acts = holds && at("b", i) == Value(true);
    if (acts && before.index() != 0 && std::get<double>(before) == std::get<double>(before)) {
      sum += std::get<double>(before);
      ++count;
    }
    if (!acts && !is_nan(before)) {
      CHECK(seen(cell(made.columns[*made.find("f")], i)) == seen(before));
    }
    const Value g = at("g", i);
    if (g.index() == 0) continue;
    const double move =
        std::get<double>(cell(made.columns[*made.find("g")], i)) - std::get<double>(g);
    if (move == move) CHECK(std::lround(move) == (holds ? 10 : 0));
  }
  REQUIRE(count > 100);
  CHECK(std::get<double>(fitted.steps()[0].learned.at("mean")) == Approx(sum / count));
}

TEST_CASE("compositions give the same bits by row, by chunk and after saving", "[transform]") {
  CompositionOptions options;
  options.p = 0.8;
  options.when = "u < 6";
  const Pipeline pipeline = Pipeline::of(
      {Stage::one_of(
           {Step("gaussian_noise", {"f", "g"}, {{"std", std::vector<double>{0.1, 2.0}}}),
            Stage::some_of({Step("mask_to_missing", "s", {{"when", "b"}}), shift("i", 2)})},
           options),
       Step("standardize", "i", {{"by", "r"}}), Step("impute", "f", {{"by", "b"}})},
      77);
  CHECK(Pipeline::from_json(pipeline.to_json()) == pipeline);
  const FittedPipeline fitted = pipeline.fit(table());
  const FittedPipeline again = FittedPipeline::from_json(fitted.to_json());
  CHECK(again == fitted);
  CHECK(again.to_json() == fitted.to_json());
  const auto rows = make_rows(1500, 8, true);
  const Batch data = make_table(rows);
  TransformOptions training;
  training.training = true;
  const auto expected = seen(fitted.transform(data, training));
  CHECK(seen(again.transform(data, training)) == expected);
  training.threads = 3;
  CHECK(seen(fitted.transform(data, training)) == expected);
  training.first_key = 700;
  const auto part = seen(fitted.transform(data.slice(700, 77), training));
  CHECK(std::equal(part.begin(), part.end(), expected.begin() + 700));
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    wrong += seen(fitted.transform_row(named(rows[i]), i, 0, true)) != expected[i];
  }
  CHECK(wrong == 0);
}

TEST_CASE("what a row drew can be seen again", "[transform]") {
  const Pipeline pipeline = Pipeline::of(
      {Stage::one_of({Step("gaussian_noise", "g", {{"std", std::vector<double>{0.5, 1.5}}}),
                      Step("random_scale", "g")})},
      5);
  const FittedPipeline fitted = pipeline.fit(table());
  const auto rows = make_rows(200, 5, false);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i][1].index() == 0 || is_nan(rows[i][1])) continue;
    const double before = std::get<double>(rows[i][1]);
    const auto draws = fitted.replay(named(rows[i]), i, 2);
    REQUIRE(draws.size() == 2);
    CHECK(draws[0].acted != draws[1].acted);
    const auto after = fitted.transform_row(named(rows[i]), i, 2, true);
    double expected = before;
    if (draws[0].acted) {
      REQUIRE(draws[0].values.size() == 2);
      CHECK((draws[0].values[0].second >= 0.5 && draws[0].values[0].second < 1.5));
      expected = before + draws[0].values[0].second * draws[0].values[1].second;
    } else {
      expected = before * (0.9 + (1.1 - 0.9) * draws[1].values[0].second);
    }
    CHECK(seen(after[1].second) == seen(Value(expected)));
  }
}

TEST_CASE("each group learns for itself", "[transform]") {
  const FittedPipeline fitted = Pipeline({Step("standardize", "f", {{"by", "r"}})}).fit(table());
  const auto rows = make_rows(4000, 5, false);
  for (const char* group : {"r0", "r1", "r2"}) {
    std::vector<std::vector<Value>> own;
    for (const auto& row : rows) {
      if (row[6] == Value(std::string(group))) own.push_back(row);
    }
    const FittedPipeline alone = Pipeline({Step("standardize", "f")}).fit(make_table(own));
    CHECK(seen(fitted.transform(make_table(own))) == seen(alone.transform(make_table(own))));
  }
  // Values that are new, and missing ones, take what all rows teach.
  auto others = make_rows(300, 6, true);
  for (std::size_t i = 0; i < others.size(); ++i)
    others[i][6] = i % 2 == 0 ? Value() : Value(std::string("r9"));
  const FittedPipeline all = Pipeline({Step("standardize", "f")}).fit(table());
  CHECK(seen(fitted.transform(make_table(others))) == seen(all.transform(make_table(others))));
}

TEST_CASE("compositions that make no sense are refused", "[transform]") {
  const auto refused = [](auto&& act) { return id_of(act) == "transform.composition"; };
  CHECK(refused([] { (void)Stage::one_of({}); }));
  CHECK(refused([] { (void)Stage::one_of({Step("standardize", "f"), Step("max_abs", "f")}); }));
  CHECK(refused([] {
    CompositionOptions options;
    options.p = 0.5;
    (void)Stage::sequence({Step("standardize", "f")}, options);
  }));
  CHECK(refused([] {
    CompositionOptions options;
    options.weights = {1.0};
    (void)Stage::one_of({shift("f", 1), shift("f", 2)}, options);
  }));
  CHECK(refused([] {
    CompositionOptions options;
    options.least = options.most = 3;
    (void)Stage::some_of({shift("f", 1), shift("f", 2)}, options);
  }));
  CHECK(refused([] {
    CompositionOptions options;
    options.when = "b";
    (void)Stage::sequence({Step("one_hot", "s")}, options);
  }));
  CHECK(
      id_of([] {
        (void)Pipeline({Step("clip", "f", {{"lower", 0.0}, {"when", "nothing > 1"}})}).fit(table());
      }) == "transform.unknown_column");
  CHECK(id_of([] {
          (void)Pipeline({Step("clip", "f", {{"lower", 0.0}, {"when", "i + 1"}})}).fit(table());
        }) == "transform.formula");
  CHECK(id_of([] {
          (void)Pipeline::from_json(R"([{"one_of":[{"step":"clip","column":"f"}],"q":1}])");
        }) == "transform.unknown_parameter");
  CHECK(id_of([] {
          (void)Pipeline({Step("standardize", "f", {{"by", "r"}})}).fit(zeroskew::profile(table()));
        }) == "transform.needs_data");
}
