// Steps of one's own, by the small concepts: the same checks, JSON, rows and tables.

#include "zeroskew/transform/user_step.hpp"

#include "support/errors.hpp"
#include "transform/tables.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/pipeline.hpp"
#include "zeroskew/transform/plan.hpp"

using namespace transform_test;
using zeroskew::FittedPipeline;
using zeroskew::NumberStats;
using zeroskew::Parameter;
using zeroskew::Pipeline;
using zeroskew::Settings;
using zeroskew::Step;
using zeroskew::Stream;
using zeroskew::test::id_of;

namespace {

struct Fahrenheit {
  static constexpr std::string_view name = "fahrenheit";
  static constexpr std::string_view doc = "Degrees Celsius in Fahrenheit.";
  double operator()(double x) const noexcept { return x * 1.8 + 32.0; }
};

// Parameters of its own, and something to learn.
struct Above {
  static constexpr std::string_view name = "above";
  static constexpr std::string_view doc = "How far above the mean, in a unit.";
  static std::vector<Parameter> parameters() {
    return {{.name = "unit", .doc = "the unit", .fallback = 1.0, .lo = 0.0, .lo_open = true}};
  }
  static std::vector<Parameter> learned() { return {{.name = "mean", .doc = "of the column"}}; }
  static Settings fit(const NumberStats& numbers, const Settings&) {
    return {{"mean", numbers.mean()}};
  }
  Above(const Settings& settings, const Settings& what)
      : unit(zeroskew::number_of(settings, "unit")), mean(zeroskew::number_of(what, "mean")) {}
  double operator()(double x) const noexcept { return (x - mean) / unit; }

  double unit;
  double mean;
};

struct Coin {
  static constexpr std::string_view name = "coin";
  static constexpr std::string_view doc = "Turns the sign of every second number, by chance.";
  double operator()(double x, const Stream& draws) const noexcept {
    return draws.bernoulli(0, 0.5) ? -x : x;
  }
};

static_assert(zeroskew::NumberStep<Fahrenheit> && zeroskew::LearningStep<Above> &&
              zeroskew::RandomStep<Coin> && !zeroskew::NumberStep<int>);

void register_once() {
  static const bool done = [] {
    zeroskew::register_step<Fahrenheit>();
    zeroskew::register_step<Above>();
    zeroskew::register_step<Coin>();
    return true;
  }();
  CHECK(done);
}

}  // namespace

TEST_CASE("a registered step is like the library's own", "[transform][user]") {
  register_once();
  const Batch table = make_table(make_rows(300, 3, false));
  const Pipeline pipeline({Step("fahrenheit", "f", {{"output", "warm"}}),
                           Step("above", {"f", "i"}, {{"unit", 2.0}, {"by", "s"}}),
                           Step("coin", "i", {{"p", 0.9}, {"when", "f > 0"}})},
                          5);
  const FittedPipeline fitted = pipeline.fit(table);
  zeroskew::TransformOptions options;
  options.training = true;
  const auto expected = seen(fitted.transform(table, options));

  // Saved, in chunks, on threads, row by row.
  const FittedPipeline again = FittedPipeline::from_json(fitted.to_json());
  CHECK(again == fitted);
  options.threads = 3;
  CHECK(seen(again.transform(table, options)) == expected);
  CHECK(Pipeline::from_json(pipeline.to_json()) == pipeline);
  std::vector<std::string> names;
  for (const auto& field : fields()) names.push_back(field.name);
  const zeroskew::Plan plan(again, names);
  zeroskew::Row out = plan.row();
  const auto rows = make_rows(300, 3, false);
  bool same = true;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    plan.apply(rows[i], out, i, 0, true);
    std::string text;
    for (std::size_t k = 0; k < out.size(); ++k) {
      text += plan.outputs()[k].name + "=" + seen(out[k].value()) + ";";
    }
    same = same && text == expected[i];
  }
  CHECK(same);

  const auto warm = fitted.transform_row(
      {{"f", 100.0}, {"i", std::int64_t{1}}, {"s", std::string("cash")}}, 1, 0, false);
  CHECK(std::get<double>(warm[1].second) == 212.0);
}

TEST_CASE("a registered step is checked like the library's own", "[transform][user]") {
  register_once();
  CHECK(id_of([] { zeroskew::register_step<Coin>(); }) == "transform.step_taken");
  CHECK(id_of([] { Step("above", "f", {{"unit", 0.0}}); }) == "transform.bad_parameter");
  CHECK(id_of([] { Step("above", "f", {{"units", 1.0}}); }) == "transform.unknown_parameter");
  try {
    Step("fahrenhiet", "f");
    FAIL("there is no such step");
  } catch (const zeroskew::Error& error) {
    CHECK(std::string(error.what()).find("fahrenheit") != std::string::npos);
  }
  const Batch table = make_table(make_rows(50, 3, false));
  CHECK(id_of([&] { (void)Pipeline({Step("fahrenheit", "s")}).fit(table); }) ==
        "transform.wrong_type");
  CHECK(zeroskew::user_steps().size() >= 3);
  CHECK(zeroskew::user_steps()[0]->doc == Fahrenheit::doc);
}

TEST_CASE("a step of this program only cannot be saved", "[transform][user]") {
  zeroskew::StepInfo info = zeroskew::step_info("log1p");
  info.name = "of_this_program";
  info.parameters = {};
  info.unsaved = "it holds a socket";
  zeroskew::register_step(std::move(info));
  const Pipeline pipeline({Step("of_this_program", "f")});
  const FittedPipeline fitted = pipeline.fit(make_table(make_rows(50, 3, false)));
  CHECK(id_of([&] { (void)pipeline.to_json(); }) == "transform.not_savable");
  try {
    (void)fitted.to_json();
    FAIL("it was saved");
  } catch (const zeroskew::Error& error) {
    CHECK(std::string(error.what()).find("it holds a socket") != std::string::npos);
  }
  CHECK(Pipeline::from_json(pipeline.specification()) == pipeline);
}
