// Is the feature there, as often as it must be, and where it may be?

#include "schema/checks/check.hpp"
#include "schema/checks/predicates.hpp"
#include "zeroskew/detail/format.hpp"

namespace zeroskew::detail {

void check_absence(FeatureCheck& c) {
  if (c.data.present() > 0.0) return;
  c.done = true;  // there is nothing to look at
  if (!c.run().schema.required(c.feature, c.run().environment())) return;
  c.report(AnomalyType::feature_type_not_present, "Column is empty",
           "The feature is required, but none of the " + count_text(c.data.missing()) +
               " examples holds it.",
           [&] { c.deprecate(); });
}

void check_environment(FeatureCheck& c) {
  const auto environment = c.run().environment();
  if (c.run().schema.in_environment(c.feature, environment)) return;
  const std::string name(*environment);
  c.report(AnomalyType::schema_new_column, "Unexpected in this environment",
           "The feature does not belong to the environment " + in_quotes(name) + ", but " +
               count_text(c.data.present()) + " examples hold it.",
           [&] {
             if (std::erase(c.feature.not_in_environment, name) == 0) {
               c.feature.in_environment.push_back(name);
             } else if (!c.run().schema.in_environment(c.feature, environment)) {
               c.feature.in_environment.push_back(name);
             }
           });
}

void check_presence(FeatureCheck& c) {
  auto* presence = std::get_if<FeaturePresence>(&c.feature.presence_constraints);
  if (presence == nullptr) return;
  const double present = c.data.present();
  if (presence->min_count && present < static_cast<double>(*presence->min_count)) {
    c.report(AnomalyType::feature_type_low_number_present, "Too few examples hold the feature",
             "At least " + std::to_string(*presence->min_count) + " examples must hold it, but " +
                 count_text(present) + " do.",
             [&] { presence->min_count = whole_number(present); });
  }
  const double missing = c.data.missing();
  if (!presence->min_fraction || !is_too_rare(*presence->min_fraction, present, missing)) return;
  const double fraction = c.data.fraction();
  if (fraction < *presence->min_fraction) {
    c.report(AnomalyType::feature_type_low_fraction_present,
             "Too small a share of the examples holds the feature",
             "A share of at least " + shortest(*presence->min_fraction) +
                 " of the examples must hold it, but it is " + shortest(fraction) + ": " +
                 count_text(missing) + " of " + count_text(present + missing) + " lack it.",
             [&] { presence->min_fraction = fraction; });
    return;
  }
  // So few are missing that the share rounds to 1.
  c.report(AnomalyType::feature_type_low_fraction_present, "Some examples lack the feature",
           "Every example must hold it, but " + count_text(missing) + " lack it.",
           [&] { presence->min_fraction = 0.9999; });
}

}  // namespace zeroskew::detail
