#pragma once
/// What the schema's message cannot say of one feature.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zeroskew {

struct Feature;

/// Bounds on a statistic, both included; unset is unbounded.
struct StatisticBounds {
  std::optional<double> min;
  std::optional<double> max;

  [[nodiscard]] bool operator==(const StatisticBounds&) const = default;
};

struct QuantileBounds {
  double q = 0.5;
  StatisticBounds bounds;

  [[nodiscard]] bool operator==(const QuantileBounds&) const = default;
};

/// How values follow one another from row to row; nulls are passed over.
enum class Monotonic : std::uint8_t {
  none,
  increasing,           ///< never less than the one before
  strictly_increasing,  ///< always more
  decreasing,
  strictly_decreasing,
};

/// Kept in the feature's annotation under "rules"; every broken one is a CUSTOM_VALIDATION of the
/// name of its field. Those about single values judge columns and rows, the statistics' columns
/// only, `unique` both, `monotonic` rows only.
struct FeatureRules {
  std::optional<std::string> pattern;      ///< all of a string must match it (see `Pattern`)
  std::optional<std::string> format;       ///< one of `formats()`
  std::optional<std::int64_t> min_length;  ///< bytes of a string
  std::optional<std::int64_t> max_length;
  std::vector<std::int64_t> values;  ///< integers that are allowed; none: all
  StatisticBounds mean;
  StatisticBounds std;  ///< the population's standard deviation
  std::vector<QuantileBounds> quantiles;
  StatisticBounds zero_rate;     ///< share of the values
  StatisticBounds missing_rate;  ///< share of the rows
  bool unique = false;           ///< no value occurs twice
  Monotonic monotonic = Monotonic::none;
  std::optional<double> max_age;  ///< seconds from the newest time to `ValidateOptions::now`

  [[nodiscard]] bool operator==(const FeatureRules&) const = default;
};

/// A named form of strings.
struct FormatInfo {
  std::string_view name;
  std::string_view pattern;
  std::string_view documentation;
};

/// email, url, uuid, ipv4, date, timestamp, ...
[[nodiscard]] const std::vector<FormatInfo>& formats();

/// The rules of a feature. @throws Error schema.bad_rule where the annotation holds something else
[[nodiscard]] FeatureRules feature_rules(const Feature& feature);
/// Writes the rules in place of those so far.
/// @throws Error schema.bad_rule, schema.pattern, schema.extension_number
void set_feature_rules(Feature& feature, const FeatureRules& rules);

}  // namespace zeroskew
