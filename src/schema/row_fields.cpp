#include "zeroskew/schema/row_fields.hpp"

#include <utility>

namespace zeroskew {
namespace {

std::size_t list_levels(const Feature& feature) {
  if (const FixedShape* shape = feature.shape()) {
    const bool single = shape->dim.size() == 1 && shape->dim.front().size == 1;
    return single ? 0 : shape->dim.size();
  }
  if (const ValueCountBounds* bounds = feature.value_count()) {
    return bounds->min == 1 && bounds->max == 1 ? 0 : 1;
  }
  const ValueCountList* list = feature.value_counts();
  return list == nullptr ? 0 : list->value_count.size();
}

Kind kind_of(FeatureType type) noexcept {
  switch (type) {
    case FeatureType::integer:
      return Kind::integer;
    case FeatureType::floating:
      return Kind::floating;
    case FeatureType::structure:
      return Kind::structure;
    case FeatureType::bytes:
    case FeatureType::unknown:
      break;
  }
  return Kind::string;
}

std::vector<Field> fields_of(const Schema& schema, const std::vector<Feature>& features,
                             std::optional<std::string_view> environment) {
  std::vector<Field> fields;
  for (const Feature& feature : features) {
    if (is_deprecated(feature) || !schema.in_environment(feature, environment)) continue;
    Field field;
    field.name = feature.name.value_or("");
    field.type.kind = kind_of(feature.type.value_or(FeatureType::unknown));
    if (const auto* children = feature.domain<StructDomain>()) {
      field.type.kind = Kind::structure;
      field.children = fields_of(schema, children->feature, environment);
    }
    for (std::size_t level = list_levels(feature); level > 0; --level) {
      Field list;
      list.name = std::exchange(field.name, "item");
      list.type.kind = Kind::list;
      list.children.push_back(std::move(field));
      field = std::move(list);
    }
    fields.push_back(std::move(field));
  }
  return fields;
}

}  // namespace

std::vector<Field> row_fields(const Schema& schema, std::optional<std::string_view> environment) {
  schema.check_environment(environment);
  return fields_of(schema, schema.features, environment);
}

}  // namespace zeroskew
