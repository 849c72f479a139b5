// A walk over the registry: what holds for every step, whatever it does.

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>

#include "support/catch.hpp"
#include "transform/allocations.hpp"
#include "transform/tables.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/pipeline.hpp"
#include "zeroskew/transform/plan.hpp"

using namespace transform_test;
using zeroskew::FittedPipeline;
using zeroskew::is_set;
using zeroskew::Pipeline;
using zeroskew::Setting;
using zeroskew::Step;
using zeroskew::StepInfo;
using zeroskew::StepRole;
using zeroskew::TransformOptions;
using Texts = std::vector<std::string>;

namespace {

constexpr std::int64_t one = 1;

void add_learned(const std::function<void(Step)>& add) {
  add(Step("target_encode", {"s", "i", "b"}, {{"target", "g"}}));
  add(Step("target_encode", "s",
           {{"target", "f"}, {"smoothing", 3.0}, {"folds", std::int64_t{3}}}));
  add(Step("target_encode", "s", {{"target", "f"}, {"by", "r"}, {"when", "i > 0"}}));
  add(Step("woe_encode", {"s", "i"}, {{"target", "b"}}));
  add(Step("vocabulary", {"s", "i"}, {{"labels", "b"}, {"top_k", std::int64_t{3}}}));
  for (const char* name : {"bag_of_words", "tfidf"}) {
    add(Step(name, {"s", "r"}));
    add(Step(name, "s",
             {{"ngram_high", std::int64_t{2}}, {"max_features", std::int64_t{4}}, {"keep", true}}));
    add(Step(
        name, "s",
        {{"analyzer", "char"}, {"ngram_low", std::int64_t{2}}, {"ngram_high", std::int64_t{3}}}));
  }
  add(Step("bag_of_words", "s", {{"binary", true}, {"min_documents", std::int64_t{2}}}));
  add(Step("tfidf", "s", {{"norm", "l1"}, {"sublinear", true}}));
  add(Step("ngrams", {"s", "r"}, {{"min_length", one}}));
  add(Step("ngrams", "s", {{"analyzer", "char"}, {"separator", "|"}, {"lowercase", false}}));
  add(Step("pca", {"f", "g", "i"}));
  add(Step("pca", {"f", "i"}, {{"components", one}, {"whiten", true}, {"name", "p"}}));
  add(Step("select_features", {"f", "g", "i", "b"}));
  add(Step("select_features", {"f", "i", "u"}, {{"method", "correlation"}, {"threshold", 0.01}}));
  add(Step("select_features", {"f", "i"}, {{"method", "psi"}, {"reference", "b"}}));
  add(Step("expression", {"f", "g"}, {{"formula", "f * 2 - g / 3"}, {"name", "made"}}));
  add(Step("expression", {"f", "i"}, {{"formula", "max(f, i)"}, {"name", "f"}}));
  add(Step("expression", {"s", "b"}, {{"formula", "if(b, s, 'none')"}, {"name", "made"}}));
  add(Step("expression", {"i", "u"}, {{"formula", "i < u"}, {"name", "made"}}));
}

void add_augmenting(const std::function<void(Step)>& add) {
  add(Step("ordered_jitter", "t", {{"seconds", 3600.0}, {"p", 0.5}}));
  add(Step("salt_noise", {"f", "i"}, {{"p", 0.3}}));
  add(Step("correlated_noise", {"f", "g", "i"}));
  add(Step("correlated_noise", {"f", "i"},
           {{"scale", std::vector<double>{0.0, 1.0}}, {"p", 0.5}, {"when", "b"}}));
  add(Step("mixup", {"f", "g", "i"}));
  add(Step("mixup", {"f", "i"}, {{"share", 0.5}, {"bank", std::int64_t{7}}, {"always", true}}));
  for (const char* name : {"series_jitter", "series_scale", "series_drift", "series_warp",
                           "series_crop", "series_dropout"}) {
    add(Step(name, {"f", "g", "i", "u"}, {{"p", 0.7}}));
  }
  add(Step("series_dropout", {"f", "g", "i"}, {{"share", 0.4}, {"fill", "previous"}}));
  add(Step("series_drift", {"f", "g", "i"}, {{"points", one}}));
  for (const char* name : {"history_drop", "history_insert", "history_reorder", "history_truncate",
                           "word_drop", "word_swap", "typos", "random_case"}) {
    add(Step(name, {"s", "r"}));
    add(Step(name, "s", {{"p", 0.5}, {"when", "i > 0"}, {"output", "other"}}));
  }
  add(Step("history_drop", "s", {{"share", 0.9}, {"separator", "r"}}));
  add(Step("history_insert", "s", {{"most", std::int64_t{4}}, {"top_k", std::int64_t{2}}}));
  add(Step("history_truncate", "s", {{"side", "newest"}, {"keep", 0.3}}));
  add(Step("typos", "s", {{"share", std::vector<double>{0.2, 0.9}}}));
  add(Step("paraphrase", {"s", "r"},
           {{"paraphrases", Texts{"cash => coins | notes", "r1 => one"}}}));
  add(Step("synonyms", {"s", "r"},
           {{"thesaurus", Texts{"charge: fee, cost", "cash: money", "r1: one"}}, {"share", 0.8}}));
}

// At least one pipeline for each step; a step without an entry fails the test.
std::map<std::string, std::vector<Step>> cases() {
  std::map<std::string, std::vector<Step>> all;
  const auto add = [&](Step step) { all[step.name()].push_back(std::move(step)); };
  for (const char* strategy : {"mean", "median", "mode"}) {
    add(Step("impute", {"f", "i", "b", "u"}, {{"strategy", strategy}}));
  }
  add(Step("impute", "f", {{"nan_is_missing", false}, {"output", "filled"}}));
  add(Step("impute", {"s", "t"}, {{"strategy", "mode"}}));
  add(Step("impute", "s", {{"strategy", "constant"}, {"value", "none"}}));
  add(Step("impute", "i", {{"strategy", "constant"}, {"value", 2.5}}));
  add(Step("impute", "i", {{"strategy", "constant"}, {"value", one}}));
  add(Step("impute", {"f", "i", "u", "b", "s", "d", "t"}, {{"strategy", "random"}}));
  add(Step("impute", "f", {{"strategy", "random"}, {"nan_is_missing", false}, {"output", "f2"}}));
  add(Step("impute", {"f", "s"}, {{"strategy", "random"}, {"by", "r"}, {"when", "i > 0"}}));
  add(Step("missing_indicator", {"f", "i", "s", "t"}));
  add(Step("missing_indicator", "f", {{"nan_is_missing", false}}));
  for (const char* name : {"standardize", "min_max", "robust", "max_abs", "winsorize",
                           "quantile_rank", "gauss_rank", "log1p", "tukey_gh", "outliers"}) {
    add(Step(name, {"f", "i", "u", "b"}));
    add(Step(name, "f", {{"output", "f2"}}));
  }
  add(Step("standardize", "f", {{"with_mean", false}}));
  add(Step("min_max", "f", {{"low", -1.0}, {"clip", true}}));
  add(Step("quantile_rank", "f", {{"quantiles", std::int64_t{5}}}));
  add(Step("tukey_gh", "f", {{"g", 0.5}, {"h", 0.0}}));
  add(Step("tukey_gh", {"f", "i"}, {{"h", 0.3}, {"by", "s"}}));
  add(Step("outliers", {"f", "i"}, {{"method", "zscore"}, {"factor", 1.0}, {"action", "missing"}}));
  add(Step("outliers", {"f", "i"}, {{"method", "mad"}, {"action", "flag"}}));
  add(Step("outliers", "f", {{"action", "flag"}, {"output", "odd"}, {"by", "s"}}));
  add(Step("clip", {"f", "i"}, {{"lower", -3.0}, {"upper", 7.5}}));
  add(Step("clip", "f", {{"upper", 0.0}}));
  for (const char* name : {"standardize", "min_max", "quantile_rank", "impute"}) {
    add(Step(name, {"f", "i"}, {{"by", "s"}}));
    add(Step(name, "f", {{"when", "i > 3 and s != 'cash'"}}));
    add(Step(name, "i", {{"when", "b or u < 4"}, {"by", "r"}, {"output", "i2"}}));
  }
  add(Step("clip", "i", {{"upper", 3.0}, {"when", "f > 0"}}));
  add(Step("ordinal", {"s", "i"}, {{"when", "f > 0"}}));
  add(Step("count_encode", "s", {{"by", "b"}}));
  add(Step("cast", {"i", "s"}, {{"to", "string"}, {"when", "b"}}));
  add(Step("power", {"f", "i"}));
  for (const double lambda : {-1.5, 0.0, 0.5, 2.0}) {
    add(Step("power", {"f", "i"}, {{"lambda", lambda}}));
    add(Step("power", {"f", "i"}, {{"lambda", lambda}, {"method", "box_cox"}}));
  }
  add(Step("bucketize", {"f", "i", "u"}));
  add(Step("bucketize", "f", {{"kind", "width"}, {"bins", std::int64_t{4}}}));
  add(Step("bucketize", {"f", "i"}, {{"interpolate", true}, {"bins", std::int64_t{5}}}));
  add(Step("bucketize", "f", {{"kind", "edges"}, {"edges", std::vector<double>{-1.0, 0.0, 8.0}}}));
  add(Step("one_hot", {"s", "r", "b", "i", "u", "d"}, {{"max_categories", std::int64_t{9999}}}));
  add(Step("one_hot", {"s", "i"},
           {{"unknown", "other"}, {"missing", "column"}, {"drop_first", true}}));
  add(Step("ordinal", {"s", "i", "u", "b"}));
  add(Step("ordinal", "s", {{"unknown", "missing"}}));
  add(Step("vocabulary", {"s", "r", "i"}));
  add(Step("vocabulary", {"s", "i"},
           {{"top_k", std::int64_t{3}},
            {"num_oov_buckets", std::int64_t{2}},
            {"frequency_threshold", std::int64_t{5}}}));
  add(Step("hash_bucket", {"s", "i", "u", "d"}, {{"buckets", std::int64_t{13}}}));
  add(Step("hash_bucket", "s", {{"buckets", std::int64_t{13}}, {"salt", one}}));
  add(Step("cross", {"s", "b", "u"}));
  add(Step("cross", {"s", "i"}, {{"buckets", std::int64_t{50}}, {"name", "crossed"}}));
  add(Step("count_encode", {"s", "i"}));
  add(Step("count_encode", "s", {{"normalize", true}}));
  add(Step("rare_label", {"s", "r"}, {{"min_share", 0.2}}));
  add(Step("rare_label", "s", {{"max_categories", one}, {"output", "grouped"}}));
  add(Step("date_parts", {"t", "d"},
           {{"parts", Texts{"year", "quarter", "month", "day", "day_of_year", "weekday", "hour",
                            "minute", "second", "is_weekend"}}}));
  add(Step("date_parts", "t", {{"keep", true}}));
  add(Step("cyclical", {"i", "f"}, {{"period", 24.0}}));
  add(Step("cyclical", "u", {{"keep", true}}));
  add(Step("text_normalize", {"s", "r"}, {{"collapse", true}}));
  add(Step("text_normalize", "s", {{"case", "upper"}, {"empty_is_missing", true}}));
  add(Step("drop", {"f", "s"}));
  add(Step("select", {"s", "f", "t"}));
  add(Step("rename", {"s", "f"}, {{"to", Texts{"f", "s"}}}));
  for (const char* to : {"float", "int", "string"}) {
    add(Step("cast", {"f", "i", "u", "b", "s", "t"}, {{"to", to}}));
  }
  for (const auto& [name, size] : std::map<std::string, std::string>{
           {"gaussian_noise", "std"}, {"laplace_noise", "scale"}, {"uniform_noise", "width"}}) {
    add(Step(name, {"f", "i"}, {{size, 0.5}}));
    add(Step(name, "f", {{size, 0.5}, {"relative", true}, {"p", 0.4}}));
    add(Step(name, "f", {{size, 0.5}, {"always", true}}));
    add(Step(name, {"f", "u"}, {{size, std::vector<double>{0.5, 2.0}}, {"when", "i > 0"}}));
  }
  add(Step("multiplicative_noise", {"f", "u"}, {{"std", 0.1}, {"p", 0.5}}));
  add(Step("random_scale", {"f", "i"}));
  add(Step("random_shift", {"f", "i"}, {{"low", -2.0}}));
  add(Step("mask_to_missing", {"s", "i"}, {{"p", 0.3}, {"when", "b"}}));
  add(Step("mask_to_missing", {"f", "i", "s", "t", "b"}, {{"p", 0.3}}));
  add(Step("swap_columns", {"f", "g"}, {{"p", 0.5}}));
  add(Step("swap_columns", {"s", "r"}, {{"always", true}}));
  add(Step("category_resample", {"s", "i", "b"}, {{"p", 0.5}}));
  add(Step("timestamp_jitter", "t", {{"seconds", 3600.0}}));
  add_learned(add);
  add_augmenting(add);
  return all;
}

// Steps that no profile is enough for: those that say so, and those that learn from some rows.
bool from_rows(const Step& step) {
  const bool some = is_set(step.settings(), "when") || is_set(step.settings(), "labels") ||
                    is_set(step.settings(), "by");
  const auto method = step.settings().find("method");
  const bool joint = step.name() == "select_features" && method->second != Setting("variance");
  return step.info().needs_rows || joint ||
         (some && step.info().fit != nullptr && step.info().role == StepRole::fitted);
}

struct Tables {
  std::vector<std::vector<Value>> rows = make_rows(1300, 7, true);
  Batch table = make_table(rows);
  Batch fitting = make_table(make_rows(400, 3, false));
};

void check_same_bits(const FittedPipeline& fitted, const Tables& tables, bool training) {
  TransformOptions options;
  options.training = training;
  options.epoch = training ? 5 : 0;
  const Batch whole = fitted.transform(tables.table, options);
  const std::vector<std::string> expected = seen(whole);
  REQUIRE(expected.size() == tables.rows.size());

  TransformOptions threads = options;
  threads.threads = 3;
  CHECK(seen(fitted.transform(tables.table, threads)) == expected);

  for (const std::int64_t size : {1, 9, 1024}) {
    const std::int64_t end = size == 1 ? 50 : tables.table.rows;
    for (std::int64_t first = 0; first < end; first += size) {
      TransformOptions chunk = options;
      chunk.first_key = static_cast<std::uint64_t>(first);
      const std::int64_t count = std::min(size, tables.table.rows - first);
      const auto part = seen(fitted.transform(tables.table.slice(first, count), chunk));
      const auto from = expected.begin() + first;
      CHECK(std::equal(part.begin(), part.end(), from, from + count));
    }
  }

  std::vector<std::string> names;
  for (const auto& field : fields()) names.push_back(field.name);
  const zeroskew::Plan plan(fitted, names);
  zeroskew::Row out = plan.row();
  bool rows_agree = true;
  for (std::size_t i = 0; i < tables.rows.size(); ++i) {
    plan.apply(tables.rows[i], out, i, options.epoch, training);
    std::string text;
    for (std::size_t k = 0; k < out.size(); ++k) {
      text += plan.outputs()[k].name + "=" + seen(out[k].value()) + ";";
    }
    rows_agree = rows_agree && text == expected[i];
  }
  CHECK(rows_agree);
  CHECK(seen(fitted.transform_row(named(tables.rows[17]), 17, options.epoch, training)) ==
        expected[17]);

  // Rows in another order, with their keys.
  Random random(11);
  std::vector<std::size_t> order(tables.rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t k = order.size(); k > 1; --k) std::swap(order[k - 1], order[random.below(k)]);
  std::vector<std::vector<Value>> shuffled;
  std::vector<std::uint64_t> keys;
  for (const std::size_t i : order) {
    shuffled.push_back(tables.rows[i]);
    keys.push_back(i);
  }
  TransformOptions keyed = options;
  keyed.keys = keys;
  const auto mixed = seen(fitted.transform(make_table(shuffled), keyed));
  bool order_free = true;
  for (std::size_t k = 0; k < order.size(); ++k) {
    order_free = order_free && mixed[k] == expected[order[k]];
  }
  CHECK(order_free);
}

// No stray bits: zero under every missing cell, one NaN.
void check_clean(const Batch& batch) {
  for (const auto& column : batch.columns) {
    for (std::int64_t i = 0; i < batch.rows; ++i) {
      if (column.layout == zeroskew::Layout::float64) {
        const auto bits = std::bit_cast<std::uint64_t>(column.data<double>()[i]);
        if (!column.is_valid(i)) CHECK(bits == 0);
        if ((bits & 0x7fffffffffffffffu) > 0x7ff0000000000000u) CHECK(bits == 0x7ff8000000000000u);
      }
      if (column.layout == zeroskew::Layout::int64 && !column.is_valid(i)) {
        CHECK(column.data<std::int64_t>()[i] == 0);
      }
    }
  }
}

}  // namespace

