#pragma once
/// Is every part of the data as the schema says?

#include <map>
#include <string>

#include "zeroskew/schema/validate.hpp"

namespace zeroskew {

/// `validate` for every slice of a profile, by its name, against the same slices of the controls. A
/// slice that only a control has is missing from the data: `data_missing`, and every required
/// feature a SCHEMA_MISSING_COLUMN. One that a control lacks is compared with nothing there.
/// @throws Error schema.unknown_environment
[[nodiscard]] std::map<std::string, Anomalies> validate_slices(
    const Profile& profile, const Schema& schema, const ValidateOptions& options = {},
    const Controls<Profile>& controls = {});

/// The same for slices that were read from another tool's statistics.
using SliceStatistics = std::map<std::string, DatasetStatistics>;
[[nodiscard]] std::map<std::string, Anomalies> validate_slices(
    const SliceStatistics& slices, const Schema& schema, const ValidateOptions& options = {},
    const Controls<SliceStatistics>& controls = {});

}  // namespace zeroskew
