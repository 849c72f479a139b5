// A walk over the registry: what holds for every step, whatever it does.

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "transform/step_cases.hpp"
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

namespace {

// Steps that no profile is enough for: those that say so, and those that learn from some rows.
bool from_rows(const Step& step) {
  const bool some = is_set(step.settings(), "when") || is_set(step.settings(), "labels") ||
                    is_set(step.settings(), "by");
  const auto method = step.settings().find("method");
  const bool joint = step.name() == "select_features" && method->second != Setting("variance");
  const bool lists = step.columns()[0] == "l" && step.info().fit != nullptr;
  return step.info().needs_rows || joint || lists ||
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
  const auto all = step_cases();
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
      before = zeroskew::test::allocations;
      for (std::size_t i = 0; i < rows.size(); ++i) plan.apply(rows[i], out, i, 3, true);
    }
    return zeroskew::test::allocations - before;
  };
  for (const auto& [name, steps] : step_cases()) {
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
  for (const auto& [name, steps] : step_cases()) {
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
  for (const auto& [name, steps] : step_cases()) {
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
  const auto all = step_cases();
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