TEST_CASE("every step gives the same bits however the rows come", "[transform][registry]") {
  const Tables tables;
  const auto all = cases();
  for (const StepInfo& info : zeroskew::step_registry()) {
    INFO("step " << info.name);
    REQUIRE(all.count(info.name) == 1);
    for (const Step& step : all.at(info.name)) {
      INFO(step.to_json());
      const FittedPipeline fitted = Pipeline({step}, 42).fit(tables.fitting);
      check_same_bits(fitted, tables, false);
      if (info.role == StepRole::augmenting || info.needs_rows) {
        check_same_bits(fitted, tables, true);
      }

      const FittedPipeline again = FittedPipeline::from_json(fitted.to_json());
      CHECK(again == fitted);
      CHECK(again.to_json() == fitted.to_json());
      TransformOptions options;
      options.training = true;
      CHECK(seen(again.transform(tables.table, options)) ==
            seen(fitted.transform(tables.table, options)));
      CHECK(Step::from_json(step.to_json()) == step);
      if (from_rows(step)) {
        CHECK_THROWS_AS((void)Pipeline({step}).fit(zeroskew::profile(tables.fitting)),
                        zeroskew::Error);
      } else {
        CHECK(Pipeline({step}, 42).fit(zeroskew::profile(tables.fitting)) == fitted);
      }
    }
  }
}

