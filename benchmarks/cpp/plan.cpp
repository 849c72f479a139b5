// One row through a fitted plan: its time, the slowest in a hundred, and that nothing is allocated.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <zeroskew/zeroskew.hpp>

#include "support/counting_new.hpp"

namespace {

using zeroskew::RowCell;
using zeroskew::Step;
using zeroskew::Value;

struct Data {
  std::vector<std::string> names;
  std::vector<std::string> numbers;
  std::vector<std::string> kinds;
  std::vector<std::vector<Value>> rows;
  zeroskew::Batch table;
};

Data make_data(std::size_t numbers, std::size_t kinds) {
  Data data;
  std::vector<zeroskew::Field> fields;
  const zeroskew::Type number{zeroskew::Kind::floating, {}, false, 0, {}};
  const zeroskew::Type text{zeroskew::Kind::string, {}, false, 0, {}};
  for (std::size_t c = 0; c < numbers; ++c) data.numbers.push_back("x" + std::to_string(c));
  for (std::size_t c = 0; c < kinds; ++c) data.kinds.push_back("k" + std::to_string(c));
  for (const std::string& name : data.numbers) fields.push_back({name, number, {}});
  for (const std::string& name : data.kinds) fields.push_back({name, text, {}});
  for (const auto& field : fields) data.names.push_back(field.name);
  zeroskew::RowBuilder builder(fields);
  for (std::size_t i = 0; i < 2000; ++i) {
    std::vector<Value> row;
    for (std::size_t c = 0; c < fields.size(); ++c) {
      const std::size_t word = (i * 7919 + c * 104729) % 1009;
      if (word % 31 == 0) {
        row.emplace_back();
      } else if (c < numbers) {
        row.emplace_back(static_cast<double>(word) * 0.25);
      } else {
        row.emplace_back("value " + std::to_string(word % 12));
      }
    }
    builder.append(row);
    data.rows.push_back(std::move(row));
  }
  data.table = builder.finish();
  return data;
}

void run(benchmark::State& state, const Data& data, std::vector<Step> steps) {
  const auto fitted = zeroskew::Pipeline(std::move(steps), 3).fit(data.table);
  const zeroskew::Plan plan(fitted, data.names);
  zeroskew::Row out = plan.row();
  std::vector<std::vector<RowCell>> rows;
  for (const auto& row : data.rows) rows.emplace_back(row.begin(), row.end());
  for (std::size_t i = 0; i < rows.size(); ++i) plan.apply(rows[i], out, i);
  const std::size_t before = zeroskew::test::allocations;
  std::size_t i = 0;
  for (auto _ : state) {
    plan.apply(rows[i % rows.size()], out, i);
    ++i;
    benchmark::DoNotOptimize(out[0]);
  }
  state.counters["allocations"] = static_cast<double>(zeroskew::test::allocations - before);
  // The same again with a clock around each row.
  using Clock = std::chrono::steady_clock;
  std::vector<double> times(20'000);
  for (std::size_t k = 0; k < times.size(); ++k) {
    const auto start = Clock::now();
    plan.apply(rows[k % rows.size()], out, k);
    times[k] = std::chrono::duration<double, std::nano>(Clock::now() - start).count();
  }
  std::sort(times.begin(), times.end());
  state.counters["p99 ns"] = times[times.size() * 99 / 100];
}

// impute and standardise 5 numbers, one-hot 3 categories
void plan_of_eight_columns(benchmark::State& state) {
  static const Data data = make_data(5, 3);
  run(state, data,
      {Step("impute", data.numbers), Step("standardize", data.numbers),
       Step("one_hot", data.kinds)});
}
BENCHMARK(plan_of_eight_columns);

void plan_of_eight_columns_with_conditions(benchmark::State& state) {
  static const Data data = make_data(5, 3);
  run(state, data,
      {Step("impute", data.numbers, {{"by", "k0"}}),
       Step("standardize", data.numbers, {{"when", "x0 > 10 or k1 == 'value 3'"}}),
       Step("one_hot", data.kinds)});
}
BENCHMARK(plan_of_eight_columns_with_conditions);

// 100 features: 90 numbers and 10 categories as their ranks
void plan_of_a_hundred_columns(benchmark::State& state) {
  static const Data data = make_data(90, 10);
  run(state, data,
      {Step("impute", data.numbers), Step("standardize", data.numbers),
       Step("vocabulary", data.kinds)});
}
BENCHMARK(plan_of_a_hundred_columns);

}  // namespace
