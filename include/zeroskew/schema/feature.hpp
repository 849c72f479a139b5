#pragma once
/// One column of the data: its type, when it is there, and which values it may have.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "zeroskew/schema/annotation.hpp"
#include "zeroskew/schema/comparator.hpp"
#include "zeroskew/schema/constraints.hpp"
#include "zeroskew/schema/derived_feature.hpp"
#include "zeroskew/schema/domain.hpp"
#include "zeroskew/schema/feature_type.hpp"
#include "zeroskew/schema/natural_language.hpp"
#include "zeroskew/schema/shape.hpp"

namespace zeroskew {

using DomainInfo =
    std::variant<std::monostate, DomainReference, IntDomain, FloatDomain, StringDomain, BoolDomain,
                 NaturalLanguageDomain, ImageDomain, MidDomain, UrlDomain, TimeDomain, StructDomain,
                 TimeOfDayDomain, AudioDomain, VideoDomain, ContentChunkDomain>;

struct Feature {
  // Out of line: every file that copies one would compile it all again.
  Feature();
  Feature(const Feature&);
  Feature(Feature&&) noexcept;
  Feature& operator=(const Feature&);
  Feature& operator=(Feature&&) noexcept;
  ~Feature();

  std::optional<std::string> name;
  std::optional<bool> deprecated;
  PresenceConstraints presence_constraints;
  ShapeType shape_type;
  std::optional<FeatureType> type;
  DomainInfo domain_info;
  std::optional<DistributionConstraints> distribution_constraints;
  std::optional<Annotation> annotation;
  std::optional<FeatureComparator> skew_comparator;
  std::optional<FeatureComparator> drift_comparator;
  std::vector<std::string> in_environment;
  std::vector<std::string> not_in_environment;
  std::optional<LifecycleStage> lifecycle_stage;
  std::optional<UniqueConstraints> unique_constraints;
  std::optional<DerivedFeatureSource> validation_derived_source;
  FieldTree carried;  ///< `sequence_metadata`: kept, never used

  [[nodiscard]] bool operator==(const Feature&) const;

  /// The members of a one-of, or null when another (or none) is set.
  template <class T>
  [[nodiscard]] const T* domain() const noexcept {
    return std::get_if<T>(&domain_info);
  }
  template <class T>
  [[nodiscard]] T* domain() noexcept {
    return std::get_if<T>(&domain_info);
  }
  [[nodiscard]] const FeaturePresence* presence() const noexcept {
    return std::get_if<FeaturePresence>(&presence_constraints);
  }
  [[nodiscard]] const FixedShape* shape() const noexcept {
    return std::get_if<FixedShape>(&shape_type);
  }
  [[nodiscard]] const ValueCountBounds* value_count() const noexcept {
    return std::get_if<ValueCountBounds>(&shape_type);
  }
  [[nodiscard]] const ValueCountList* value_counts() const noexcept {
    return std::get_if<ValueCountList>(&shape_type);
  }
};

/// `deprecated: true`, or a deprecated stage.
[[nodiscard]] bool is_deprecated(const Feature& feature) noexcept;

}  // namespace zeroskew