// Once a Row has seen its rows, `when`, `by` and compositions included.
TEST_CASE("no step allocates for a row", "[transform][registry][plan]") {
  const auto rows = make_rows(60, 8, true);
  const Batch fitting = make_table(make_rows(200, 4, false));
  std::vector<std::string> names;
  for (const auto& field : fields()) names.push_back(field.name);
  const auto counted = [&](const FittedPipeline& fitted) {
    const zeroskew::Plan plan(fitted, names);
    zeroskew::Row out = plan.row();
    std::size_t before = 0;
    for (int round = 0; round < 2; ++round) {
      before = allocations;
      for (std::size_t i = 0; i < rows.size(); ++i) plan.apply(rows[i], out, i, 3, true);
    }
    return allocations - before;
  };
  for (const auto& [name, steps] : cases()) {
    for (const Step& step : steps) {
      INFO(step.to_json());
      CHECK(counted(Pipeline({step}, 42).fit(fitting)) == 0);
    }
  }
  const auto noise = Step("gaussian_noise", "f", {{"std", std::vector<double>{0.1, 0.5}}});
  zeroskew::CompositionOptions one;
  one.p = 0.8;
  one.when = "s in ('cash', 'card')";
  one.weights = {3.0, 1.0};
  zeroskew::CompositionOptions some;
  some.most = 2;
  const auto composed =
      Pipeline::of({zeroskew::Stage(Step("impute", "f", {{"by", "s"}, {"when", "i > 0 or b"}})),
                    zeroskew::Stage::one_of(
                        {zeroskew::Stage(noise), zeroskew::Stage(Step("salt_noise", "f"))}, one),
                    zeroskew::Stage::some_of(
                        {zeroskew::Stage(noise), zeroskew::Stage(Step("typos", "s"))}, some)},
                   3);
  CHECK(counted(composed.fit(fitting)) == 0);
}

