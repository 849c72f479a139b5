#include "bandwidth.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

namespace zeroskew::bench {

namespace {

// Eight independent sums: enough for a core to wait for memory only.
double sum(const std::vector<double>& values) {
  double sums[8] = {};
  for (std::size_t i = 0; i + 8 <= values.size(); i += 8) {
    for (std::size_t k = 0; k < 8; ++k) sums[k] += values[i + k];
  }
  double total = 0.0;
  for (const double part : sums) total += part;
  return total;
}

double measure() {
  const std::vector<double> values(std::size_t{32} << 20, 1.0);
  double best = 0.0;
  for (int round = 0; round < 5; ++round) {
    const auto start = std::chrono::steady_clock::now();
    benchmark::DoNotOptimize(sum(values));
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    best = std::max(best, static_cast<double>(values.size() * sizeof(double)) / time.count());
  }
  return best;
}

}  // namespace

double read_bandwidth() {
  static const double bandwidth = measure();
  return bandwidth;
}

}  // namespace zeroskew::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::AddCustomContext(
      "read_bandwidth", std::to_string(zeroskew::bench::read_bandwidth() / 1e9) + " GB/s a core");
  benchmark::RunSpecifiedBenchmarks();
}
