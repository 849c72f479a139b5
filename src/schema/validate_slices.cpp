#include "zeroskew/schema/validate_slices.hpp"

#include <set>

#include "zeroskew/stats/profile.hpp"

namespace zeroskew {
namespace {

using Slices = std::map<std::string, const Profile*>;

const Profile* find(const Slices& slices, const std::string& name) {
  const auto at = slices.find(name);
  return at == slices.end() ? nullptr : at->second;
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

std::map<std::string, Anomalies> validate_slices(const Profile& profile, const Schema& schema,
                                                 const ValidateOptions& options,
                                                 const Controls<Profile>& controls) {
  const auto slices_of = [](const Profile* one) {
    return one == nullptr ? Slices() : one->slices();
  };
  const Slices current = profile.slices();
  const Slices previous = slices_of(controls.previous);
  const Slices serving = slices_of(controls.serving);
  const Slices version = slices_of(controls.previous_version);
  std::set<std::string> names;
  for (const Slices* side : {&current, &previous, &serving, &version}) {
    for (const auto& [name, slice] : *side) names.insert(name);
  }
  std::map<std::string, Anomalies> result;
  for (const std::string& name : names) {
    const Profile* slice = find(current, name);
    const Controls<Profile> others{find(previous, name), find(serving, name), find(version, name)};
    result.emplace(name, slice == nullptr ? absent(schema, options)
                                          : validate(*slice, schema, options, others));
  }
  return result;
}

}  // namespace zeroskew