TEST_CASE("every step leaves no stray bits and takes an empty table", "[transform][registry]") {
  const Tables tables;
  const Batch little = make_table(std::vector(tables.rows.begin(), tables.rows.begin() + 64));
  for (const auto& [name, steps] : cases()) {
    for (const Step& step : steps) {
      INFO(step.to_json());
      const FittedPipeline fitted = Pipeline({step}, 1).fit(tables.fitting);
      TransformOptions options;
      options.training = true;
      Batch made = fitted.transform(little, options);
      // Columns that pass through are the caller's own bits.
      for (std::size_t c = made.columns.size(); c-- > 0;) {
        const void* values = made.columns[c].values;
        if (std::any_of(little.columns.begin(), little.columns.end(),
                        [&](const auto& given) { return given.values == values; })) {
          made.columns.erase(made.columns.begin() + static_cast<std::ptrdiff_t>(c));
        }
      }
      check_clean(made);
      const Batch none = fitted.transform(little.slice(0, 0), options);
      CHECK(none.rows == 0);
      CHECK(none.names == fitted.transform(little).names);
    }
  }
}

TEST_CASE("every step says what is wrong with its data", "[transform][registry]") {
  const Tables tables;
  for (const auto& [name, steps] : cases()) {
    const Step& step = steps.front();
    INFO(step.to_json());
    const FittedPipeline fitted = Pipeline({step}).fit(tables.fitting);
    const auto id_of = [&](auto&& act) -> std::string {
      try {
        act();
      } catch (const zeroskew::Error& error) {
        return error.id();
      }
      return "";
    };
    // A column that does not exist, when fitting.
    std::vector<std::string> columns = step.columns();
    columns.back() = "nowhere";
    CHECK(id_of([&] {
            return Pipeline({Step(name, columns, step.settings())}).fit(tables.fitting);
          }) == "transform.unknown_column");
    if (name == "drop") continue;
    // A column that is gone, and one of another type, when applying.
    Batch gone = tables.table;
    const std::size_t at = *gone.find(step.columns().front());
    gone.names[at] = "renamed";
    CHECK(id_of([&] { return fitted.transform(gone); }) == "transform.missing_column");
    if (!fitted.steps().front().prepared.operation) continue;
    Batch wrong = tables.table;
    wrong.columns[at] = tables.table.columns[*wrong.find(wrong.names[at] == "t" ? "s" : "t")];
    CHECK(id_of([&] { return fitted.transform(wrong); }) == "transform.wrong_type");
  }
}

