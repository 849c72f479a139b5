#pragma once
// How fast this machine reads memory, so that a benchmark can say what fraction of that it reaches.

#include <benchmark/benchmark.h>

#include <cstddef>

namespace zeroskew::bench {

/// Bytes a second at which one core adds up doubles that lie in memory: the best of a few rounds
/// over 256 MB, measured at the first call.
[[nodiscard]] double read_bandwidth();

/// Reports values a second, and bytes a second as a share of `read_bandwidth()`.
inline void report(benchmark::State& state, std::size_t values, std::size_t bytes) {
  const auto rounds = static_cast<double>(state.iterations());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(values));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
  state.counters["of_bandwidth"] = benchmark::Counter(
      rounds * static_cast<double>(bytes) / read_bandwidth(), benchmark::Counter::kIsRate);
}

}  // namespace zeroskew::bench
