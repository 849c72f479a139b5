#pragma once
// Which member of which type is which field: one line each, read in both directions.
//
// A visitor `v` is called with (field number, member); `v.one_of(variant, numbers...)` gives the
// numbers of the alternatives after the empty one; `v.implicit` is for fields without presence;
// `v.rest` takes every field that no line names.

#include <concepts>
#include <type_traits>

#include "zeroskew/schema/schema.hpp"

namespace zeroskew::detail {

template <class T, class U>
concept Is = std::same_as<std::remove_const_t<T>, U>;

void bind(auto& v, Is<Path> auto& m) {
  v(1, m.step);
}

void bind(auto& v, Is<FeaturePresence> auto& m) {
  v(1, m.min_fraction);
  v(2, m.min_count);
}
void bind(auto& v, Is<FeaturePresenceWithinGroup> auto& m) {
  v(1, m.required);
}

void bind(auto& v, Is<FixedShape::Dim> auto& m) {
  v(1, m.size);
  v(2, m.name);
}
void bind(auto& v, Is<FixedShape> auto& m) {
  v(2, m.dim);
}
void bind(auto& v, Is<ValueCountBounds> auto& m) {
  v(1, m.min);
  v(2, m.max);
}
void bind(auto& v, Is<ValueCountList> auto& m) {
  v(1, m.value_count);
}

void bind(auto& v, Is<IntDomain> auto& m) {
  v(1, m.name);
  v(3, m.min);
  v(4, m.max);
  v(5, m.is_categorical);
}
void bind(auto& v, Is<FloatDomain> auto& m) {
  v(1, m.name);
  v(3, m.min);
  v(4, m.max);
  v(5, m.disallow_nan);
  v(6, m.disallow_inf);
  v(7, m.is_embedding);
  v(8, m.is_categorical);
  v(9, m.embedding_dim);
  v(10, m.embedding_type);
}
void bind(auto& v, Is<StringDomain> auto& m) {
  v(1, m.name);
  v(2, m.value);
  v(3, m.is_categorical);
}
void bind(auto& v, Is<BoolDomain> auto& m) {
  v(1, m.name);
  v(2, m.true_value);
  v(3, m.false_value);
}
void bind(auto& v, Is<StructDomain> auto& m) {
  v(1, m.feature);
  v(2, m.sparse_feature);
}
void bind(auto& v, Is<TimeDomain> auto& m) {
  v.one_of(m.format, 1, 2);
}
void bind(auto& v, Is<TimeOfDayDomain> auto& m) {
  v.one_of(m.format, 1, 2);
}
void bind(auto& v, Is<ImageDomain> auto& m) {
  v(1, m.minimum_supported_image_fraction);
  v(2, m.max_image_byte_size);
}
void bind(auto&, Is<MidDomain> auto&) {}
void bind(auto&, Is<UrlDomain> auto&) {}
void bind(auto&, Is<AudioDomain> auto&) {}
void bind(auto&, Is<VideoDomain> auto&) {}
void bind(auto&, Is<ContentChunkDomain> auto&) {}

void bind(auto& v, Is<FeatureCoverageConstraints> auto& m) {
  v(1, m.min_coverage);
  v(2, m.min_avg_token_length);
  v(3, m.excluded_string_tokens);
  v(4, m.excluded_int_tokens);
  v(5, m.oov_string_tokens);
}
void bind(auto& v, Is<SequenceValueConstraints> auto& m) {
  v.one_of(m.value, 1, 2);
  v(3, m.min_per_sequence);
  v(4, m.max_per_sequence);
  v(5, m.min_fraction_of_sequences);
  v(6, m.max_fraction_of_sequences);
}
void bind(auto& v, Is<SequenceLengthConstraints> auto& m) {
  v(1, m.excluded_int_value);
  v(2, m.excluded_string_value);
  v(3, m.min_sequence_length);
  v(4, m.max_sequence_length);
}
void bind(auto& v, Is<NaturalLanguageDomain> auto& m) {
  v(1, m.vocabulary);
  v(2, m.coverage);
  v(3, m.token_constraints);
  v(5, m.sequence_length_constraints);
}

void bind(auto& v, Is<InfinityNorm> auto& m) {
  v(1, m.threshold);
}
void bind(auto& v, Is<JensenShannonDivergence::HistogramSelection> auto& m) {
  v(1, m.type);
}
void bind(auto& v, Is<JensenShannonDivergence> auto& m) {
  v(1, m.threshold);
  v(2, m.source);
}
void bind(auto& v, Is<NormalizedAbsoluteDifference> auto& m) {
  v(1, m.threshold);
}
void bind(auto& v, Is<FeatureComparator> auto& m) {
  v(1, m.infinity_norm);
  v(2, m.jensen_shannon_divergence);
  v(3, m.normalized_abs_difference);
}

void bind(auto& v, Is<DistributionConstraints> auto& m) {
  v(1, m.min_domain_mass);
}
void bind(auto& v, Is<UniqueConstraints> auto& m) {
  v(1, m.min);
  v(2, m.max);
}
void bind(auto& v, Is<NumericValueComparator> auto& m) {
  v(1, m.min_fraction_threshold);
  v(2, m.max_fraction_threshold);
}
void bind(auto& v, Is<DatasetConstraints> auto& m) {
  v(1, m.num_examples_drift_comparator);
  v(2, m.num_examples_version_comparator);
  v(3, m.min_examples_count);
  v(4, m.max_examples_count);
}

void bind(auto& v, Is<DerivedFeatureSource> auto& m) {
  v.implicit(1, m.deriver_name);
  v.implicit(2, m.description);
  v(3, m.source_path);
  v.implicit(4, m.declaratively_configured);
  v.rest(m.carried);
}
void bind(auto& v, Is<SparseFeature::Part> auto& m) {
  v(1, m.name);
}
void bind(auto& v, Is<SparseFeature> auto& m) {
  v(1, m.name);
  v(2, m.deprecated);
  v(4, m.presence);
  v(5, m.dense_shape);
  v(6, m.index_feature);
  v(7, m.lifecycle_stage);
  v(8, m.is_sorted);
  v(9, m.value_feature);
  v(10, m.type);
}
void bind(auto& v, Is<WeightedFeature> auto& m) {
  v(1, m.name);
  v(2, m.feature);
  v(3, m.weight_feature);
  v(4, m.lifecycle_stage);
}

void bind(auto& v, Is<Annotation> auto& m) {
  v(1, m.tag);
  v(2, m.comment);
  v(3, m.extra_metadata);
  v.extension(3, m.extension);
}

void bind(auto& v, Is<Feature> auto& m) {
  v(1, m.name);
  v(2, m.deprecated);
  v.one_of(m.shape_type, 23, 5, 32);
  v(6, m.type);
  v.one_of(m.domain_info, 7, 9, 10, 11, 13, 24, 25, 26, 27, 28, 29, 30, 36, 37, 38);
  v.one_of(m.presence_constraints, 14, 17);
  v(15, m.distribution_constraints);
  v(16, m.annotation);
  v(18, m.skew_comparator);
  v(19, m.not_in_environment);
  v(20, m.in_environment);
  v(21, m.drift_comparator);
  v(22, m.lifecycle_stage);
  v(31, m.unique_constraints);
  v(34, m.validation_derived_source);
  v.rest(m.carried);
}

void bind(auto& v, Is<Schema> auto& m) {
  v(1, m.features);
  v(4, m.string_domains);
  v(5, m.default_environment);
  v(6, m.sparse_features);
  v(8, m.annotation);
  v(9, m.float_domains);
  v(10, m.int_domains);
  v(11, m.dataset_constraints);
  v(12, m.weighted_features);
  v(14, m.represent_variable_length_as_ragged);
  v.rest(m.carried);
}

}  // namespace zeroskew::detail
