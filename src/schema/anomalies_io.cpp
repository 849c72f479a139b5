// Anomalies as tensorflow.metadata.v0.Anomalies in JSON.

#include <map>
#include <utility>

#include "schema/convert.hpp"
#include "schema/proto/json_codec.hpp"
#include "schema/proto/tree.hpp"
#include "zeroskew/schema/anomalies.hpp"

namespace zeroskew {
namespace {

// Field numbers of the messages.
enum Anomalies_ { baseline = 1, anomaly_info = 2, data_missing = 3, baseline_v1 = 6 };
enum AnomaliesMore { anomaly_name_format = 7, dataset_anomaly_info = 8, drift_skew_info = 9 };
enum AnomalyInfo { description = 2, severity = 5, short_description = 6, reason = 7, path = 8 };
enum Reason { reason_type = 1, reason_short_description = 2, reason_description = 3 };
enum DriftSkewInfo { info_path = 1, drift_measurements = 2, skew_measurements = 3 };
enum MeasurementField { measure_type = 1, measure_value = 2, measure_threshold = 3 };

const detail::MessageDescriptor& anomalies_message() {
  return *detail::find_message("tensorflow.metadata.v0.Anomalies");
}

void set(FieldTree& tree, int number, FieldValue value) {
  tree.at(number).values.push_back(std::move(value));
}

FieldTree info_of(std::vector<const Anomaly*> anomalies) {
  // A column that is new is new once, whatever else is said of it.
  bool all_new = true;
  for (const Anomaly* anomaly : anomalies) {
    all_new = all_new && anomaly->type == AnomalyType::schema_new_column;
  }
  if (all_new) anomalies.resize(1);
  FieldTree tree;
  std::string all;
  Severity worst = Severity::unknown;
  for (const Anomaly* anomaly : anomalies) {
    all += (all.empty() ? "" : " ") + anomaly->message;
    worst = std::max(worst, anomaly->severity);
    FieldTree one;
    set(one, reason_type, static_cast<std::int64_t>(anomaly->type));
    set(one, reason_short_description, anomaly->summary);
    set(one, reason_description, anomaly->message);
    set(tree, reason, std::move(one));
  }
  set(tree, description, std::move(all));
  set(tree, severity, static_cast<std::int64_t>(worst));
  set(tree, short_description,
      anomalies.size() == 1 ? anomalies.front()->summary : std::string("Several faults"));
  if (!anomalies.front()->path.empty()) {
    set(tree, path, detail::to_tree(anomalies.front()->path));
  }
  return tree;
}

FieldTree measurement_tree(const Measurement& measurement) {
  FieldTree tree;
  set(tree, measure_type, static_cast<std::int64_t>(measurement.measure));
  set(tree, measure_value, measurement.value);
  set(tree, measure_threshold, measurement.threshold);
  return tree;
}

// Empty values where the field is not set.
const std::vector<FieldValue>& values_of(const FieldTree& tree, int number) {
  static const std::vector<FieldValue> none;
  const FieldEntry* entry = tree.find(number);
  return entry == nullptr ? none : entry->values;
}

template <class T>
T value_of(const FieldTree& tree, int number, T otherwise) {
  const auto& values = values_of(tree, number);
  return values.empty() ? otherwise : std::get<T>(values.front());
}

Path path_in(const FieldTree& tree, int number) {
  Path result;
  if (const FieldTree* found = detail::message_in(tree, number)) detail::from_tree(*found, result);
  return result;
}

void read_info(const FieldTree& info, Path where, std::vector<Anomaly>& items) {
  if (Path own = path_in(info, path); !own.empty()) where = std::move(own);
  const auto how_bad = static_cast<Severity>(value_of<std::int64_t>(info, severity, 0));
  for (const FieldValue& value : values_of(info, reason)) {
    const auto& tree = std::get<FieldTree>(value);
    items.push_back({where,
                     static_cast<AnomalyType>(value_of<std::int64_t>(tree, reason_type, 0)),
                     how_bad,
                     std::string(detail::text_of(tree, reason_short_description)),
                     std::string(detail::text_of(tree, reason_description)),
                     {}});
  }
}

void read_measurements(const FieldTree& info, int number, Measurement::Comparison comparison,
                       std::vector<Measurement>& measurements) {
  const Path where = path_in(info, info_path);
  for (const FieldValue& value : values_of(info, number)) {
    const auto& tree = std::get<FieldTree>(value);
    measurements.push_back(
        {where, comparison,
         static_cast<Measurement::Measure>(value_of<std::int64_t>(tree, measure_type, 0)),
         value_of<double>(tree, measure_value, 0.0),
         value_of<double>(tree, measure_threshold, 0.0)});
  }
}

}  // namespace

std::string Anomalies::to_json() const {
  FieldTree tree;
  set(tree, zeroskew::baseline, detail::to_tree(baseline));
  std::map<std::string, std::vector<const Anomaly*>> by_path;
  for (const Anomaly& anomaly : items) by_path[to_string(anomaly.path)].push_back(&anomaly);
  for (auto& [key, anomalies] : by_path) {
    if (anomalies.front()->path.empty()) {
      set(tree, dataset_anomaly_info, info_of(std::move(anomalies)));
      continue;
    }
    FieldTree entry;
    set(entry, 1, key);
    set(entry, 2, info_of(std::move(anomalies)));
    set(tree, anomaly_info, std::move(entry));
  }
  if (data_missing) set(tree, zeroskew::data_missing, true);
  set(tree, anomaly_name_format, std::int64_t{1});
  std::map<Path, FieldTree> compared;
  for (const Measurement& measurement : measurements) {
    FieldTree& info = compared[measurement.path];
    if (info.empty()) set(info, info_path, detail::to_tree(measurement.path));
    const bool skew = measurement.comparison == Measurement::Comparison::skew;
    set(info, skew ? skew_measurements : drift_measurements, measurement_tree(measurement));
  }
  for (auto& [where, info] : compared) set(tree, drift_skew_info, std::move(info));
  return detail::write_json(anomalies_message(), tree);
}

Anomalies Anomalies::from_json(std::string_view text) {
  const FieldTree tree = detail::read_json(anomalies_message(), text);
  Anomalies result;
  for (const int number : {int{zeroskew::baseline}, int{baseline_v1}}) {
    if (const FieldTree* schema = detail::message_in(tree, number)) {
      result.baseline = detail::schema_from_tree(*schema);
    }
  }
  result.data_missing = value_of<bool>(tree, zeroskew::data_missing, false);
  if (const FieldTree* info = detail::message_in(tree, dataset_anomaly_info)) {
    read_info(*info, Path(), result.items);
  }
  for (const FieldValue& value : values_of(tree, anomaly_info)) {
    const auto& entry = std::get<FieldTree>(value);
    const FieldTree* info = detail::message_in(entry, 2);
    if (info == nullptr) continue;
    // Files of other tools may key by a plain name, which need not be a serialised path.
    const std::string key(detail::text_of(entry, 1));
    read_info(*info, Path({key}), result.items);
  }
  for (const FieldValue& value : values_of(tree, drift_skew_info)) {
    const auto& info = std::get<FieldTree>(value);
    using Comparison = Measurement::Comparison;
    read_measurements(info, drift_measurements, Comparison::drift, result.measurements);
    read_measurements(info, skew_measurements, Comparison::skew, result.measurements);
  }
  return result;
}

}  // namespace zeroskew
