#pragma once
// Small data sets, and what validation says of them.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/column/builder.hpp"
#include "zeroskew/column/json_lines.hpp"
#include "zeroskew/schema/infer.hpp"
#include "zeroskew/schema/validate.hpp"
#include "zeroskew/stats/profile.hpp"

namespace zeroskew_test {

inline zeroskew::Type type_of(zeroskew::Kind kind,
                              zeroskew::TimeUnit unit = zeroskew::TimeUnit::none) {
  zeroskew::Type type;
  type.kind = kind;
  type.unit = unit;
  return type;
}

// A column `x` of cells that JSON cannot say.
template <class T>
zeroskew::ColumnBuilder built(const std::string& name, zeroskew::Kind kind,
                              std::initializer_list<T> cells) {
  zeroskew::ColumnBuilder builder(zeroskew::Field{name, type_of(kind), {}});
  for (const T& cell : cells) builder.append(cell);
  return builder;
}

template <class... Builders>
zeroskew::Profile profile_of_builders(Builders... builders) {
  std::vector<zeroskew::ColumnBuilder> columns;
  (columns.push_back(std::move(builders)), ...);
  return zeroskew::profile(zeroskew::make_batch(std::move(columns)));
}

inline zeroskew::Profile profile_of(std::string_view lines,
                                    std::optional<std::vector<zeroskew::Field>> fields = {}) {
  if (!fields) fields = zeroskew::infer_json_lines(lines);
  return zeroskew::profile(zeroskew::read_json_lines(lines, *fields));
}

// One column `x` with these JSON values; "absent" leaves the key out.
inline std::string column(std::initializer_list<std::string_view> values) {
  std::string lines;
  for (const std::string_view value : values) {
    lines += value == "absent" ? "{}\n" : "{\"x\": " + std::string(value) + "}\n";
  }
  return lines;
}

inline zeroskew::Profile profile_of_column(std::initializer_list<std::string_view> values,
                                           std::optional<zeroskew::Type> type = {}) {
  if (!type) return profile_of(column(values));
  return profile_of(column(values), std::vector<zeroskew::Field>{{"x", *type, {}}});
}

inline std::vector<zeroskew::AnomalyType> types_of(const zeroskew::Anomalies& anomalies) {
  std::vector<zeroskew::AnomalyType> types;
  for (const zeroskew::Anomaly& anomaly : anomalies) types.push_back(anomaly.type);
  return types;
}

// Applies every fix one by one; then the data must be accepted.
inline bool fixes_hold(const zeroskew::Profile& profile, const zeroskew::Schema& schema,
                       const zeroskew::ValidateOptions& options = {},
                       const zeroskew::Controls<zeroskew::Profile>& controls = {}) {
  zeroskew::Schema fixed = schema;
  for (const auto& anomaly : validate(profile, schema, options, controls)) anomaly.fix.apply(fixed);
  return validate(profile, fixed, options, controls).empty();
}

}  // namespace zeroskew_test
