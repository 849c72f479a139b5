// The kernels at every level that the machine has, on blocks that stay in the first cache.
#include <string>
#include <vector>

#include "bandwidth.hpp"
#include "support/generate.hpp"
#include "zeroskew/kernel/level.hpp"
#include "zeroskew/kernel/numbers.hpp"
#include "zeroskew/kernel/sort.hpp"

namespace zeroskew::bench {
namespace {

std::vector<double> normals(std::size_t count) {
  test::Generator generator(1);
  std::vector<double> values(count);
  for (double& value : values) value = generator.normal();
  return values;
}

template <class Run>
void at_level(benchmark::State& state, std::string_view level, const Run& run) {
  const std::string_view best = kernel::level();
  kernel::use_level(level);
  const std::vector<double> values = normals(kernel::block_size);
  for (auto _ : state) run(values);
  kernel::use_level(best);
  report(state, values.size(), values.size() * sizeof(double));
}

void scan(const std::vector<double>& values) {
  benchmark::DoNotOptimize(kernel::scan(values));
}

void block_sums(const std::vector<double>& values) {
  kernel::BlockSums sums;
  kernel::block_sums(values, 4, sums);
  benchmark::DoNotOptimize(sums);
}

void order_keys(const std::vector<double>& values) {
  std::uint64_t keys[kernel::block_size];
  kernel::order_keys(values, keys);
  benchmark::DoNotOptimize(keys);
}

void mix(const std::vector<double>& values) {
  std::uint64_t words[kernel::block_size];
  kernel::order_keys(values, words);
  kernel::mix(words, words);
  benchmark::DoNotOptimize(words);
}

void sort(benchmark::State& state) {
  const std::vector<double> values = normals(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    std::vector<double> sorted = values;
    kernel::sort_doubles(sorted);
    benchmark::DoNotOptimize(sorted.data());
  }
  report(state, values.size(), values.size() * sizeof(double));
}
BENCHMARK(sort)->Arg(1 << 10)->Arg(1 << 20)->Unit(benchmark::kMicrosecond);

const bool registered = [] {
  for (const std::string_view level : kernel::levels()) {
    const auto add = [&](const std::string& name, auto run) {
      benchmark::RegisterBenchmark(
          (name + "/" + std::string(level)).c_str(),
          [level, run](benchmark::State& state) { at_level(state, level, run); });
    };
    add("scan", scan);
    add("block_sums", block_sums);
    add("order_keys", order_keys);
    add("order_keys_and_mix", mix);
  }
  return true;
}();

}  // namespace
}  // namespace zeroskew::bench
