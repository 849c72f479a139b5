// Serving: no allocation a row, many threads, the same bits as the table.

#include <thread>

#include "support/catch.hpp"
#include "support/counting_new.hpp"
#include "transform/tables.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/pipeline.hpp"
#include "zeroskew/transform/plan.hpp"

using namespace transform_test;
using zeroskew::Pipeline;
using zeroskew::Plan;
using zeroskew::Step;

namespace {

Pipeline pipeline() {
  return Pipeline({Step("text_normalize", "s"), Step("missing_indicator", "f"),
                   Step("impute", {"f", "g", "i"}, {{"strategy", "median"}}),
                   Step("standardize", {"f", "g", "i"}),
                   Step("gaussian_noise", {"f", "g"}, {{"std", 0.1}, {"p", 0.7}}),
                   Step("cross", {"s", "r"}), Step("vocabulary", "s_x_r"), Step("date_parts", "t"),
                   Step("one_hot", {"s", "r", "b"}), Step("mask_to_missing", "i")},
                  9);
}

std::vector<std::string> all_names() {
  std::vector<std::string> names;
  for (const auto& field : fields()) names.push_back(field.name);
  return names;
}

std::string seen(const Plan& plan, const zeroskew::Row& row) {
  std::string text;
  for (std::size_t k = 0; k < row.size(); ++k) {
    text += plan.outputs()[k].name + "=" + transform_test::seen(row[k].value()) + ";";
  }
  return text;
}

}  // namespace

TEST_CASE("a plan allocates nothing for a row", "[transform][plan]") {
  const auto rows = make_rows(300, 21, true);
  const auto fitted = pipeline().fit(make_table(make_rows(300, 4, false)));
  const Plan plan(fitted, all_names());
  zeroskew::Row out = plan.row();
  for (const auto& row : rows) plan.apply(row, out, 0, 0, true);
  const std::size_t before = zeroskew::test::allocations;
  for (std::size_t i = 0; i < rows.size(); ++i) plan.apply(rows[i], out, i, 3, true);
  CHECK(zeroskew::test::allocations == before);
}

TEST_CASE("threads share a plan, and give the table's bits", "[transform][plan]") {
  const auto rows = make_rows(500, 22, true);
  const auto fitted = pipeline().fit(make_table(make_rows(300, 4, false)));
  zeroskew::TransformOptions options;
  options.training = true;
  options.epoch = 2;
  const auto expected = transform_test::seen(fitted.transform(make_table(rows), options));
  const Plan plan(fitted, all_names());
  std::atomic<int> wrong{0};
  const auto work = [&](std::size_t start) {
    zeroskew::Row out = plan.row();
    for (std::size_t i = start; i < rows.size(); i += 3) {
      plan.apply(rows[i], out, i, 2, true);
      if (seen(plan, out) != expected[i]) ++wrong;
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 3; ++t) threads.emplace_back(work, t);
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}

TEST_CASE("a plan says what is wrong with a row", "[transform][plan]") {
  const auto fitted = Pipeline({Step("standardize", "f"), Step("ordinal", "s")})
                          .fit(make_table(make_rows(100, 4, false)));
  const Plan plan(fitted);
  CHECK(plan.inputs() == std::vector<std::string>{"f", "s"});
  zeroskew::Row out = plan.row();
  const std::vector<zeroskew::RowCell> good{2, "cash"};
  plan.apply(good, out);
  CHECK(out[0].form == zeroskew::RowCell::Form::number);
  const std::vector<zeroskew::RowCell> text{"2", "cash"};
  CHECK_THROWS_AS(plan.apply(text, out), zeroskew::Error);
  const std::vector<zeroskew::RowCell> shorter{2};
  CHECK_THROWS_AS(plan.apply(shorter, out), zeroskew::Error);
  CHECK_THROWS_AS(Plan(fitted, {"f"}), zeroskew::Error);
}
