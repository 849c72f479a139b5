// Does the schema itself make sense?

#include <algorithm>
#include <array>
#include <cmath>

#include "schema/checks/check.hpp"
#include "zeroskew/detail/format.hpp"

namespace zeroskew::detail {
namespace {

void check_bounds(FeatureCheck& c, const std::string& name, ValueCountBounds bounds, auto member) {
  if (bounds.min && *bounds.min < 0) {
    c.report(AnomalyType::invalid_schema_specification, "Negative minimum",
             name + ".min is " + std::to_string(*bounds.min) + ", but a count cannot be negative.",
             [&] { member().min.reset(); });
    bounds.min.reset();
  }
  if (bounds.max && *bounds.max < bounds.min.value_or(0)) {
    c.report(AnomalyType::invalid_schema_specification, "Maximum below minimum",
             name + ".max is " + std::to_string(*bounds.max) + ", below the minimum " +
                 std::to_string(bounds.min.value_or(0)) + ".",
             [&] { member().max = bounds.min.value_or(0); });
  }
}

// By index of DomainInfo.
constexpr std::array<std::string_view, 16> kDomains = {"no domain",
                                                       "domain",
                                                       "int_domain",
                                                       "float_domain",
                                                       "string_domain",
                                                       "bool_domain",
                                                       "natural_language_domain",
                                                       "image_domain",
                                                       "mid_domain",
                                                       "url_domain",
                                                       "time_domain",
                                                       "struct_domain",
                                                       "time_of_day_domain",
                                                       "audio_domain",
                                                       "video_domain",
                                                       "content_chunk_domain"};
static_assert(std::variant_size_v<DomainInfo> == kDomains.size());

std::string domain_name(const Feature& feature) {
  return std::string(kDomains[feature.domain_info.index()]);
}

// A shared domain is mended once, by the first feature that refers to it.
void check_repeats(FeatureCheck& c) {
  if (!c.string_domain) return;
  std::set<std::string_view> seen;
  const std::string* twice = nullptr;
  for (const std::string& value : c.string_domain->value) {
    if (!seen.insert(value).second && twice == nullptr) twice = &value;
  }
  if (twice == nullptr) return;
  const auto mend = [&] {
    std::set<std::string> kept;
    std::erase_if(c.string_domain->value,
                  [&](const std::string& value) { return !kept.insert(value).second; });
  };
  const bool shared = c.feature.domain<DomainReference>() != nullptr;
  if (shared && !c.run().mended_domains.insert(c.string_domain->name.value_or("")).second) {
    mend();
    return;
  }
  const std::string message = "The string domain lists " + in_quotes(*twice) + " more than once.";
  c.report(AnomalyType::invalid_domain_specification, "A value stands twice", message, mend);
}

}  // namespace

bool domain_allows(const DomainInfo& domain, FeatureType type) noexcept {
  const auto is = [&](auto... types) { return ((type == types) || ...); };
  using enum FeatureType;
  switch (domain.index()) {
    case 1:  // domain
    case 4:  // string
    case 7:  // image
    case 8:  // mid
    case 9:  // url
      return is(bytes);
    case 2:  // int
      return is(integer, bytes);
    case 3:  // float
      return is(floating, bytes);
    case 5:  // bool
      return is(integer, bytes, floating);
    case 6:   // natural language
    case 10:  // time
      return is(bytes, integer);
    case 11:  // struct
      return is(structure);
    default:
      return true;
  }
}

FeatureType declared_type(const Feature& feature) noexcept {
  const FeatureType type = feature.type.value_or(FeatureType::unknown);
  if (type != FeatureType::unknown) return type;
  const bool text = feature.domain<DomainReference>() || feature.domain<StringDomain>();
  return text ? FeatureType::bytes : FeatureType::unknown;
}

void check_name(FeatureCheck& c) {
  if (c.feature.name) return;
  c.done = true;
  c.report(AnomalyType::feature_missing_name, "Feature without a name",
           "The feature has no name. Find out the name rather than drop the feature.",
           [&] { c.deprecate(); });
}

void check_declared_type(FeatureCheck& c) {
  if (c.feature.type.value_or(FeatureType::unknown) != FeatureType::unknown) return;
  if (declared_type(c.feature) == FeatureType::bytes) {
    c.report(AnomalyType::feature_missing_type, "Feature without a type",
             "The feature has no type; because of its " + domain_name(c.feature) +
                 " it is taken for BYTES.",
             [&] { c.feature.type = FeatureType::bytes; });
    return;
  }
  c.done = true;
  c.report(AnomalyType::feature_missing_type, "Feature without a type",
           "The feature has no type. Set it rather than drop the feature.", [&] { c.deprecate(); });
}

void check_declared_bounds(FeatureCheck& c) {
  if (auto* presence = std::get_if<FeaturePresence>(&c.feature.presence_constraints)) {
    const double fraction = presence->min_fraction.value_or(0.0);
    if (!(fraction >= 0.0)) {
      c.report(AnomalyType::invalid_schema_specification, "Share below 0",
               "presence.min_fraction is " + shortest(fraction) + ", but a share is at least 0.",
               [&] { presence->min_fraction.reset(); });
    } else if (fraction > 1.0) {
      c.report(AnomalyType::invalid_schema_specification, "Share above 1",
               "presence.min_fraction is " + shortest(fraction) + ", but a share is at most 1.",
               [&] { presence->min_fraction = 1.0; });
    }
  }
  if (const ValueCountBounds* bounds = c.feature.value_count()) {
    check_bounds(c, "value_count", *bounds, [&]() -> ValueCountBounds& {
      return std::get<ValueCountBounds>(c.feature.shape_type);
    });
  }
  if (const ValueCountList* list = c.feature.value_counts()) {
    for (std::size_t i = 0; i < list->value_count.size(); ++i) {
      check_bounds(c, "value_counts, level " + std::to_string(i + 1), list->value_count[i],
                   [&]() -> ValueCountBounds& {
                     return std::get<ValueCountList>(c.feature.shape_type).value_count[i];
                   });
    }
  }
  if (auto& unique = c.feature.unique_constraints;
      unique && unique->min && unique->max && *unique->max < *unique->min) {
    c.report(AnomalyType::invalid_schema_specification, "Maximum below minimum",
             "unique_constraints.max is " + std::to_string(*unique->max) + ", below the minimum " +
                 std::to_string(*unique->min) + ".",
             [&] { unique->max = unique->min; });
  }
  if (const FixedShape* shape = c.feature.shape()) {
    const auto& dims = shape->dim;
    if (std::any_of(dims.begin(), dims.end(),
                    [](const auto& d) { return d.size.value_or(0) <= 0; })) {
      c.report(AnomalyType::invalid_schema_specification, "Dimension without a size",
               "Every dimension of a shape must have a size of at least 1.",
               [&] { c.feature.shape_type = std::monostate(); });
    }
  }
}

void check_distribution_constraints(FeatureCheck& c) {
  if (!c.feature.distribution_constraints) return;
  if (c.feature.domain<DomainReference>() || c.feature.domain<StringDomain>()) return;
  c.report(AnomalyType::invalid_schema_specification, "Distribution constraints without strings",
           "distribution_constraints need a domain or string_domain, but the feature has " +
               domain_name(c.feature) + ".",
           [&] { c.feature.distribution_constraints.reset(); });
}

void check_domain_for_type(FeatureCheck& c) {
  const auto clear = [&] { c.clear_domain(); };
  if (!domain_allows(c.feature.domain_info, *c.feature.type)) {
    c.report(AnomalyType::domain_invalid_for_type, "Domain of another type",
             "The feature is of type " + std::string(to_string(*c.feature.type)) +
                 ", which cannot have a " + domain_name(c.feature) + ".",
             clear);
  }
  const std::size_t index = c.feature.domain_info.index();
  const bool fits_bytes = index == 0 || index == 6 || index == 7 || index == 9;
  if (c.data.type == StatisticsType::bytes && !fits_bytes) {
    c.report(AnomalyType::domain_invalid_for_type, "Domain for text on bytes",
             "The data is bytes, whose values a " + domain_name(c.feature) + " cannot describe.",
             clear);
  }
  if (c.feature.domain<IntDomain>() != nullptr && c.data.type == StatisticsType::integer &&
      c.data.numbers && std::holds_alternative<std::uint64_t>(c.data.numbers->max) &&
      std::get<std::uint64_t>(c.data.numbers->max) > std::uint64_t{INT64_MAX}) {
    c.report(AnomalyType::domain_invalid_for_type, "Integer beyond 64 bits",
             "The data holds " + to_string(c.data.numbers->max) +
                 ", which is more than an int_domain can state (2^63 - 1).",
             clear);
  }
}

namespace {

// A minimum above the maximum: nothing can be within.
template <class Domain>
void check_order(FeatureCheck& c, auto shown) {
  auto* domain = c.feature.domain<Domain>();
  if (domain == nullptr || !domain->min || !domain->max || !(*domain->min > *domain->max)) return;
  c.report(AnomalyType::invalid_domain_specification, "No number is within the domain",
           "The " + domain_name(c.feature) + " has the minimum " + shown(*domain->min) +
               ", which is above its maximum " + shown(*domain->max) + ".",
           [&] {
             domain->min.reset();
             domain->max.reset();
           });
}

}  // namespace

void check_domain_itself(FeatureCheck& c) {
  check_order<IntDomain>(c, [](std::int64_t bound) { return std::to_string(bound); });
  check_order<FloatDomain>(c, [](float bound) { return shortest(static_cast<double>(bound)); });
  if (const auto* reference = c.feature.domain<DomainReference>(); reference && !c.string_domain) {
    c.report(AnomalyType::invalid_domain_specification, "Unknown domain",
             "The schema has no string domain " + in_quotes(reference->name) + ".",
             [&] { c.clear_domain(); });
  }
  if (const auto* domain = c.feature.domain<BoolDomain>();
      domain && domain->true_value && domain->true_value == domain->false_value) {
    c.report(AnomalyType::invalid_domain_specification, "One word for true and false",
             "true_value and false_value are both " + in_quotes(*domain->true_value) + ".",
             [&] { c.feature.domain<BoolDomain>()->false_value.reset(); });
  }
  check_repeats(c);
}

void check_bool_config(FeatureCheck& c) {
  auto* domain = c.feature.domain<BoolDomain>();
  if (domain == nullptr) return;
  const bool words = domain->true_value || domain->false_value;
  if (c.feature.type != FeatureType::bytes && words) {
    c.report(AnomalyType::bool_type_invalid_config, "Words for true and false on numbers",
             "true_value and false_value are for text, but the feature is of type " +
                 std::string(to_string(*c.feature.type)) + ".",
             [&] {
               domain->true_value.reset();
               domain->false_value.reset();
             });
  } else if (c.feature.type == FeatureType::bytes && !words) {
    c.report(AnomalyType::bool_type_invalid_config, "No words for true and false",
             "The bool_domain of text must say what stands for true or for false.",
             [&] { c.clear_domain(); });
  }
}

}  // namespace zeroskew::detail
