// Is the data of the declared type, and of a domain that a detector knows?

#include "schema/checks/check.hpp"
#include "schema/infer_feature.hpp"

namespace zeroskew::detail {

void check_type(FeatureCheck& c) {
  if (c.data.type == StatisticsType::none) return;
  const FeatureType found = feature_type(c.data.type);
  if (c.feature.type == found) return;
  c.report(AnomalyType::unexpected_data_type, "Other type",
           "Expected data of type " + std::string(to_string(*c.feature.type)) + ", found " +
               std::string(to_string(found)) + ".",
           [&] { c.deprecate(); });
}

void check_detected_domain(FeatureCheck& c) {
  if (c.data.detected_domain.index() == 0 || c.feature.domain_info.index() != 0) return;
  c.report(AnomalyType::semantic_domain_update, "The meaning of the values is known",
           "The feature has no domain, but its values look like those of one.",
           [&] { c.feature.domain_info = c.data.detected_domain; });
}

void check_derived(FeatureCheck& c) {
  const bool stage_is_right =
      is_deprecated(c.feature) || c.feature.lifecycle_stage == LifecycleStage::validation_derived;
  if (c.feature.validation_derived_source && !stage_is_right) {
    c.report(AnomalyType::derived_feature_bad_lifecycle, "Wrong lifecycle stage",
             "A feature with a validation_derived_source must be in the stage VALIDATION_DERIVED"
             " or a deprecated one.",
             [&] { c.feature.lifecycle_stage = LifecycleStage::validation_derived; });
  }
  if (c.data.derived_source && !c.feature.validation_derived_source) {
    c.report(AnomalyType::derived_feature_invalid_source, "Source of a derived feature is missing",
             "The data was derived by " + in_quotes(c.data.derived_source->deriver_name) +
                 ", but the feature has no validation_derived_source.",
             [&] {
               c.feature.validation_derived_source = c.data.derived_source;
               c.feature.lifecycle_stage = LifecycleStage::validation_derived;
             });
  }
}

}  // namespace zeroskew::detail
