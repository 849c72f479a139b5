#pragma once
/// Is the data as the schema says?

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "zeroskew/schema/anomalies.hpp"
#include "zeroskew/schema/feature_statistics.hpp"
#include "zeroskew/schema/schema.hpp"

namespace zeroskew {

struct ValidateOptions {
  std::optional<std::string>
      environment;                   ///< features outside it are neither required nor expected
  std::size_t max_categories = 100;  ///< the domain of a new string column, in its fix
  /// Instead of ERROR. UNKNOWN hides anomalies of a type (of a new column: only its severity).
  std::vector<std::pair<AnomalyType, Severity>> severities;
  /// Seconds since 1970-01-01 UTC, for rules about the age of data, which are not checked without.
  std::optional<double> now = std::nullopt;
};

/// What the data is compared with; null where there is nothing. Drift is measured against
/// `previous`, skew against `serving`, the number of examples also against `previous_version`.
template <class Data>
struct Controls {
  const Data* previous = nullptr;
  const Data* serving = nullptr;
  const Data* previous_version = nullptr;
};

/// Every check of `checks()` for every feature, in that order; deprecated features are skipped.
/// Without a single example only `data_missing` is set. Weighted statistics are validated by
/// weight.
/// @throws Error schema.unknown_environment, schema.mixed_weights (the data and what it is compared
/// with are not both weighted)
[[nodiscard]] Anomalies validate(const DatasetStatistics& data, const Schema& schema,
                                 const ValidateOptions& options = {},
                                 const Controls<DatasetStatistics>& controls = {});
[[nodiscard]] Anomalies validate(const Profile& profile, const Schema& schema,
                                 const ValidateOptions& options = {},
                                 const Controls<Profile>& controls = {});

/// The schema with every fix applied: the smallest change that accepts the data.
/// @throws Error schema.unknown_environment
[[nodiscard]] Schema update_schema(Schema schema, const DatasetStatistics& data,
                                   const ValidateOptions& options = {});
[[nodiscard]] Schema update_schema(Schema schema, const Profile& profile,
                                   const ValidateOptions& options = {});

}  // namespace zeroskew
