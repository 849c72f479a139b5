// Features made of other features: do their parts fit together, and are their names their own?

#include <algorithm>
#include <utility>

#include "schema/checks/check.hpp"

namespace zeroskew::detail {
namespace {

template <class Part>
bool is_out_of_use(const Part& feature) {
  if constexpr (requires { feature.deprecated; }) {
    if (feature.deprecated.value_or(false)) return true;
  }
  return feature.lifecycle_stage && is_deprecated(*feature.lifecycle_stage);
}

template <class Part>
Fix deprecation(const Path& path, const Part& feature) {
  Part without = feature;
  without.lifecycle_stage = LifecycleStage::deprecated;
  return fix_between(path, feature, without);
}

// The first of a name counts, as in lookups; null when it is out of use.
template <class Part>
const Part* in_use(const std::vector<Part>& features, const std::string& name) {
  const auto at = std::find_if(features.begin(), features.end(),
                               [&](const Part& f) { return f.name.value_or("") == name; });
  return at == features.end() || is_out_of_use(*at) ? nullptr : &*at;
}

std::string of_index(const std::string& name) {
  return " index feature " + in_quotes(name);
}

void check_sparse_names(Run& run, const std::vector<SparseFeature>& sparse,
                        const std::vector<Feature>& features, const Path& parent) {
  for (const SparseFeature& feature : sparse) {
    const std::string name = feature.name.value_or("");
    const Feature* plain = in_use(features, name);
    if (in_use(sparse, name) != &feature || plain == nullptr) continue;
    const Path path = parent.child(name);
    run.report(path, AnomalyType::sparse_feature_name_collision, "Two features of one name",
               "Both a sparse feature and a feature are called " + in_quotes(name) + ".",
               deprecation(path, *plain) += deprecation(path, feature));
  }
  for (const Feature& feature : features) {
    const auto* children = feature.domain<StructDomain>();
    const std::string name = feature.name.value_or("");
    if (children == nullptr || in_use(features, name) != &feature) continue;
    check_sparse_names(run, children->sparse_feature, children->feature, parent.child(name));
  }
}

void check_weighted_names(Run& run) {
  const Schema& schema = run.schema;
  for (const WeightedFeature& feature : schema.weighted_features) {
    const std::string name = feature.name.value_or("");
    const Feature* plain = in_use(schema.features, name);
    const SparseFeature* sparse = in_use(schema.sparse_features, name);
    if (in_use(schema.weighted_features, name) != &feature) continue;
    if (plain == nullptr && sparse == nullptr) continue;
    const Path path({name});
    Fix fix;
    if (plain != nullptr) fix += deprecation(path, *plain);
    if (sparse != nullptr) fix += deprecation(path, *sparse);
    fix += deprecation(path, feature);
    run.report(path, AnomalyType::weighted_feature_name_collision, "Two features of one name",
               "Both a weighted feature and a " + std::string(plain != nullptr ? "" : "sparse ") +
                   "feature are called " + in_quotes(name) + ".",
               std::move(fix));
  }
}

}  // namespace

void check_name_collisions(Run& run, const DatasetStatistics&) {
  check_sparse_names(run, run.schema.sparse_features, run.schema.features, Path());
  check_weighted_names(run);
}

void check_sparse(Run& run, const FeatureStatistics& data, const SparseFeature& declared) {
  if (!data.sparse || is_out_of_use(declared)) return;
  const auto report = [&](AnomalyType type, const char* summary, std::string message) {
    run.report(data.path, type, summary, std::move(message), deprecation(data.path, declared));
  };
  if (data.sparse->missing_value != 0.0) {
    report(AnomalyType::sparse_feature_missing_value, "Indices without values",
           count_text(data.sparse->missing_value) + " examples have indices but no values.");
  }
  for (const auto& [name, count] : data.sparse->missing_index) {
    if (count == 0.0) continue;
    report(AnomalyType::sparse_feature_missing_index, "Values without indices",
           count_text(count) + " examples have values but nothing in the" + of_index(name) + ".");
  }
  const auto lengths = [&](const NamedCounts& differences, const char* which) {
    for (const auto& [name, difference] : differences) {
      if (difference == 0.0) continue;
      report(AnomalyType::sparse_feature_length_mismatch, "As many values as indices expected",
             "The number of values minus that of the" + of_index(name) + " is " +
                 count_text(difference) + " at the " + which + ", not 0.");
    }
  };
  lengths(data.sparse->max_length_diff, "most");
  lengths(data.sparse->min_length_diff, "least");
}

void check_weighted(Run& run, const FeatureStatistics& data, const WeightedFeature& declared) {
  if (!data.weighted || is_out_of_use(declared)) return;
  const WeightedStatistics& found = *data.weighted;
  const auto report = [&](AnomalyType type, const char* summary, std::string message) {
    run.report(data.path, type, summary, std::move(message), deprecation(data.path, declared));
  };
  if (found.missing_value != 0.0) {
    report(AnomalyType::weighted_feature_missing_value, "Weights without values",
           count_text(found.missing_value) + " examples have weights but no values.");
  }
  if (found.missing_weight != 0.0) {
    report(AnomalyType::weighted_feature_missing_weight, "Values without weights",
           count_text(found.missing_weight) + " examples have values but no weights.");
  }
  if (found.min_length_diff != 0.0 || found.max_length_diff != 0.0) {
    report(AnomalyType::weighted_feature_length_mismatch, "As many values as weights expected",
           "The number of values minus that of weights goes from " +
               count_text(found.min_length_diff) + " to " + count_text(found.max_length_diff) +
               ", but should be 0.");
  }
}

}  // namespace zeroskew::detail
