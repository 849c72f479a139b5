#include "zeroskew/schema/validate_slices.hpp"

#include <set>

#include "zeroskew/stats/profile.hpp"

namespace zeroskew {
namespace {

const DatasetStatistics* find(const SliceStatistics* slices, const std::string& name) {
  if (slices == nullptr) return nullptr;
  const auto at = slices->find(name);
  return at == slices->end() ? nullptr : &at->second;
}

// What a slice without a row lacks.
Anomalies absent(const Schema& schema, const ValidateOptions& options) {
  Schema features = schema;
  features.dataset_constraints.reset();
  Anomalies anomalies = validate(DatasetStatistics(1.0, {}), features, options);
  anomalies.baseline = schema;
  anomalies.data_missing = true;
  return anomalies;
}

}  // namespace

std::map<std::string, Anomalies> validate_slices(const SliceStatistics& slices,
                                                 const Schema& schema,
                                                 const ValidateOptions& options,
                                                 const Controls<SliceStatistics>& controls) {
  std::set<std::string> names;
  for (const SliceStatistics* side :
       {&slices, controls.previous, controls.serving, controls.previous_version}) {
    if (side == nullptr) continue;
    for (const auto& [name, slice] : *side) names.insert(name);
  }
  std::map<std::string, Anomalies> result;
  for (const std::string& name : names) {
    const DatasetStatistics* slice = find(&slices, name);
    const Controls<DatasetStatistics> others{find(controls.previous, name),
                                             find(controls.serving, name),
                                             find(controls.previous_version, name)};
    result.emplace(name, slice == nullptr ? absent(schema, options)
                                          : validate(*slice, schema, options, others));
  }
  return result;
}

std::map<std::string, Anomalies> validate_slices(const Profile& profile, const Schema& schema,
                                                 const ValidateOptions& options,
                                                 const Controls<Profile>& controls) {
  SliceStatistics read[4];
  const auto slices_of = [&](std::size_t side, const Profile* one) -> const SliceStatistics* {
    if (one == nullptr) return nullptr;
    for (const auto& [name, slice] : one->slices()) {
      read[side].emplace(name, DatasetStatistics::of_profile(*slice));
    }
    return &read[side];
  };
  return validate_slices(
      *slices_of(0, &profile), schema, options,
      Controls<SliceStatistics>{slices_of(1, controls.previous), slices_of(2, controls.serving),
                                slices_of(3, controls.previous_version)});
}

}  // namespace zeroskew
