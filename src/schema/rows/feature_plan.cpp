#include "schema/rows/feature_plan.hpp"

#include <utility>

#include "schema/checks/check.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/row_rule.hpp"

namespace zeroskew::detail {
namespace {

class Planner {
 public:
  Planner(const Schema& schema, std::optional<std::string_view> environment, FaultTable& faults)
      : schema_(schema), environment_(environment), faults_(faults) {}

  std::vector<FeaturePlan> features(const std::vector<Feature>& features, const Path& parent) {
    std::vector<FeaturePlan> plans;
    for (const Feature& feature : features) {
      const std::string name = feature.name.value_or("");
      // The first of a name counts, as in lookups.
      const auto same = [&](const FeaturePlan& plan) { return plan.name == name; };
      if (std::any_of(plans.begin(), plans.end(), same)) continue;
      plans.push_back(plan(feature, parent.child(name)));
    }
    return plans;
  }

  CollectionPlan sparse(const SparseFeature& feature) {
    CollectionPlan plan;
    plan.path = Path({feature.name.value_or("")});
    if (feature.value_feature) plan.value = Path({feature.value_feature->name.value_or("")});
    for (const SparseFeature::Part& index : feature.index_feature) {
      CollectionPlan::Part part;
      part.path = Path({index.name.value_or("")});
      const std::string name = "the index feature " + in_quotes(part.path.step.back());
      part.missing_value = add(plan.path, AnomalyType::sparse_feature_missing_value,
                               "Indices without values", "Expected values, as " + name + " has");
      part.missing_part = add(plan.path, AnomalyType::sparse_feature_missing_index,
                              "Values without indices", "Expected indices in " + name);
      part.lengths = add(plan.path, AnomalyType::sparse_feature_length_mismatch,
                         "As many values as indices expected",
                         "Expected as many values as there are in " + name);
      plan.parts.push_back(std::move(part));
    }
    return plan;
  }

  // @throws Error schema.expression_* with the name of the rule in front of the place
  RulePlan rule(const RowRule& rule) {
    RulePlan plan;
    try {
      plan.formula = make_formula(rule.expression, schema_);
    } catch (const Error& error) {
      throw Error(error.kind(), error.id(), "row rule '" + rule.name + "', " + error.where(),
                  error.message());
    }
    if (plan.formula.root.type != ExpressionType::boolean) {
      fail_value("schema.bad_rule", "row rule '" + rule.name + "'", "a rule is a condition");
    }
    plan.fault = add(Path(), AnomalyType::custom_validation,
                     rule.description.empty() ? "A rule is broken" : rule.description,
                     "Expected " + rule.expression, Tolerance::mass, rule.min_share, rule.name);
    faults_.at(plan.fault).severity = rule.severity;
    return plan;
  }

  SequencePlan key(const std::vector<std::string>& names) {
    SequencePlan plan;
    std::string shown;
    for (const std::string& name : names) {
      plan.columns.push_back(Path::parse(name));
      shown += (shown.empty() ? "" : ", ") + name;
    }
    plan.fault =
        add(Path(), AnomalyType::custom_validation, "A key occurs more than once",
            "Expected no two rows with the same " + shown, Tolerance::none, 1.0, "unique_key");
    return plan;
  }

  // The rules of a feature that are about rows in their order.
  void sequences(const std::vector<Feature>& features, const Path& parent,
                 std::vector<SequencePlan>& plans) {
    for (const Feature& feature : features) {
      if (is_deprecated(feature) || !feature.name) continue;
      const Path path = parent.child(*feature.name);
      const FeatureRules rules = feature_rules(feature);
      if (rules.unique) {
        SequencePlan plan;
        plan.columns = {path};
        plan.fault = add(path, AnomalyType::custom_validation, "Values occur more than once",
                         "Expected no value twice", Tolerance::none, 1.0, "unique");
        plans.push_back(std::move(plan));
      }
      if (rules.monotonic != Monotonic::none) {
        SequencePlan plan;
        plan.columns = {path};
        plan.monotonic = rules.monotonic;
        const bool up = rules.monotonic == Monotonic::increasing ||
                        rules.monotonic == Monotonic::strictly_increasing;
        const bool strict = rules.monotonic == Monotonic::strictly_increasing ||
                            rules.monotonic == Monotonic::strictly_decreasing;
        const std::string least = up ? "less" : "more";
        const std::string more = up ? "more" : "less";
        plan.fault = add(path, AnomalyType::custom_validation, "The order of values is broken",
                         strict ? "Expected " + more + " than in the row before"
                                : "Expected no " + least + " than in the row before",
                         Tolerance::none, 1.0, "monotonic");
        plans.push_back(std::move(plan));
      }
      if (const auto* children = feature.domain<StructDomain>()) {
        sequences(children->feature, path, plans);
      }
    }
  }

