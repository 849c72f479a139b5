// Every check, in the order in which they look at a feature.

#include <array>
#include <vector>

#include "schema/checks/check.hpp"

namespace zeroskew {
namespace detail {
namespace {

using enum AnomalyType;

constexpr AnomalyType kSize[] = {dataset_low_num_examples, dataset_high_num_examples,
                                 comparator_low_num_examples, comparator_high_num_examples};
constexpr AnomalyType kMissing[] = {schema_missing_column};
constexpr AnomalyType kNew[] = {schema_new_column};
constexpr AnomalyType kName[] = {feature_missing_name};
constexpr AnomalyType kDeclaredType[] = {feature_missing_type};
constexpr AnomalyType kSpecification[] = {invalid_schema_specification};
constexpr AnomalyType kDomainForType[] = {domain_invalid_for_type};
constexpr AnomalyType kDomainItself[] = {invalid_domain_specification};
constexpr AnomalyType kBoolConfig[] = {bool_type_invalid_config};
constexpr AnomalyType kAbsence[] = {feature_type_not_present};
constexpr AnomalyType kValueCounts[] = {value_nestedness_mismatch, feature_type_low_number_values,
                                        feature_type_high_number_values};
constexpr AnomalyType kShape[] = {invalid_feature_shape};
constexpr AnomalyType kPresence[] = {feature_type_low_number_present,
                                     feature_type_low_fraction_present};
constexpr AnomalyType kType[] = {unexpected_data_type};
constexpr AnomalyType kDetected[] = {semantic_domain_update};
constexpr AnomalyType kString[] = {enum_type_invalid_utf8, enum_type_unexpected_string_values};
constexpr AnomalyType kBool[] = {bool_type_small_int, bool_type_big_int, bool_type_unexpected_float,
                                 bool_type_unexpected_string};
constexpr AnomalyType kInt[] = {int_type_not_int_string, int_type_small_int, int_type_big_int};
constexpr AnomalyType kFloat[] = {float_type_string_not_float, float_type_small_float,
                                  float_type_big_float, float_type_has_nan, float_type_has_inf};
constexpr AnomalyType kCollision[] = {sparse_feature_name_collision,
                                      weighted_feature_name_collision};
constexpr AnomalyType kSparse[] = {sparse_feature_missing_value, sparse_feature_missing_index,
                                   sparse_feature_length_mismatch};
constexpr AnomalyType kWeighted[] = {weighted_feature_missing_value,
                                     weighted_feature_missing_weight,
                                     weighted_feature_length_mismatch};
constexpr AnomalyType kLanguage[] = {stats_not_available,
                                     feature_coverage_too_low,
                                     feature_coverage_too_short_avg_token_length,
                                     sequence_value_too_few_occurrences,
                                     sequence_value_too_many_occurrences,
                                     sequence_value_too_small_fraction,
                                     sequence_value_too_large_fraction,
                                     feature_type_low_number_values,
                                     feature_type_high_number_values};
constexpr AnomalyType kImage[] = {low_supported_image_fraction, max_image_byte_size_exceeded};
constexpr AnomalyType kUnique[] = {feature_type_no_unique, feature_type_low_unique,
                                   feature_type_high_unique};
constexpr AnomalyType kRules[] = {custom_validation, stats_not_available,
                                  invalid_schema_specification};
constexpr AnomalyType kComparator[] = {comparator_l_infty_high,
                                       comparator_normalized_absolute_difference_high,
                                       comparator_jensen_shannon_divergence_high,
                                       comparator_control_data_missing,
                                       stats_not_available,
                                       invalid_schema_specification};
constexpr AnomalyType kDerived[] = {derived_feature_bad_lifecycle, derived_feature_invalid_source};

constexpr Check kChecks[] = {
    {{"dataset_size", kSize,
      "The number of examples is within min_examples_count and max_examples_count, and its ratio to"
      " the previous span's and version's within their thresholds."},
     nullptr,
     check_dataset_size},
    {{"name_collisions", kCollision,
      "No sparse or weighted feature has the name of another feature."},
     nullptr,
     check_name_collisions},
    {{"missing_column", kMissing, "Every feature that is required has a column."}},
    {{"new_column", kNew, "Every column has a feature."}},
    {{"sparse", kSparse, "Every example of a sparse feature has as many values as indices."}},
    {{"weighted", kWeighted, "Every example of a weighted feature has as many values as weights."}},
    {{"name", kName, "Every feature has a name."}, check_name},
    {{"declared_type", kDeclaredType, "Every feature has a type."}, check_declared_type},
    {{"declared_bounds", kSpecification,
      "min_fraction, value counts and shapes are possible ones."},
     check_declared_bounds},
    {{"distribution_constraints", kSpecification,
      "distribution_constraints stand beside a string domain."},
     check_distribution_constraints},
    {{"domain_for_type", kDomainForType, "The domain fits the feature's type and its data."},
     check_domain_for_type},
    {{"domain_itself", kDomainItself,
      "The domain exists, lists every value once, has room between its bounds, and tells true from"
      " false."},
     check_domain_itself},
    {{"bool_config", kBoolConfig,
      "A bool_domain has words for true and false where the values are text, and only there."},
     check_bool_config},
    {{"absence", kAbsence, "A required feature is not empty."}, check_absence},
    {{"environment", kNew, "The feature belongs to the environment where it occurs."},
     check_environment},
    {{"value_counts", kValueCounts, "As many values as value_count or value_counts allow."},
     check_value_counts},
    {{"shape", kShape, "As many values as the shape has, in every example."}, check_shape},
    {{"presence", kPresence, "As many examples hold the feature as presence demands."},
     check_presence},
    {{"type", kType, "The data is of the declared type."}, check_type},
    {{"detected_domain", kDetected, "A domain that was detected is declared."},
     check_detected_domain},
    {{"string_domain", kString, "The strings are in the domain, up to min_domain_mass."},
     check_string_domain},
    {{"bool_domain", kBool, "The values are only true and false."}, check_bool_domain},
    {{"int_domain", kInt, "Integers, or strings that stand for them, are within min and max."},
     check_int_domain},
    {{"float_domain", kFloat,
      "Numbers, or strings that stand for them, are within min and max, and finite where they must"
      " be."},
     check_float_domain},
    {{"natural_language", kLanguage,
      "Tokens are in the vocabulary, long enough, and as frequent as token_constraints allow;"
      " sequences are as long as they may be."},
     check_natural_language},
    {{"image", kImage,
      "Enough images are of a supported format, and none is larger than max_image_byte_size."},
     check_image},
    {{"unique", kUnique, "As many different values as unique_constraints allow."}, check_unique},
    {{"rules", kRules,
      "Patterns, formats, lengths, values, statistics, uniqueness and age are as the feature's own"
      " rules say."},
     check_rules},
    {{"drift", kComparator,
      "The values are no further from the previous data's than drift_comparator allows."},
     check_drift},
    {{"skew", kComparator,
      "The values are no further apart in training and serving than skew_comparator allows."},
     check_skew},
    {{"derived", kDerived, "Derived features have a source and the stage VALIDATION_DERIVED."},
     check_derived},
};

}  // namespace

std::span<const Check> check_table() noexcept {
  return kChecks;
}

}  // namespace detail

std::span<const CheckInfo> checks() noexcept {
  static const std::vector<CheckInfo> infos = [] {
    std::vector<CheckInfo> all;
    for (const detail::Check& check : detail::check_table()) all.push_back(check.info);
    return all;
  }();
  return infos;
}

}  // namespace zeroskew
