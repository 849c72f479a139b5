// What one row costs a server beside HTTP: the transform, and recording it for the monitor.

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include <zeroskew/zeroskew.hpp>

namespace {

using zeroskew::RowCell;
using zeroskew::Step;
using zeroskew::Value;

zeroskew::Batch rides() {
  const zeroskew::Type number{zeroskew::Kind::floating, {}, false, 0, {}};
  const zeroskew::Type text{zeroskew::Kind::string, {}, false, 0, {}};
  zeroskew::RowBuilder rows(
      {{"fare", number, {}}, {"distance", number, {}}, {"kind", text, {}}, {"zone", text, {}}});
  const std::vector<std::string> kinds = {"cash", "card", "free"};
  for (int i = 0; i < 20'000; ++i) {
    const std::vector<Value> row = {3.0 + (i * 7919 % 1000) * 0.05, 1.0 + (i * 104729 % 500) * 0.03,
                                    kinds[static_cast<std::size_t>(i % 3)],
                                    std::string(1, static_cast<char>('a' + i % 8))};
    rows.append(row);
  }
  return rows.finish();
}

const zeroskew::Policy& policy() {
  static const zeroskew::Policy made = [] {
    const zeroskew::Batch data = rides();
    zeroskew::PolicyParts parts;
    parts.baseline = zeroskew::profile(data);
    parts.schema = zeroskew::infer_schema(parts.baseline);
    parts.pipeline = zeroskew::Pipeline({Step("impute", "fare"), Step("standardize", "fare"),
                                         Step("standardize", "distance"), Step("one_hot", "kind"),
                                         Step("ordinal", "zone")},
                                        7)
                         .fit(data);
    return zeroskew::Policy(std::move(parts));
  }();
  return made;
}

const std::vector<std::string> columns = {"fare", "distance", "kind", "zone"};

std::vector<RowCell> row_of(int i) {
  return {RowCell(3.0 + (i % 1000) * 0.05), RowCell(1.0 + (i % 500) * 0.03), RowCell("card"),
          RowCell("c")};
}

void transform_a_row(benchmark::State& state) {
  const zeroskew::Plan plan = policy().plan(columns);
  zeroskew::Row out = plan.row();
  std::vector<std::vector<RowCell>> rows;
  for (int i = 0; i < 64; ++i) rows.push_back(row_of(i));
  std::size_t i = 0;
  for (auto _ : state) {
    plan.apply(std::span<const RowCell>(rows[i % rows.size()]), out, i);
    ++i;
    benchmark::DoNotOptimize(out[0]);
  }
}
BENCHMARK(transform_a_row);

void record_a_row(benchmark::State& state) {
  static const zeroskew::Monitor monitor = policy().monitor();
  zeroskew::Monitor::Writer writer = monitor.writer(columns);
  std::vector<std::vector<RowCell>> rows;
  for (int i = 0; i < 64; ++i) rows.push_back(row_of(i));
  std::size_t i = 0;
  for (auto _ : state) writer.record(rows[i++ % rows.size()]);
  state.counters["a value"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * static_cast<double>(columns.size()),
      benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(record_a_row);
BENCHMARK(record_a_row)->Threads(2)->Name("record_a_row, two threads");

}  // namespace