  CollectionPlan weighted(const WeightedFeature& feature) {
    CollectionPlan plan;
    plan.path = Path({feature.name.value_or("")});
    plan.value = feature.feature.value_or(Path());
    plan.weighted = true;
    CollectionPlan::Part part;
    part.path = feature.weight_feature.value_or(Path());
    part.missing_value = add(plan.path, AnomalyType::weighted_feature_missing_value,
                             "Weights without values", "Expected values, since there are weights");
    part.missing_part = add(plan.path, AnomalyType::weighted_feature_missing_weight,
                            "Values without weights", "Expected weights, since there are values");
    part.lengths = add(plan.path, AnomalyType::weighted_feature_length_mismatch,
                       "As many values as weights expected", "Expected as many values as weights");
    plan.parts.push_back(std::move(part));
    return plan;
  }

 private:
  std::size_t add(const Path& path, AnomalyType type, std::string summary, std::string expected,
                  Tolerance tolerance = Tolerance::none, double least = 1.0,
                  std::string rule = "") {
    Fault fault;
    fault.path = path;
    fault.type = type;
    fault.rule = std::move(rule);
    fault.summary = std::move(summary);
    fault.expected = std::move(expected);
    fault.tolerance = tolerance;
    fault.least = least;
    return faults_.append(std::move(fault));
  }

  FeaturePlan plan(const Feature& feature, const Path& path) {
    FeaturePlan plan;
    plan.name = path.step.back();
    plan.path = path;
    plan.required = schema_.required(feature, environment_);
    if (plan.required) {
      plan.missing = add(path, AnomalyType::schema_missing_column, "Column is missing",
                         "Expected a column of this name");
    }
    // Features out of use, and those that do not say what they are, are not looked at.
    if (is_deprecated(feature) || !feature.name) return plan;
    plan.type = declared_type(feature);
    if (plan.type == FeatureType::unknown) return plan;
    const FeaturePresence* presence = feature.presence();
    if (presence != nullptr && presence->min_fraction && *presence->min_fraction > 0.0) {
      const double share = std::min(*presence->min_fraction, 1.0);
      plan.presence = add(path, AnomalyType::feature_type_low_fraction_present,
                          "Some examples lack the feature",
                          share < 1.0 ? "Expected a value in a share of at least " + shortest(share)
                                      : "Expected a value",
                          Tolerance::presence, share);
    }
    if (!schema_.in_environment(feature, environment_)) {
      plan.environment = add(path, AnomalyType::schema_new_column, "Unexpected in this environment",
                             "Expected nothing in this environment");
    }
    shapes(feature, plan);
    plan.tests = cell_tests(schema_, feature);
    for (const auto& test : plan.tests) {
      test->fault = add(path, test->type, test->summary, test->expected,
                        test->least_mass < 1.0 ? Tolerance::mass : Tolerance::none,
                        test->least_mass, test->rule);
    }
    if (const auto* children = feature.domain<StructDomain>()) {
      plan.children = features(children->feature, path);
      for (const SparseFeature& sparse : children->sparse_feature) {
        plan.sparse.push_back(sparse.name.value_or(""));
      }
    }
    return plan;
  }

  LevelPlan level(const Path& path, const ValueCountBounds& bounds, const std::string& what) {
    LevelPlan plan;
    plan.bounds = bounds;
    if (bounds.min) {
      plan.few = add(path, AnomalyType::feature_type_low_number_values, "Too few values",
                     "Expected at least " + std::to_string(*bounds.min) + what);
    }
    if (bounds.max) {
      plan.many = add(path, AnomalyType::feature_type_high_number_values, "Too many values",
                      "Expected at most " + std::to_string(*bounds.max) + what);
    }
    return plan;
  }

