#include "zeroskew/schema/feature_statistics.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "schema/profile_values.hpp"
#include "schema/weighted_values.hpp"
#include "zeroskew/stats/profile.hpp"

namespace zeroskew {
namespace {

DomainInfo domain_of(const Type& type) {
  if (type.kind == Kind::boolean) return BoolDomain();
  if (type.kind != Kind::date && type.kind != Kind::timestamp) return {};
  using Format = TimeDomain::IntegerFormat;
  switch (type.unit) {
    case TimeUnit::day:
      return TimeDomain{Format::unix_days};
    case TimeUnit::second:
      return TimeDomain{Format::unix_seconds};
    case TimeUnit::millisecond:
      return TimeDomain{Format::unix_milliseconds};
    case TimeUnit::microsecond:
      return TimeDomain{Format::unix_microseconds};
    case TimeUnit::nanosecond:
      return TimeDomain{Format::unix_nanoseconds};
    case TimeUnit::none:
      break;
  }
  return {};
}

Valency valency_of(const ColumnProfile& column) {
  Valency level{static_cast<double>(column.count()), static_cast<double>(column.missing()), 0, 0};
  if (column.count() == 0) return level;
  const bool list = column.type().kind == Kind::list;
  level.min_values = list ? column.length()->min() : 1.0;
  level.max_values = list ? column.length()->max() : 1.0;
  return level;
}

FeatureStatistics statistics_of(Path path, const ColumnProfile& column) {
  FeatureStatistics result;
  result.path = std::move(path);
  result.levels.push_back(valency_of(column));
  const ColumnProfile* cells = &column;
  while (cells->type().kind == Kind::list) {
    cells = &cells->children().front().profile;
    if (cells->type().kind == Kind::list) result.levels.push_back(valency_of(*cells));
  }
  result.type = detail::statistics_type(cells->type().kind);
  result.natural_domain = domain_of(cells->type());
  if (const NumberStats* numbers = cells->numbers()) {
    result.numbers = {cells->min_value(), cells->max_value(), static_cast<double>(numbers->nan())};
    if (cells->type().kind == Kind::boolean) {
      for (Value* end : {&result.numbers->min, &result.numbers->max}) {
        if (const bool* truth = std::get_if<bool>(end)) *end = std::int64_t{*truth ? 1 : 0};
      }
    }
  }
  if (const TextStats* text = cells->text()) {
    result.invalid_utf8 = static_cast<double>(text->invalid_utf8());
    if (text->lengths().any()) result.max_bytes = text->lengths().max();
  }
  if (cells->values() != nullptr) {
    result.unique = cells->distinct();
    result.values = std::make_shared<detail::ProfileValues>(*cells);
  }
  if (result.type == StatisticsType::structure) {
    for (const ColumnProfile::Child& child : cells->children()) {
      result.children.push_back(statistics_of(result.path.child(child.name), child.profile));
    }
  }
  return result;
}

void count_by_weight(FeatureStatistics& feature, const ColumnProfile& column,
                     const WeightedStats& weights) {
  feature.levels.front().present = weights.count();
  feature.levels.front().missing = weights.missing();
  if (feature.values && column.type().kind != Kind::list) {
    feature.values = std::make_shared<detail::WeightedValues>(column, weights);
  }
}

}  // namespace

FeatureStatistics::FeatureStatistics() = default;
FeatureStatistics::FeatureStatistics(const FeatureStatistics&) = default;
FeatureStatistics::FeatureStatistics(FeatureStatistics&&) noexcept = default;
FeatureStatistics& FeatureStatistics::operator=(const FeatureStatistics&) = default;
FeatureStatistics& FeatureStatistics::operator=(FeatureStatistics&&) noexcept = default;
FeatureStatistics::~FeatureStatistics() = default;

DatasetStatistics::DatasetStatistics(double num_examples, std::vector<FeatureStatistics> features,
                                     bool weighted)
    : num_examples_(num_examples), weighted_(weighted), features_(std::move(features)) {
  by_name_.resize(features_.size());
  for (std::uint32_t i = 0; i < by_name_.size(); ++i) by_name_[i] = i;
  std::sort(by_name_.begin(), by_name_.end(), [this](std::uint32_t a, std::uint32_t b) {
    return features_[a].path < features_[b].path;
  });
}

DatasetStatistics DatasetStatistics::of_profile(const Profile& profile) {
  std::vector<FeatureStatistics> features;
  const std::vector<std::string> names = profile.columns();
  features.reserve(names.size());
  const double weight = profile.weighted_rows().value_or(0.0);
  for (const std::string& name : names) {
    const ColumnProfile& column = *profile.find(name);
    FeatureStatistics& made = features.emplace_back(statistics_of(Path({name}), column));
    if (weight > 0.0) count_by_weight(made, column, *profile.weighted(name));
  }
  return {weight > 0.0 ? weight : static_cast<double>(profile.rows()), std::move(features),
          weight > 0.0};
}

const FeatureStatistics* DatasetStatistics::find(const Path& path) const noexcept {
  if (path.empty()) return nullptr;
  const auto at = std::lower_bound(by_name_.begin(), by_name_.end(), path.step.front(),
                                   [this](std::uint32_t i, const std::string& name) {
                                     return features_[i].path.step.front() < name;
                                   });
  if (at == by_name_.end() || features_[*at].path.step.front() != path.step.front()) return nullptr;
  const FeatureStatistics* found = &features_[*at];
  for (std::size_t i = 1; i < path.step.size(); ++i) {
    const auto child = std::find_if(
        found->children.begin(), found->children.end(),
        [&](const FeatureStatistics& c) { return c.path.step.back() == path.step[i]; });
    if (child == found->children.end()) return nullptr;
    found = &*child;
  }
  return found;
}

}  // namespace zeroskew
