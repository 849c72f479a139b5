#include "zeroskew/schema/infer.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "schema/checks/numbers.hpp"
#include "schema/infer_feature.hpp"
#include "zeroskew/stats/profile.hpp"

namespace zeroskew {
namespace detail {
namespace {

std::int64_t whole(double count) noexcept {
  return whole_number(count);
}

std::optional<FixedShape> fixed_shape(const FeatureStatistics& data) {
  FixedShape shape;
  for (const Valency& level : data.levels) {
    const bool fixed = level.missing == 0.0 && level.min_values == level.max_values;
    if (!fixed || level.min_values <= 0.0) return std::nullopt;
    shape.dim.push_back({whole(level.min_values), {}});
  }
  return shape;
}

ValueCountBounds counts_of(const Valency& level) {
  ValueCountBounds bounds;
  if (level.min_values <= 0.0) return bounds;
  const bool same = level.min_values == level.max_values;
  bounds.min = same ? whole(level.min_values) : 1;
  if (same) bounds.max = whole(level.max_values);
  return bounds;
}

// At most one word for true and one for false, and nothing else.
std::optional<BoolDomain> bool_words(const Distribution& labels) {
  constexpr std::array<std::string_view, 5> yes = {"TRUE", "true", "SET", "set", "1"};
  constexpr std::array<std::string_view, 5> no = {"FALSE", "false", "CLEAR", "clear", "0"};
  if (labels.labels.empty() || labels.labels.size() > 2) return std::nullopt;
  BoolDomain domain;
  for (const Label& label : labels.labels) {
    const auto take = [&](const auto& words, std::optional<std::string>& value) {
      if (value || std::find(words.begin(), words.end(), label.name) == words.end()) return false;
      value = label.name;
      return true;
    };
    if (!take(yes, domain.true_value) && !take(no, domain.false_value)) return std::nullopt;
  }
  return domain;
}

std::string free_name(const Path& path, std::set<std::string>& names) {
  const std::string base = to_string(path);
  std::string name = base;
  for (int i = 2; !names.insert(name).second; ++i) name = base + std::to_string(i);
  return name;
}

bool is_bool_number(const FeatureStatistics& data) {
  if (!data.numbers) return false;
  const auto* min = std::get_if<std::int64_t>(&data.numbers->min);
  const auto* max = std::get_if<std::int64_t>(&data.numbers->max);
  return min != nullptr && max != nullptr && *min >= 0 && *max == 1;
}

void infer_string_domain(const FeatureStatistics& data, const InferOptions& options,
                         std::set<std::string>& names, InferredFeature& result) {
  // With more values than can be counted exactly it is not known which ones there are.
  if (data.invalid_utf8 > 0.0 || !data.unique || !data.unique->exact || !data.values->named()) {
    return;
  }
  const std::optional<Distribution> labels = data.values->labels();
  if (!labels || labels->labels.empty() || labels->unnamed > 0.0) return;
  if (auto words = bool_words(*labels)) {
    result.feature.domain_info = *words;
    return;
  }
  if (std::all_of(labels->labels.begin(), labels->labels.end(),
                  [](const Label& label) { return parse_integer(label.name).has_value(); })) {
    result.feature.domain_info = IntDomain();
    return;
  }
  if (labels->labels.size() > options.max_categories) return;
  StringDomain& domain = result.domains.emplace_back();
  domain.name = free_name(data.path, names);
  for (const Label& label : labels->labels) domain.value.push_back(label.name);
  result.feature.domain_info = DomainReference{*domain.name};
}

void infer_domain(const FeatureStatistics& data, const InferOptions& options,
                  std::set<std::string>& names, InferredFeature& result) {
  if (data.detected_domain.index() != 0) {
    result.feature.domain_info = data.detected_domain;
  } else if (data.natural_domain.index() != 0) {
    result.feature.domain_info = data.natural_domain;
  } else if (data.type == StatisticsType::integer) {
    if (is_bool_number(data)) result.feature.domain_info = BoolDomain();
  } else if (data.type == StatisticsType::string && data.values) {
    infer_string_domain(data, options, names, result);
  }
}

// A sparse or weighted feature, or nothing that has values: no column.
bool is_collection(const FeatureStatistics& data) noexcept {
  return data.levels.empty();
}

void infer_children(const FeatureStatistics& data, const InferOptions& options,
                    std::set<std::string>& names, InferredFeature& result) {
  StructDomain domain;
  for (const FeatureStatistics& child : data.children) {
    if (is_collection(child)) continue;
    InferredFeature inferred = infer_feature(child, options, names);
    domain.feature.push_back(std::move(inferred.feature));
    std::move(inferred.domains.begin(), inferred.domains.end(), std::back_inserter(result.domains));
  }
  result.feature.domain_info = std::move(domain);
}

}  // namespace

FeatureType feature_type(StatisticsType type) noexcept {
  switch (type) {
    case StatisticsType::integer:
      return FeatureType::integer;
    case StatisticsType::floating:
      return FeatureType::floating;
    case StatisticsType::structure:
      return FeatureType::structure;
    case StatisticsType::string:
    case StatisticsType::bytes:
    case StatisticsType::none:
      break;
  }
  return FeatureType::bytes;
}

ShapeType infer_counts(const FeatureStatistics& data) {
  if (data.levels.size() == 1) {
    const ValueCountBounds bounds = counts_of(data.levels.front());
    if (!bounds.min) return {};
    return bounds;
  }
  ValueCountList list;
  for (const Valency& level : data.levels) list.value_count.push_back(counts_of(level));
  return list;
}

InferredFeature infer_feature(const FeatureStatistics& data, const InferOptions& options,
                              std::set<std::string>& names) {
  InferredFeature result;
  Feature& feature = result.feature;
  feature.name = data.path.step.back();
  feature.type = feature_type(data.type);
  const bool structure = data.type == StatisticsType::structure;
  if (structure) infer_children(data, options, names, result);
  FeaturePresence presence;
  presence.min_count = data.present() < 1.0 ? 0 : 1;
  if (data.present() > 0.0 && data.missing() == 0.0) presence.min_fraction = 1.0;
  feature.presence_constraints = presence;
  if (data.present() <= 0.0) return result;
  std::optional<FixedShape> shape;
  if (options.infer_shape && !structure) shape = fixed_shape(data);
  feature.shape_type = shape ? ShapeType(*shape) : infer_counts(data);
  if (data.derived_source) {
    feature.validation_derived_source = data.derived_source;
    feature.lifecycle_stage = LifecycleStage::validation_derived;
  }
  if (!structure) infer_domain(data, options, names, result);
  return result;
}

}  // namespace detail

Schema infer_schema(const DatasetStatistics& data, const InferOptions& options) {
  Schema schema;
  std::set<std::string> names;
  for (const FeatureStatistics& feature : data.features()) {
    if (detail::is_collection(feature)) continue;
    detail::InferredFeature inferred = detail::infer_feature(feature, options, names);
    schema.features.push_back(std::move(inferred.feature));
    std::move(inferred.domains.begin(), inferred.domains.end(),
              std::back_inserter(schema.string_domains));
  }
  return schema;
}

Schema infer_schema(const Profile& profile, const InferOptions& options) {
  return infer_schema(DatasetStatistics::of_profile(profile), options);
}

}  // namespace zeroskew
