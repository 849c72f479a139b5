// A whole profile by type of column, on 32 MB and more of data. One thread, but where the name says
// otherwise.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "bandwidth.hpp"
#include "support/generate.hpp"
#include "zeroskew/column/batch.hpp"
#include "zeroskew/stats/profile.hpp"

namespace zeroskew::bench {
namespace {

constexpr std::size_t rows = std::size_t{1} << 22;

Type type_of(Kind kind) {
  Type type;
  type.kind = kind;
  return type;
}

ColumnView view_of(Type type, Layout layout, const void* values) {
  ColumnView view;
  view.type = std::move(type);
  view.layout = layout;
  view.values = values;
  view.length = static_cast<std::int64_t>(rows);
  return view;
}

Batch batch_of(ColumnView column, std::size_t columns = 1) {
  Batch batch;
  for (std::size_t i = 0; i < columns; ++i) {
    batch.names.push_back("c" + std::to_string(i));
    batch.columns.push_back(column);
  }
  batch.rows = column.length;
  return batch;
}

void run(benchmark::State& state, const Batch& batch, std::size_t bytes, unsigned threads = 1) {
  ProfileOptions options;
  options.threads = threads;
  for (auto _ : state) benchmark::DoNotOptimize(profile(batch, options));
  report(state, rows * batch.columns.size(), bytes);
}

template <class T, class Draw>
std::vector<T> drawn(const Draw& draw) {
  test::Generator generator(1);
  std::vector<T> values(rows);
  for (T& value : values) value = static_cast<T>(draw(generator));
  return values;
}

template <class T>
void numbers(benchmark::State& state, Kind kind, Layout layout, const std::vector<T>& values) {
  run(state, batch_of(view_of(type_of(kind), layout, values.data())), rows * sizeof(T));
}

void float64_normal(benchmark::State& state) {
  numbers(state, Kind::floating, Layout::float64,
          drawn<double>([](test::Generator& g) { return g.normal(); }));
}
BENCHMARK(float64_normal)->Unit(benchmark::kMillisecond);

void float64_heavy_tail(benchmark::State& state) {
  numbers(state, Kind::floating, Layout::float64,
          drawn<double>([](test::Generator& g) { return 1.0 / std::sqrt(1.0 - g.uniform()); }));
}
BENCHMARK(float64_heavy_tail)->Unit(benchmark::kMillisecond);

void float64_whole_numbers(benchmark::State& state) {
  numbers(state, Kind::floating, Layout::float64,
          drawn<double>([](test::Generator& g) { return static_cast<double>(g.below(1400)); }));
}
BENCHMARK(float64_whole_numbers)->Unit(benchmark::kMillisecond);

void float32_normal(benchmark::State& state) {
  numbers(state, Kind::floating, Layout::float32,
          drawn<float>([](test::Generator& g) { return static_cast<float>(g.normal()); }));
}
BENCHMARK(float32_normal)->Unit(benchmark::kMillisecond);

void int64_small(benchmark::State& state) {
  numbers(state, Kind::integer, Layout::int64,
          drawn<std::int64_t>([](test::Generator& g) { return g.below(1400); }));
}
BENCHMARK(int64_small)->Unit(benchmark::kMillisecond);

void int64_ids(benchmark::State& state) {
  numbers(state, Kind::integer, Layout::int64,
          drawn<std::int64_t>([](test::Generator& g) { return g.bits() >> 20; }));
}
BENCHMARK(int64_ids)->Unit(benchmark::kMillisecond);

void int64_60000_different(benchmark::State& state) {
  numbers(state, Kind::integer, Layout::int64, drawn<std::int64_t>([](test::Generator& g) {
            return g.below(60'000) << 20;
          }));
}
BENCHMARK(int64_60000_different)->Unit(benchmark::kMillisecond);

void int32_small(benchmark::State& state) {
  numbers(state, Kind::integer, Layout::int32,
          drawn<std::int32_t>([](test::Generator& g) { return g.below(1400); }));
}
BENCHMARK(int32_small)->Unit(benchmark::kMillisecond);

void timestamps(benchmark::State& state) {
  const auto values = drawn<std::int64_t>(
      [](test::Generator& g) { return 1'400'000'000'000'000 + (g.bits() >> 20); });
  Type type = type_of(Kind::timestamp);
  type.unit = TimeUnit::microsecond;
  run(state, batch_of(view_of(type, Layout::int64, values.data())), rows * 8);
}
BENCHMARK(timestamps)->Unit(benchmark::kMillisecond);

void booleans(benchmark::State& state) {
  const auto bits = drawn<std::uint8_t>([](test::Generator& g) { return g.below(256); });
  run(state, batch_of(view_of(type_of(Kind::boolean), Layout::bits, bits.data())), rows / 8);
}
BENCHMARK(booleans)->Unit(benchmark::kMillisecond);

struct Words {
  std::string text;
  std::vector<std::int32_t> offsets{0};

  // Words of at most `longest` letters out of `different`.
  Words(std::size_t different, std::size_t longest, std::size_t count) {
    test::Generator generator(2);
    std::vector<std::string> words(different);
    for (std::string& word : words) word = generator.word(longest);
    for (std::size_t i = 0; i < count; ++i) {
      text += count == different ? words[i] : words[generator.below(different)];
      offsets.push_back(static_cast<std::int32_t>(text.size()));
    }
  }
  [[nodiscard]] ColumnView view() const {
    ColumnView view = view_of(type_of(Kind::string), Layout::binary32, text.data());
    view.offsets = offsets.data();
    view.length = static_cast<std::int64_t>(offsets.size()) - 1;
    return view;
  }
  [[nodiscard]] std::size_t bytes() const { return text.size() + offsets.size() * 4; }
};

void strings_of_100_words(benchmark::State& state) {
  const Words words(100, 6, rows);
  run(state, batch_of(words.view()), words.bytes());
}
BENCHMARK(strings_of_100_words)->Unit(benchmark::kMillisecond);

void strings_of_10000_words(benchmark::State& state) {
  const Words words(10'000, 12, rows);
  run(state, batch_of(words.view()), words.bytes());
}
BENCHMARK(strings_of_10000_words)->Unit(benchmark::kMillisecond);

void strings_all_different(benchmark::State& state) {
  const Words words(rows, 24, rows);
  run(state, batch_of(words.view()), words.bytes());
}
BENCHMARK(strings_all_different)->Unit(benchmark::kMillisecond);

void dictionary_of_strings(benchmark::State& state) {
  const Words words(100, 6, 100);
  const auto codes = drawn<std::int32_t>([](test::Generator& g) { return g.below(100); });
  ColumnView view = view_of(type_of(Kind::string), Layout::dictionary, codes.data());
  view.index_layout = Layout::int32;
  view.children.push_back(words.view());
  run(state, batch_of(std::move(view)), rows * 4);
}
BENCHMARK(dictionary_of_strings)->Unit(benchmark::kMillisecond);

// Eight columns of doubles: the threads share them. Time is the clock's, so 2 threads show scaling.
void eight_float64(benchmark::State& state) {
  const auto values = drawn<double>([](test::Generator& g) { return g.normal(); });
  const auto threads = static_cast<unsigned>(state.range(0));
  run(state, batch_of(view_of(type_of(Kind::floating), Layout::float64, values.data()), 8),
      rows * 8 * 8, threads);
}
BENCHMARK(eight_float64)
    ->Arg(1)
    ->Arg(2)
    ->ArgName("threads")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

// Cost by rows must be a straight line through zero, and by columns too.
void float64_rows(benchmark::State& state) {
  const auto values = drawn<double>([](test::Generator& g) { return g.normal(); });
  ColumnView view = view_of(type_of(Kind::floating), Layout::float64, values.data());
  view.length = state.range(0);
  const Batch batch = batch_of(view);
  ProfileOptions options;
  options.threads = 1;
  for (auto _ : state) benchmark::DoNotOptimize(profile(batch, options));
  const auto count = static_cast<std::size_t>(state.range(0));
  report(state, count, count * sizeof(double));
}
BENCHMARK(float64_rows)->RangeMultiplier(4)->Range(1 << 10, rows)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace zeroskew::bench
