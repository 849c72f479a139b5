// How a check reports: the schema before and after its repair make the fix.

#include <utility>

#include "schema/checks/check.hpp"

namespace zeroskew::detail {

FeatureCheck::FeatureCheck(Run& run, const FeatureStatistics& statistics, const Feature& declared)
    : data(statistics), feature(declared), run_(run) {
  if (const StringDomain* domain = run.schema.string_domain(declared)) string_domain = *domain;
}

void FeatureCheck::report(AnomalyType type, std::string summary, std::string message, Repair repair,
                          const Fix& more, std::string rule) {
  const Feature before = feature;
  const std::optional<StringDomain> domain_before = string_domain;
  repair();
  Fix fix;
  if (string_domain && domain_before && string_domain != domain_before) {
    if (feature.domain<StringDomain>() != nullptr) {
      *feature.domain<StringDomain>() = *string_domain;
    } else {
      fix += fix_between(*domain_before, *string_domain);
    }
  }
  fix += fix_between(data.path, before, feature);
  fix += more;
  run_.report(data.path, type, std::move(summary), std::move(message), std::move(fix),
              std::move(rule));
}

void FeatureCheck::report_rule(std::string rule, std::string summary, std::string message,
                               Repair repair) {
  report(AnomalyType::custom_validation, std::move(summary), std::move(message), repair, {},
         std::move(rule));
}

void FeatureCheck::clear_domain() {
  feature.domain_info = std::monostate();
  feature.distribution_constraints.reset();
  string_domain.reset();
}

}  // namespace zeroskew::detail
