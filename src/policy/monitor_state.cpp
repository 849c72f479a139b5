#include "policy/monitor_state.hpp"

#include <algorithm>
#include <cmath>

#include "zeroskew/drift/registry.hpp"
#include "zeroskew/policy/policy.hpp"

namespace zeroskew {
namespace {

std::uint64_t rounded_count(double mass) noexcept {
  return mass <= 0.0 ? 0 : static_cast<std::uint64_t>(std::floor(mass + 0.5));
}

// The rules of a column: its own ones, or else those for every column.
std::vector<DriftRule> rules_of(const Policy& policy, const std::string& column, bool labels) {
  std::vector<DriftRule> own;
  std::vector<DriftRule> common;
  for (const DriftRule& rule : policy.rules()) {
    const MeasureInfo& info = measure_info(rule.measure);
    if (rule.column == column) own.push_back(rule);
    // Numbers are counted in bins, so a measure must take intervals.
    if (rule.column == "*" && (labels ? info.labels : info.intervals)) common.push_back(rule);
  }
  return own.empty() ? common : own;
}

}  // namespace

std::vector<std::uint64_t> categories_of(const RecordedCounts& counts) {
  // Every category that nothing falls into costs evidence, so there are none to spare.
  std::vector<std::uint64_t> categories = counts.bins;
  categories.front() += counts.negative_infinity;
  categories.back() += counts.positive_infinity;
  categories.push_back(counts.missing + counts.nan);
  return categories;
}

RecordedFeature recorded_feature(const std::string& name, const Distribution& reference,
                                 const MonitorOptions& options) {
  if (reference.kind != Distribution::Kind::labels) {
    return RecordedFeature::of(name, reference, options.bins);
  }
  std::vector<const Label*> labels;
  for (const Label& label : reference.labels) labels.push_back(&label);
  std::sort(labels.begin(), labels.end(), [](const Label* a, const Label* b) {
    return a->mass != b->mass ? a->mass > b->mass : a->name < b->name;
  });
  if (labels.size() > options.max_labels) labels.resize(options.max_labels);
  RecordedFeature feature{name, {}, {}};
  for (const Label* label : labels) feature.labels.push_back(label->name);
  std::sort(feature.labels.begin(), feature.labels.end());
  return feature;
}

RecordedCounts baseline_counts(const RecordedFeature& feature, const Distribution& reference) {
  RecordedCounts counts;
  counts.bins.assign(std::max(feature.edges.size(), feature.labels.size()) + 1, 0);
  counts.missing = rounded_count(reference.missing);
  counts.nan = rounded_count(reference.nan);
  counts.negative_infinity = rounded_count(reference.negative_infinity);
  counts.positive_infinity = rounded_count(reference.positive_infinity);
  std::vector<double> mass(counts.bins.size(), 0.0);
  for (const Label& label : reference.labels) {
    const auto at = std::lower_bound(feature.labels.begin(), feature.labels.end(), label.name);
    const bool known = at != feature.labels.end() && *at == label.name;
    mass[known ? static_cast<std::size_t>(at - feature.labels.begin()) : mass.size() - 1] +=
        label.mass;
  }
  mass.back() += reference.unnamed;
  for (const Cell& cell : reference.cells) {
    const auto at = std::upper_bound(feature.edges.begin(), feature.edges.end(), cell.lo);
    mass[static_cast<std::size_t>(at - feature.edges.begin())] += cell.mass;
  }
  for (std::size_t i = 0; i < mass.size(); ++i) counts.bins[i] = rounded_count(mass[i]);
  return counts;
}

Monitor::State::State(const Policy& policy, const MonitorOptions& given)
    : options(given), digest(policy.digest()) {
  for (const Guard& guard : policy.guards()) {
    if (!guard.is_budget()) guards.push_back(guard);
  }
  const Profile& baseline = policy.baseline();
  std::vector<RecordedFeature> recorded;
  SequentialCounts::Parameters parameters;
  parameters.alpha = options.alpha;
  for (const std::string& name : baseline.columns()) {
    const ColumnProfile& column = baseline.column(name);
    const Distribution reference = Distribution::of_profile(column);
    if (reference.kind == Distribution::Kind::empty) continue;
    RecordedFeature feature = recorded_feature(name, reference, options);
    if (feature.edges.empty() && feature.labels.empty()) continue;
    WatchedFeature watched;
    watched.type = column.type();
    watched.labels = reference.kind == Distribution::Kind::labels;
    watched.reference_counts = baseline_counts(feature, reference);
    watched.reference = distribution_of(feature, watched.reference_counts);
    watched.rules = rules_of(policy, name, watched.labels);
    const std::vector<std::uint64_t> categories = categories_of(watched.reference_counts);
    watched.test = SequentialCounts::sampled(categories, parameters);
    watched.tested.assign(categories.size(), 0);
    names.push_back(name);
    features.push_back(std::move(watched));
    recorded.push_back(std::move(feature));
  }
  wrong_type = std::make_unique<std::atomic<std::uint64_t>[]>(names.size());
  recorder = std::make_unique<Recorder>(std::move(recorded));
}

MonitorSnapshot Monitor::State::snapshot() const {
  MonitorSnapshot now{digest,
                      failed.load(std::memory_order_relaxed),
                      recorder->features(),
                      recorder->snapshot(),
                      {}};
  for (std::size_t f = 0; f < names.size(); ++f) {
    now.wrong_type.push_back(wrong_type[f].load(std::memory_order_relaxed));
  }
  now += absorbed;
  return now;
}

MonitorSnapshot Monitor::snapshot() const {
  const std::lock_guard lock(state_->reporting);
  return state_->snapshot();
}

void Monitor::absorb(const MonitorSnapshot& other) const {
  const std::lock_guard lock(state_->reporting);
  MonitorSnapshot sum{state_->digest, 0, state_->recorder->features(), {}, {}};
  for (const RecordedFeature& feature : sum.features) {
    sum.counts.emplace_back().bins.assign(std::max(feature.edges.size(), feature.labels.size()) + 1,
                                          0);
    sum.wrong_type.push_back(0);
  }
  sum += state_->absorbed;
  sum += other;
  state_->absorbed = std::move(sum);
}

}  // namespace zeroskew
