#pragma once
/// What a monitor keeps of a policy.

#include <atomic>
#include <mutex>
#include <vector>

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/monitor/sequential_counts.hpp"
#include "zeroskew/policy/monitor.hpp"
#include "zeroskew/policy/rule.hpp"

namespace zeroskew {

/// One feature: how it is counted, what the baseline's counts are, and the test so far.
struct WatchedFeature {
  Type type;
  bool labels = false;
  RecordedCounts reference_counts;
  Distribution reference;
  std::vector<DriftRule> rules;
  SequentialCounts test;
  std::vector<std::uint64_t> tested;  // counts that the test has taken
};

struct Monitor::State {
  State(const Policy& policy, const MonitorOptions& options);

  MonitorOptions options;
  std::string digest;
  std::vector<Guard> guards;
  std::vector<std::string> names;
  std::vector<WatchedFeature> features;
  std::unique_ptr<Recorder> recorder;
  std::unique_ptr<std::atomic<std::uint64_t>[]> wrong_type;
  std::atomic<std::uint64_t> failed{0};
  MonitorSnapshot absorbed;  // guarded by `reporting`
  mutable std::mutex reporting;

  // @pre `reporting` is locked
  [[nodiscard]] MonitorSnapshot snapshot() const;
};

/// A feature's counts as categories of one test: bins (infinities in the outermost ones) or labels
/// and others, then missing and NaN together.
[[nodiscard]] std::vector<std::uint64_t> categories_of(const RecordedCounts& counts);

/// The bins of a baseline's column, and its own counts in them.
[[nodiscard]] RecordedFeature recorded_feature(const std::string& name,
                                               const Distribution& reference,
                                               const MonitorOptions& options);
[[nodiscard]] RecordedCounts baseline_counts(const RecordedFeature& feature,
                                             const Distribution& reference);

}  // namespace zeroskew
