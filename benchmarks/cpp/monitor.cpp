// What watching costs: one update of each detector, and one value recorded.
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "support/generate.hpp"
#include "zeroskew/monitor/detector.hpp"
#include "zeroskew/monitor/recorder.hpp"

namespace zeroskew::bench {
namespace {

constexpr std::size_t size = std::size_t{1} << 16;

// Standard normals; zeros and ones, one in ten, for detectors of errors.
std::vector<double> stream(std::string_view input) {
  test::Generator generator(1);
  std::vector<double> values(size);
  for (double& value : values) {
    value = input == "number" ? generator.normal() : (generator.below(10) == 0 ? 1.0 : 0.0);
  }
  return values;
}

const bool registered = [] {
  for (const DetectorInfo& info : detector_registry()) {
    benchmark::RegisterBenchmark(
        ("update/" + std::string(info.name)).c_str(), [&info](benchmark::State& state) {
          const std::vector<double> values = stream(info.input);
          Detector detector(info.name);
          // The variant is looked into once, as a server does that keeps its detector's own type.
          Detector::Any any = detector.any();
          std::visit(
              [&](auto& one) {
                for (auto _ : state) {
                  for (const double value : values) benchmark::DoNotOptimize(one.update(value));
                }
              },
              any);
          state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(size));
        });
  }
  return true;
}();

}  // namespace
}  // namespace zeroskew::bench
