// Are the strings among those that the schema lists?

#include <algorithm>

#include "schema/checks/check.hpp"
#include "schema/checks/predicates.hpp"
#include "zeroskew/detail/format.hpp"

namespace zeroskew::detail {
namespace {

// Everybody who refers to the domain loses it, and the schema does.
Fix drop_shared_domain(const Schema& schema, const std::string& name, const Path& except) {
  Fix fix;
  for (const Path& path : schema.paths()) {
    const Feature* feature = schema.find(path);
    const auto* reference = feature->domain<DomainReference>();
    if (reference == nullptr || reference->name != name || path == except) continue;
    Feature without = *feature;
    without.domain_info = std::monostate();
    without.distribution_constraints.reset();
    fix += fix_between(path, *feature, without);
  }
  fix.edits.push_back(
      {Fix::Edit::Target::string_domain, Fix::Edit::Action::set, Path({name}), {}, {}});
  return fix;
}

std::string list_of(const std::vector<Label>& labels, double total) {
  constexpr std::size_t most = 10;
  std::string text;
  for (std::size_t i = 0; i < std::min(labels.size(), most); ++i) {
    text += (i == 0 ? "" : ", ") + in_quotes(labels[i].name) + " (" +
            (labels[i].lo == labels[i].hi ? "" : "about ") + share_text(labels[i].mass / total) +
            ")";
  }
  if (labels.size() > most) text += " and " + std::to_string(labels.size() - most) + " more";
  return text;
}

void check_invalid_utf8(FeatureCheck& c) {
  const auto* reference = c.feature.domain<DomainReference>();
  Fix more;
  if (reference != nullptr) {
    more = drop_shared_domain(c.run().schema, reference->name, c.data.path);
  }
  c.report(
      AnomalyType::enum_type_invalid_utf8, "Strings are not UTF-8",
      count_text(c.data.invalid_utf8) +
          " values are not valid UTF-8, so that no string domain can list them.",
      [&] { c.clear_domain(); }, more);
}

}  // namespace

void check_string_domain(FeatureCheck& c) {
  if (!c.string_domain || c.data.type != StatisticsType::string || !c.data.values) return;
  if (c.data.invalid_utf8 > 0.0) {
    check_invalid_utf8(c);
    return;
  }
  const double total = c.data.values->total();
  // What is certainly outside; with very many different values it may be more.
  const double outside = total - c.data.values->mass_of(c.string_domain->value).hi;
  const double mass =
      c.feature.distribution_constraints ? c.feature.distribution_constraints->mass() : 1.0;
  if (!exceeds_mass(outside, total, mass)) return;

  const std::set<std::string_view> known(c.string_domain->value.begin(),
                                         c.string_domain->value.end());
  const Distribution labels = c.data.values->labels().value_or(Distribution());
  std::vector<Label> others;
  for (const Label& label : labels.labels) {
    if (!known.contains(label.name)) others.push_back(label);
  }
  std::string message = "Expected ";
  message += mass < 1.0 ? "a share of at least " + shortest(mass) + " of the values"
                        : std::string("all values");
  message += " to be among the " + std::to_string(known.size()) + " of the domain, but " +
             count_text(outside) + " of " + count_text(total) + " are not (" +
             share_text(outside / total) + ")";
  const bool listable = c.data.values->named() && labels.unnamed <= 0.0;
  if (c.data.values->named() && !others.empty()) message += ": " + list_of(others, total);
  message += listable ? "." : ". There are too many or too long ones to list them all.";
  c.report(AnomalyType::enum_type_unexpected_string_values, "Unexpected string values", message,
           [&] {
             if (!listable) return c.clear_domain();
             for (const Label& label : others) c.string_domain->value.push_back(label.name);
           });
}

}  // namespace zeroskew::detail
