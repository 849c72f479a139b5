#include "zeroskew/schema/feature.hpp"

#include "schema/proto/descriptor.hpp"

namespace zeroskew {
namespace {

std::string_view enum_name(std::string_view type, std::int32_t number) noexcept {
  const detail::EnumValue* value =
      detail::find_value(*detail::find_enum(type), std::int64_t{number});
  return value == nullptr ? "UNKNOWN" : value->name;
}

}  // namespace

std::string_view to_string(FeatureType type) noexcept {
  return enum_name("tensorflow.metadata.v0.FeatureType", static_cast<std::int32_t>(type));
}

std::string_view to_string(LifecycleStage stage) noexcept {
  return enum_name("tensorflow.metadata.v0.LifecycleStage", static_cast<std::int32_t>(stage));
}

// Here, where the whole of them is known, and once.
Feature::Feature() = default;
Feature::Feature(const Feature&) = default;
Feature::Feature(Feature&&) noexcept = default;
Feature& Feature::operator=(const Feature&) = default;
Feature& Feature::operator=(Feature&&) noexcept = default;
Feature::~Feature() = default;
bool Feature::operator==(const Feature&) const = default;

bool StructDomain::operator==(const StructDomain& other) const {
  return feature == other.feature && sparse_feature == other.sparse_feature;
}

bool is_deprecated(LifecycleStage stage) noexcept {
  switch (stage) {
    case LifecycleStage::planned:
    case LifecycleStage::alpha:
    case LifecycleStage::deprecated:
    case LifecycleStage::debug_only:
    case LifecycleStage::disabled:
      return true;
    case LifecycleStage::unknown:
    case LifecycleStage::beta:
    case LifecycleStage::production:
    case LifecycleStage::validation_derived:
      return false;
  }
  return false;
}

bool is_deprecated(const Feature& feature) noexcept {
  if (feature.deprecated.value_or(false)) return true;
  return feature.lifecycle_stage.has_value() && is_deprecated(*feature.lifecycle_stage);
}

}  // namespace zeroskew