  void shapes(const Feature& feature, FeaturePlan& plan) {
    if (const ValueCountBounds* bounds = feature.value_count()) {
      plan.levels.push_back(level(plan.path, *bounds, " values"));
    } else if (const ValueCountList* list = feature.value_counts()) {
      for (std::size_t i = 0; i < list->value_count.size(); ++i) {
        plan.levels.push_back(level(plan.path, list->value_count[i],
                                    " values at level " + std::to_string(i + 1) + " of nesting"));
      }
    }
    if (feature.value_count() != nullptr || feature.value_counts() != nullptr) {
      plan.nestedness =
          add(plan.path, AnomalyType::value_nestedness_mismatch, "Other depth of nesting",
              "Expected " + std::to_string(plan.levels.size()) + " levels of lists");
    }
    if (const FixedShape* shape = feature.shape()) {
      double size = 1.0;
      for (const FixedShape::Dim& dim : shape->dim) {
        if (dim.size.value_or(0) <= 0) return;  // reported with the schema itself
        size *= static_cast<double>(*dim.size);
      }
      plan.shape = size;
      const std::string expected =
          "Expected a shape of " + count_text(size) + (size == 1.0 ? " value" : " values");
      plan.shape_fault =
          add(plan.path, AnomalyType::invalid_feature_shape, "Other shape", expected);
      plan.shape_missing = add(plan.path, AnomalyType::invalid_feature_shape, "No fixed shape",
                               expected, Tolerance::empty);
    }
    if (const auto* language = feature.domain<NaturalLanguageDomain>();
        language != nullptr && language->sequence_length_constraints &&
        domain_allows(feature.domain_info, plan.type)) {
      const auto& lengths = *language->sequence_length_constraints;
      plan.excluded = {lengths.excluded_int_value, lengths.excluded_string_value};
      plan.sequence = level(plan.path, {lengths.min_sequence_length, lengths.max_sequence_length},
                            " tokens in a sequence");
    }
    if (const auto* language = feature.domain<NaturalLanguageDomain>();
        language != nullptr && domain_allows(feature.domain_info, plan.type)) {
      for (const auto& constraints : language->token_constraints) {
        plan.tokens.push_back(token(plan.path, constraints));
      }
    }
  }

  TokenPlan token(const Path& path, const SequenceValueConstraints& wanted) {
    TokenPlan plan;
    if (const auto* number = std::get_if<std::int64_t>(&wanted.value))
      plan.names.numbers = {*number};
    if (const auto* text = std::get_if<std::string>(&wanted.value)) plan.names.texts = {*text};
    const std::string name = " the token " + token_text(wanted);
    plan.occurrences.bounds = {wanted.min_per_sequence, wanted.max_per_sequence};
    const auto bound = [&](AnomalyType type, std::string summary, const char* side,
                           std::int64_t count) {
      return add(path, type, std::move(summary),
                 std::string("Expected at ") + side + " " + std::to_string(count) + " of" + name +
                     " in a sequence");
    };
    if (wanted.min_per_sequence) {
      plan.occurrences.few = bound(AnomalyType::sequence_value_too_few_occurrences,
                                   "Too few of a token", "least", *wanted.min_per_sequence);
    }
    if (wanted.max_per_sequence) {
      plan.occurrences.many = bound(AnomalyType::sequence_value_too_many_occurrences,
                                    "Too many of a token", "most", *wanted.max_per_sequence);
    }
    const auto share = [&](AnomalyType type, std::string summary, const char* side, float limit,
                           Tolerance tolerance) {
      const auto wide = static_cast<double>(limit);
      return add(path, type, std::move(summary),
                 std::string("Expected a share of at ") + side + " " + shortest(wide) +
                     " of the sequences to hold" + name,
                 tolerance, wide);
    };
    if (wanted.min_fraction_of_sequences) {
      plan.rare =
          share(AnomalyType::sequence_value_too_small_fraction, "Too few sequences with a token",
                "least", *wanted.min_fraction_of_sequences, Tolerance::least_share);
    }
    if (wanted.max_fraction_of_sequences) {
      plan.common =
          share(AnomalyType::sequence_value_too_large_fraction, "Too many sequences with a token",
                "most", *wanted.max_fraction_of_sequences, Tolerance::most_share);
    }
    return plan;
  }

  const Schema& schema_;
  std::optional<std::string_view> environment_;
  FaultTable& faults_;
};

template <class Part>
bool is_live(const Part& feature) {
  if constexpr (requires { feature.deprecated; }) {
    if (feature.deprecated.value_or(false)) return false;
  }
  return !feature.lifecycle_stage || !is_deprecated(*feature.lifecycle_stage);
}

}  // namespace

RowPlan make_plan(const Schema& schema, std::optional<std::string_view> environment,
                  FaultTable& faults) {
  Planner planner(schema, environment, faults);
  RowPlan plan;
  plan.features = planner.features(schema.features, Path());
  for (const SparseFeature& feature : schema.sparse_features) {
    plan.collection_names.push_back(feature.name.value_or(""));
    if (is_live(feature)) plan.collections.push_back(planner.sparse(feature));
  }
  for (const WeightedFeature& feature : schema.weighted_features) {
    plan.collection_names.push_back(feature.name.value_or(""));
    if (is_live(feature)) plan.collections.push_back(planner.weighted(feature));
  }
  planner.sequences(schema.features, Path(), plan.sequences);
  if (const auto key = unique_key(schema); !key.empty()) plan.sequences.push_back(planner.key(key));
  for (const RowRule& rule : row_rules(schema)) plan.rules.push_back(planner.rule(rule));
  return plan;
}

}  // namespace zeroskew::detail
