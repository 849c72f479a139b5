#pragma once
// What a check sees of a feature, and how it reports.

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "schema/fix_edits.hpp"
#include "zeroskew/schema/checks.hpp"
#include "zeroskew/schema/validate.hpp"

namespace zeroskew::detail {

// One validation: what all its checks share.
struct Run {
  const Schema& schema;
  const ValidateOptions& options;
  const Controls<DatasetStatistics>& controls;
  Anomalies& result;
  std::set<std::string> domain_names;    // taken, also by fixes of this run
  std::set<std::string> mended_domains;  // shared ones whose repeated values were reported

  void report(Path path, AnomalyType type, std::string summary, std::string message, Fix fix,
              std::string rule = {});
  [[nodiscard]] std::optional<std::string_view> environment() const {
    if (!options.environment) return std::nullopt;
    return std::string_view(*options.environment);
  }
};

// What a check does to the schema, borrowed for one call: a plain function of a reference, so that
// reporting is compiled once and not in every check.
class Repair {
 public:
  template <class Function>
  Repair(Function&& function)
      : object_(&function), call_([](const void* object) {
          (*static_cast<std::remove_reference_t<Function>*>(const_cast<void*>(object)))();
        }) {}
  void operator()() const { call_(object_); }

 private:
  const void* object_;
  void (*call_)(const void*);
};

// The checks of one feature. Every report repairs the feature, so that later checks see what the
// schema would say by then.
class FeatureCheck {
 public:
  FeatureCheck(Run& run, const FeatureStatistics& statistics, const Feature& declared);

  const FeatureStatistics& data;
  Feature feature;
  // The domain it refers to or its own; when it is its own, changes go to the feature.
  std::optional<StringDomain> string_domain;
  bool done = false;  // no later check looks at it

  [[nodiscard]] Run& run() noexcept { return run_; }

  // `repair` changes the feature or its string domain; the fix is what it changed and `more`.
  void report(AnomalyType type, std::string summary, std::string message, Repair repair,
              const Fix& more = {}, std::string rule = {});
  // One of the feature's rules that are ours.
  void report_rule(std::string rule, std::string summary, std::string message, Repair repair);
  void deprecate() { feature.lifecycle_stage = LifecycleStage::deprecated; }
  // Constraints on the distribution over a domain go with it.
  void clear_domain();

 private:
  Run& run_;
};

// A check of a feature, or of the dataset, or (neither) of the presence of columns themselves.
struct Check {
  CheckInfo info;
  void (*feature)(FeatureCheck&) = nullptr;
  void (*dataset)(Run&, const DatasetStatistics&) = nullptr;
};

// In order.
std::span<const Check> check_table() noexcept;

// Counts without a fraction as integers, others by their shortest digits.
std::string count_text(double count);
// "0.5%"; below one in a thousand "less than 0.1%".
std::string share_text(double share);
// The value in single quotes, made printable and cut short.
std::string in_quotes(std::string_view value);
// The token that constraints are about.
std::string token_text(const SequenceValueConstraints& constraints);

// Does the schema treat numbers as names?
bool is_categorical(const Feature& feature) noexcept;

// Can a feature of this type have this domain?
bool domain_allows(const DomainInfo& domain, FeatureType type) noexcept;
// BYTES where only a domain of strings tells; unknown where nothing does.
FeatureType declared_type(const Feature& feature) noexcept;

// The checks, by the file that holds them.
void check_name(FeatureCheck& c);
void check_declared_type(FeatureCheck& c);
void check_declared_bounds(FeatureCheck& c);
void check_distribution_constraints(FeatureCheck& c);
void check_domain_for_type(FeatureCheck& c);
void check_domain_itself(FeatureCheck& c);
void check_bool_config(FeatureCheck& c);
void check_detected_domain(FeatureCheck& c);
void check_absence(FeatureCheck& c);
void check_environment(FeatureCheck& c);
void check_presence(FeatureCheck& c);
void check_value_counts(FeatureCheck& c);
void check_shape(FeatureCheck& c);
void check_type(FeatureCheck& c);
void check_string_domain(FeatureCheck& c);
void check_bool_domain(FeatureCheck& c);
void check_int_domain(FeatureCheck& c);
void check_float_domain(FeatureCheck& c);
void check_natural_language(FeatureCheck& c);
void check_image(FeatureCheck& c);
void check_unique(FeatureCheck& c);
void check_rules(FeatureCheck& c);
void check_drift(FeatureCheck& c);
void check_skew(FeatureCheck& c);
void check_derived(FeatureCheck& c);
void check_dataset_size(Run& run, const DatasetStatistics& data);
void check_name_collisions(Run& run, const DatasetStatistics& data);
void check_sparse(Run& run, const FeatureStatistics& data, const SparseFeature& declared);
void check_weighted(Run& run, const FeatureStatistics& data, const WeightedFeature& declared);

}  // namespace zeroskew::detail
