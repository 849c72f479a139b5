// Composition, fitting from statistics, configuration, files.

#include "zeroskew/transform/pipeline.hpp"

#include "support/catch.hpp"
#include "transform/tables.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/row_keys.hpp"

using namespace transform_test;
using zeroskew::FittedPipeline;
using zeroskew::Pipeline;
using zeroskew::Step;

namespace {

Batch sample(std::size_t rows = 400) {
  return make_table(make_rows(rows, 3, false));
}

template <class F>
std::string error_of(F&& f) {
  try {
    f();
  } catch (const zeroskew::Error& error) {
    return error.what();
  }
  return "";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// More different values than a profile counts one by one.
Batch many_numbers() {
  zeroskew::RowBuilder builder({{"x", type_of(Kind::floating), {}}});
  Random random(5);
  for (int i = 0; i < 80000; ++i) {
    const Value value = random.below(10) == 0 ? Value() : Value(random.uniform() * 100.0);
    builder.append(std::span(&value, 1));
  }
  return builder.finish();
}

}  // namespace

TEST_CASE("a step learns from what the steps before it make", "[transform][pipeline]") {
  const Batch data = sample();
  const Pipeline both({Step("impute", "f", {{"strategy", "median"}}), Step("standardize", "f")});
  const FittedPipeline fitted = both.fit(data);
  const Batch filled = Pipeline({both.steps()[0]}).fit(data).transform(data);
  const FittedPipeline second = Pipeline({Step("standardize", "f")}).fit(filled);
  CHECK(fitted.steps()[1].learned == second.steps()[0].learned);
  CHECK(seen(fitted.transform(data)) == seen(second.transform(filled)));
  // Any chain over columns whose values are all known fits from the profile alone.
  const Pipeline chain({Step("impute", {"f", "i"}), Step("power", "f", {{"lambda", 0.5}}),
                        Step("winsorize", "f"), Step("min_max", {"f", "i"}),
                        Step("gaussian_noise", "f", {{"std", 1.0}}), Step("bucketize", "f"),
                        Step("text_normalize", "s"), Step("rare_label", "s"), Step("one_hot", "s"),
                        Step("date_parts", "t"), Step("one_hot", "t_month")});
  CHECK(chain.fit(zeroskew::profile(data)) == chain.fit(data));
}

TEST_CASE("what a profile cannot tell exactly is asked of the data", "[transform][pipeline]") {
  const Batch data = many_numbers();
  const zeroskew::Profile profile = zeroskew::profile(data);
  const Pipeline filled({Step("impute", "x", {{"strategy", "median"}}), Step("standardize", "x")});
  CHECK(filled.fit(profile) == filled.fit(data));
  const Pipeline bent({Step("power", "x", {{"lambda", 0.5}}), Step("standardize", "x")});
  CHECK(contains(error_of([&] { (void)bent.fit(profile); }), "transform.needs_data"));
  const FittedPipeline fitted = bent.fit(data);
  const Batch halves[2] = {data.slice(0, 30000), data.slice(30000, 50000)};
  CHECK(bent.fit(std::span<const Batch>(halves)) == fitted);
  const Pipeline counted({Step("cast", "x", {{"to", "string"}}),
                          Step("vocabulary", "x", {{"top_k", std::int64_t{3}}})});
  CHECK(contains(error_of([&] { (void)counted.fit(profile); }), "transform.needs_data"));
  CHECK(counted.fit(data) == counted.fit(std::span<const Batch>(halves)));
}

TEST_CASE("augmentation leaves no trace in what is learned, and acts in training only",
          "[transform][pipeline]") {
  const Batch data = sample();
  const Step noise("gaussian_noise", "f", {{"std", 5.0}});
  const FittedPipeline with = Pipeline({noise, Step("standardize", "f")}, 3).fit(data);
  const FittedPipeline without = Pipeline({Step("standardize", "f")}, 3).fit(data);
  CHECK(with.steps()[1].learned == without.steps()[0].learned);
  CHECK(seen(with.transform(data)) == seen(without.transform(data)));
  zeroskew::TransformOptions training;
  training.training = true;
  CHECK(seen(with.transform(data, training)) != seen(without.transform(data)));
  zeroskew::TransformOptions later = training;
  later.epoch = 1;
  CHECK(seen(with.transform(data, training)) != seen(with.transform(data, later)));
  const Step always("gaussian_noise", "f", {{"std", 5.0}, {"always", true}});
  const FittedPipeline on = Pipeline({always, Step("standardize", "f")}, 3).fit(data);
  CHECK(on.steps()[1].learned != with.steps()[1].learned);
  CHECK(seen(on.transform(data)) == seen(on.transform(data, training)));
}

TEST_CASE("draws do not depend on other steps or on how columns share a step",
          "[transform][pipeline]") {
  const Batch data = sample(100);
  zeroskew::TransformOptions training;
  training.training = true;
  const zeroskew::Settings size{{"std", 1.0}};
  const auto made = [&](std::vector<Step> steps) {
    return Pipeline(std::move(steps), 8).fit(data).transform(data, training);
  };
  const Batch together = made({Step("gaussian_noise", {"f", "g"}, size)});
  const Batch apart = made({Step("gaussian_noise", "g", size), Step("gaussian_noise", "f", size)});
  CHECK(seen(together) == seen(apart));
  const Batch more = made(
      {Step("max_abs", "i"), Step("random_shift", "u"), Step("gaussian_noise", {"f", "g"}, size)});
  bool same = true;
  for (std::int64_t i = 0; i < data.rows; ++i) {
    same = same && seen(cell(more.columns[0], i)) == seen(cell(together.columns[0], i));
  }
  CHECK(same);
  // The same step twice draws twice.
  const Batch twice = made({Step("gaussian_noise", "f", size), Step("gaussian_noise", "f", size)});
  CHECK(seen(twice) != seen(together));
}

TEST_CASE("columns keep their places and the others pass through", "[transform][pipeline]") {
  const Batch data = sample(50);
  const FittedPipeline fitted =
      Pipeline({Step("one_hot", "b"), Step("max_abs", "f", {{"output", "f_scaled"}}),
                Step("missing_indicator", "i"), Step("drop", "d"),
                Step("rename", "g", {{"to", "h"}})})
          .fit(data);
  const Batch made = fitted.transform(data);
  CHECK(made.names == std::vector<std::string>{"f", "f_scaled", "h", "i", "i_missing", "u",
                                               "b_false", "b_true", "s", "r", "t", "untouched", "l",
                                               "n"});
  CHECK(made.columns[11].values == data.columns[9].values);
  std::vector<std::string> needed;
  for (const auto& field : fitted.inputs()) needed.push_back(field.name);
  CHECK(needed == std::vector<std::string>{"b", "f", "i", "g"});
  // Serving data without the columns that no step needs, in another order, with a new one.
  Batch served = data;
  std::swap(served.names[0], served.names[1]);
  std::swap(served.columns[0], served.columns[1]);
  served.names[9] = "new";
  served.names.erase(served.names.begin() + 8);
  served.columns.erase(served.columns.begin() + 8);
  const Batch from_served = fitted.transform(served);
  CHECK(from_served.find("new").has_value());
  CHECK(seen(cell(from_served.columns[*from_served.find("f_scaled")], 7)) ==
        seen(cell(made.columns[1], 7)));
}

TEST_CASE("configuration says what is wrong and what would be right", "[transform][pipeline]") {
  CHECK(contains(error_of([] { Step("standardise", "f"); }), "did you mean 'standardize'?"));
  CHECK(contains(error_of([] { Step("clip", "f", {{"uper", 1.0}}); }), "did you mean 'upper'?"));
  CHECK(contains(error_of([] { Step("impute", "f", {{"strategy", "constat"}}); }), "'constant'?"));
  CHECK(contains(error_of([] { Step("mask_to_missing", "f", {{"p", 1.5}}); }), "from 0 to 1"));
  CHECK(contains(error_of([] { Step("gaussian_noise", "f"); }), "must be given"));
  CHECK(contains(error_of([] { Step("gaussian_noise", "f", {{"std", -1.0}}); }), "at least 0"));
  const Batch data = sample(60);
  const auto fit = [&](Step step) { return error_of([&] { (void)Pipeline({step}).fit(data); }); };
  CHECK(contains(fit(Step("standardize", "untuched")), "did you mean 'untouched'?"));
  CHECK(contains(fit(Step("standardize", "s")), "transform.wrong_type"));
  CHECK(contains(fit(Step("rename", "f", {{"to", "g"}})), "transform.name_taken"));
  CHECK(contains(fit(Step("clip", "f", {{"lower", 2.0}, {"upper", 1.0}})), "bad_parameter"));
  CHECK(contains(fit(Step("one_hot", "i", {{"max_categories", std::int64_t{3}}})),
                 "transform.too_many_categories"));
  const auto id = [&](Step step) {
    return error_of([&] { (void)Pipeline({step}).fit(make_table({})); });
  };
  CHECK(contains(id(Step("standardize", "f")), "transform.no_values"));
  CHECK(contains(id(Step("one_hot", "s")), "transform.no_values"));
  const Batch wild = make_table(make_rows(400, 3, true));
  CHECK(contains(error_of([&] { (void)Pipeline({Step("standardize", "f")}).fit(wild); }),
                 "transform.not_finite"));
  const auto strict = Pipeline({Step("one_hot", "s", {{"unknown", "error"}})}).fit(data);
  CHECK(contains(error_of([&] { (void)strict.transform(wild); }), "transform.unknown_value"));
}

TEST_CASE("pipelines are plain JSON", "[transform][pipeline]") {
  const Pipeline written = Pipeline::from_json(R"([
    {"step": "impute", "column": "f", "strategy": "median"},
    {"step": "gaussian_noise", "columns": ["f", "g"], "std": 1}])");
  CHECK(written.steps().size() == 2);
  CHECK(written.steps()[1] == Step("gaussian_noise", {"f", "g"}, {{"std", 1.0}}));
  CHECK(Pipeline::from_json(written.to_json()) == written);
  const Pipeline seeded({Step("clip", "f", {{"lower", 0.1}})}, UINT64_MAX);
  CHECK(Pipeline::from_json(seeded.to_json()) == seeded);
  for (const char* bad :
       {"", "{", "7", "[7]", R"([{"column":"f"}])", R"([{"step":"clip"}])",
        R"({"steps":[],"sead":1})", R"([{"step":"clip","column":7}])",
        R"([{"step":"clip","column":"f","lower":[]}])", R"({"seed":-1,"steps":[]})"}) {
    INFO(bad);
    CHECK(!error_of([&] { (void)Pipeline::from_json(bad); }).empty());
  }
}

