#include "zeroskew/schema/validate.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "schema/checks/check.hpp"
#include "schema/freeze.hpp"
#include "schema/infer_feature.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/stats/profile.hpp"

namespace zeroskew {
namespace detail {

void Run::report(Path path, AnomalyType type, std::string summary, std::string message, Fix fix,
                 std::string rule) {
  Severity severity = Severity::error;
  for (const auto& [overridden, wanted] : options.severities) {
    if (overridden == type) severity = wanted;
  }
  if (severity == Severity::unknown && type != AnomalyType::schema_new_column) return;
  if (!fix.empty()) message += " To accept it: " + fix.describe() + ".";
  result.items.push_back({std::move(path), type, severity, std::move(summary), std::move(message),
                          std::move(fix), std::move(rule)});
}

namespace {

using ByName = std::map<std::string_view, const Feature*>;

// The first of a name counts, as in lookups.
ByName by_name(const std::vector<Feature>& features) {
  ByName names;
  for (const Feature& feature : features) {
    names.emplace(feature.name ? std::string_view(*feature.name) : std::string_view(), &feature);
  }
  return names;
}

class Validator {
 public:
  explicit Validator(Run& run) : run_(run) {
    for (const StringDomain& domain : run.schema.string_domains) {
      if (domain.name) run.domain_names.insert(*domain.name);
    }
  }

  void dataset(const DatasetStatistics& data) {
    for (const Check& check : check_table()) {
      if (check.dataset != nullptr) check.dataset(run_, data);
    }
    level(data.features(), run_.schema.features, run_.schema.sparse_features, Path());
  }

 private:
  // The features of the dataset or of one structure.
  void level(const std::vector<FeatureStatistics>& data, const std::vector<Feature>& features,
             const std::vector<SparseFeature>& sparse, const Path& parent) {
    ByName expected = by_name(features);
    for (const FeatureStatistics& column : data) {
      if (collection(column, sparse)) continue;
      const auto at = expected.find(column.path.step.back());
      if (at == expected.end()) {
        new_column(column);
        continue;
      }
      feature(column, *at->second);
      expected.erase(at);
    }
    for (const Feature& feature : features) {
      const auto at = expected.find(feature.name ? std::string_view(*feature.name) : "");
      if (at != expected.end() && at->second == &feature) missing_column(feature, parent);
    }
  }

  void feature(const FeatureStatistics& data, const Feature& declared) {
    if (is_deprecated(declared)) return;
    FeatureCheck state(run_, data, declared);
    for (const Check& check : check_table()) {
      if (check.feature != nullptr && !state.done) check.feature(state);
    }
    // Without its parent a child is neither there nor missing: one cause, one report.
    if (data.present() <= 0.0 || is_deprecated(state.feature)) return;
    if (data.type != StatisticsType::structure) return;
    static const StructDomain none;
    const auto* found = declared.domain<StructDomain>();
    const StructDomain& children = found == nullptr ? none : *found;
    level(data.children, children.feature, children.sparse_feature, data.path);
  }

  void new_column(const FeatureStatistics& data) {
    if (data.levels.empty()) return;  // a sparse or weighted feature: no column
    InferOptions options;
    options.max_categories = run_.options.max_categories;
    options.infer_shape = false;
    const InferredFeature inferred = infer_feature(data, options, run_.domain_names);
    Fix fix;
    for (const StringDomain& domain : inferred.domains) fix += insertion(domain);
    fix += insertion(data.path, inferred.feature);
    run_.report(data.path, AnomalyType::schema_new_column, "New column",
                "The data has a column that the schema does not know.", std::move(fix));
  }

  // Is it a sparse or weighted feature, which other tools count as if it were a column?
  bool collection(const FeatureStatistics& data, const std::vector<SparseFeature>& sparse) {
    bool found = false;
    for (const SparseFeature& feature : sparse) {
      if (feature.name.value_or("") != data.path.step.back() || found) continue;
      check_sparse(run_, data, feature);
      found = true;
    }
    if (data.path.step.size() == 1) {
      for (const WeightedFeature& feature : run_.schema.weighted_features) {
        if (feature.name.value_or("") != data.path.step.back()) continue;
        check_weighted(run_, data, feature);
        found = true;
        break;
      }
    }
    // Where the name is also that of a plain feature, its column is that feature's.
    return found && (data.sparse || data.weighted || !is_plain(data.path));
  }

  [[nodiscard]] bool is_plain(const Path& path) const { return run_.schema.find(path) != nullptr; }

  void missing_column(const Feature& feature, const Path& parent) {
    if (!run_.schema.required(feature, run_.environment())) return;
    const Path path = parent.child(feature.name.value_or(""));
    Feature without = feature;
    without.lifecycle_stage = LifecycleStage::deprecated;
    run_.report(path, AnomalyType::schema_missing_column, "Column is missing",
                "The feature is required, but the data has no such column.",
                fix_between(path, feature, without));
  }

  Run& run_;
};

// Shares of rows and shares of weight say nothing of one another.
void require_same_weighting(const DatasetStatistics& data, const DatasetStatistics* control,
                            const char* name) {
  if (control == nullptr || control->num_examples() == 0.0) return;
  if (control->weighted() == data.weighted()) return;
  const std::string here = data.weighted() ? "weighted" : "not weighted";
  const std::string there = control->weighted() ? "weighted" : "not weighted";
  fail_value("schema.mixed_weights", name,
             "these statistics are " + there + ", and those of the data are " + here +
                 ": count both by weight, or neither");
}

}  // namespace
}  // namespace detail

Anomalies validate(const DatasetStatistics& data, const Schema& schema,
                   const ValidateOptions& options, const Controls<DatasetStatistics>& controls) {
  schema.check_environment(options.environment);
  Anomalies result;
  result.baseline = schema;
  if (data.num_examples() == 0.0) {
    result.data_missing = true;
    return result;
  }
  detail::require_same_weighting(data, controls.previous, "previous");
  detail::require_same_weighting(data, controls.serving, "serving");
  detail::require_same_weighting(data, controls.previous_version, "previous_version");
  detail::Run run{schema, options, controls, result, {}, {}};
  detail::Validator(run).dataset(data);
  std::stable_sort(result.items.begin(), result.items.end(),
                   [](const Anomaly& a, const Anomaly& b) { return a.path < b.path; });
  return result;
}

Anomalies validate(const Profile& profile, const Schema& schema, const ValidateOptions& options,
                   const Controls<Profile>& controls) {
  std::vector<DatasetStatistics> read;
  read.reserve(3);
  const auto statistics_of = [&](const Profile* control) -> const DatasetStatistics* {
    if (control == nullptr) return nullptr;
    return &read.emplace_back(DatasetStatistics::of_profile(*control));
  };
  const Controls<DatasetStatistics> statistics{statistics_of(controls.previous),
                                               statistics_of(controls.serving),
                                               statistics_of(controls.previous_version)};
  return validate(DatasetStatistics::of_profile(profile), schema, options, statistics);
}

Schema update_schema(Schema schema, const DatasetStatistics& data, const ValidateOptions& options) {
  detail::require_editable(schema);
  ValidateOptions all = options;
  all.severities.clear();
  const Anomalies anomalies = validate(data, schema, all);
  for (const Anomaly& anomaly : anomalies) detail::apply_in_place(anomaly.fix, schema);
  return schema;
}

Schema update_schema(Schema schema, const Profile& profile, const ValidateOptions& options) {
  return update_schema(std::move(schema), DatasetStatistics::of_profile(profile), options);
}

}  // namespace zeroskew