TEST_CASE("every parameter is documented and held to its range", "[transform][registry]") {
  const auto all = cases();
  for (const StepInfo& info : zeroskew::step_registry()) {
    CHECK(info.doc.size() > 10);
    const Step& good = all.at(info.name).front();
    CHECK_THROWS_AS(Step(info.name, good.columns(), {{"no_such_parameter", 1.0}}), zeroskew::Error);
    CHECK_THROWS_AS(Step(info.name, std::vector<std::string>{}), zeroskew::Error);
    for (const zeroskew::Parameter& parameter : info.parameters) {
      INFO(info.name << "." << parameter.name);
      CHECK(parameter.doc.size() > 3);
      zeroskew::Settings settings = good.settings();
      const auto refuses = [&](const Setting& setting) {
        settings[parameter.name] = setting;
        try {
          Step(info.name, good.columns(), settings);
        } catch (const zeroskew::Error& error) {
          CHECK(error.id() == "transform.bad_parameter");
          return std::string(error.what());
        }
        return std::string();
      };
      if (parameter.kind == zeroskew::SettingKind::number) {
        CHECK(!refuses("text").empty());
        CHECK(!refuses(HUGE_VAL).empty());
        if (parameter.lo > -HUGE_VAL) {
          const std::string message = refuses(parameter.lo - 1.0);
          const auto has = [&](const char* words) {
            return message.find(words) != std::string::npos;
          };
          CHECK((has("at least ") || has("above ") || has("from ")));
        }
        if (parameter.hi < HUGE_VAL) CHECK(!refuses(parameter.hi + 1.0).empty());
      }
      if (parameter.kind == zeroskew::SettingKind::choice) {
        CHECK(refuses("no such choice").find("one of") != std::string::npos);
      }
      if (parameter.kind == zeroskew::SettingKind::boolean) CHECK(!refuses(1.5).empty());
    }
  }
}