TEST_CASE("a damaged file of a fitted pipeline is refused, never trusted",
          "[transform][pipeline]") {
  const Batch data = sample(60);
  const FittedPipeline fitted =
      Pipeline({Step("impute", {"f", "s"}, {{"strategy", "mode"}}), Step("bucketize", "f"),
                Step("one_hot", {"s", "b"}), Step("count_encode", "i"), Step("drop", "g"),
                Step("rename", "r", {{"to", "q"}}), Step("category_resample", "q")})
          .fit(data);
  const std::string text = fitted.to_json();
  Random random(77);
  for (int round = 0; round < 3000; ++round) {
    std::string damaged = text;
    const std::size_t at = random.below(damaged.size());
    switch (random.below(3)) {
      case 0:
        damaged[at] = "0\"x[]{},:"[random.below(9)];
        break;
      case 1:
        damaged.erase(at, random.below(40));
        break;
      default:
        damaged.insert(at, damaged.substr(random.below(damaged.size()), 12));
        break;
    }
    try {
      const FittedPipeline read = FittedPipeline::from_json(damaged);
      (void)read.transform(data);
    } catch (const zeroskew::Error&) {
    }
  }
  CHECK(FittedPipeline::from_json(text) == fitted);
}

TEST_CASE("row keys come from integers and texts", "[transform][pipeline]") {
  const Batch data = make_table(make_rows(40, 3, false));
  CHECK_THROWS_AS(zeroskew::row_keys(data.columns[0]), zeroskew::Error);
  CHECK_THROWS_AS(zeroskew::row_keys(data.columns[2]), zeroskew::Error);  // some are missing
  zeroskew::RowBuilder builder(
      {{"k", type_of(Kind::integer), {}}, {"s", type_of(Kind::string), {}}});
  for (std::int64_t i = 0; i < 5; ++i) {
    const Value row[2] = {i, std::to_string(i)};
    builder.append(row);
  }
  const Batch keys = builder.finish();
  CHECK(zeroskew::row_keys(keys.columns[0]) == std::vector<std::uint64_t>{0, 1, 2, 3, 4});
  CHECK(zeroskew::row_keys(keys.columns[1])[3] == zeroskew::row_key("3"));
}
