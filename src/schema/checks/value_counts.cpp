// How many values an example holds, level by level.

#include "schema/checks/check.hpp"
#include "schema/checks/predicates.hpp"

namespace zeroskew::detail {
namespace {

std::string at_level(std::size_t levels, std::size_t level) {
  return levels == 1 ? "" : " at level " + std::to_string(level + 1) + " of nesting";
}

// `bounds` gives the level's bounds in the feature that is being repaired.
template <class Bounds>
void check_level(FeatureCheck& c, std::size_t levels, std::size_t level, Bounds bounds) {
  const Valency& found = c.data.levels[level];
  if (found.present <= 0.0) return;
  const std::string where = at_level(levels, level);
  if (too_few(bounds().min, found.min_values)) {
    c.report(AnomalyType::feature_type_low_number_values, "Too few values",
             "Expected at least " + std::to_string(*bounds().min) + " values" + where +
                 ", but one has " + count_text(found.min_values) + ".",
             [&] {
               bounds().min = whole_number(found.min_values);
               if (bounds().min == 0) bounds().min.reset();
             });
  }
  if (too_many(bounds().max, found.max_values)) {
    c.report(AnomalyType::feature_type_high_number_values, "Too many values",
             "Expected at most " + std::to_string(*bounds().max) + " values" + where +
                 ", but one has " + count_text(found.max_values) + ".",
             [&] { bounds().max = whole_number(found.max_values); });
  }
}

}  // namespace

void check_value_counts(FeatureCheck& c) {
  const std::size_t levels = c.data.levels.size();
  const bool single = c.feature.value_count() != nullptr;
  const ValueCountList* list = c.feature.value_counts();
  if ((single && levels > 1) || (list != nullptr && list->value_count.size() != levels)) {
    const std::string found = std::to_string(levels) + (levels == 1 ? " level" : " levels");
    c.report(AnomalyType::value_nestedness_mismatch, "Other depth of nesting",
             single ? "value_count describes one level of lists, but the data has " + found +
                          ": use value_counts. The numbers of values were not checked."
                    : "value_counts describes " + std::to_string(list->value_count.size()) +
                          " levels of lists, but the data has " + found +
                          ". The numbers of values were not checked.",
             [&] { c.feature.shape_type = infer_counts(c.data); });
    return;
  }
  if (single) {
    check_level(c, 1, 0, [&]() -> ValueCountBounds& {
      return std::get<ValueCountBounds>(c.feature.shape_type);
    });
  } else if (list != nullptr) {
    for (std::size_t i = 0; i < levels; ++i) {
      check_level(c, levels, i, [&]() -> ValueCountBounds& {
        return std::get<ValueCountList>(c.feature.shape_type).value_count[i];
      });
    }
  }
}

void check_shape(FeatureCheck& c) {
  const FixedShape* shape = c.feature.shape();
  if (shape == nullptr) return;
  const auto clear = [&] { c.feature.shape_type = std::monostate(); };
  double found = 1.0;
  for (std::size_t i = 0; i < c.data.levels.size(); ++i) {
    const Valency& level = c.data.levels[i];
    const std::string where = at_level(c.data.levels.size(), i);
    std::string fault;
    if (level.missing != 0.0) {
      fault = "it is absent " + count_text(level.missing) + " times" + where;
    } else if (level.min_values != level.max_values) {
      fault = "the number of values varies from " + count_text(level.min_values) + " to " +
              count_text(level.max_values) + where;
    } else if (level.min_values == 0.0) {
      fault = "there are no values" + where;
    }
    if (!fault.empty()) {
      c.report(AnomalyType::invalid_feature_shape, "No fixed shape",
               "The feature must have a fixed shape, but " + fault + ".", clear);
      return;
    }
    found *= level.min_values;
  }
  double expected = 1.0;
  for (const FixedShape::Dim& dim : shape->dim) {
    expected *= static_cast<double>(dim.size.value_or(0));
  }
  if (found == expected) return;
  c.report(AnomalyType::invalid_feature_shape, "Other shape",
           "The shape holds " + count_text(expected) + " values, but every example has " +
               count_text(found) + ".",
           clear);
}

}  // namespace zeroskew::detail
