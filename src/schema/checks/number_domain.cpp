// Are the numbers (or the strings that stand for numbers) within their bounds?

#include <cmath>

#include "schema/checks/check.hpp"
#include "schema/checks/predicates.hpp"
#include "zeroskew/detail/format.hpp"

namespace zeroskew::detail {
namespace {

// What the strings of a column stand for, or the first that stands for none.
struct Parsed {
  NumberRange range;
  std::optional<std::string> odd;
};

template <class Parse>
Parsed parse_all(const FeatureStatistics& data, Parse parse) {
  Parsed result;
  if (!data.values || !data.values->named()) return result;
  decltype(parse("")) min;
  decltype(parse("")) max;
  const Distribution labels = data.values->labels().value_or(Distribution());
  for (const Label& label : labels.labels) {
    const auto number = parse(label.name);
    if (!number) {
      result.odd = label.name;
      return result;
    }
    if (!(*number == *number)) {
      result.range.nan += label.mass;
      continue;
    }
    if (!min || *number < *min) min = number;
    if (!max || *number > *max) max = number;
  }
  if (min) result.range.min = *min;
  if (max) result.range.max = *max;
  return result;
}

std::optional<NumberRange> range_of(FeatureCheck& c, auto parse, AnomalyType type,
                                    std::string_view kind) {
  if (c.data.type != StatisticsType::string) return c.data.numbers;
  const Parsed parsed = parse_all(c.data, parse);
  if (!parsed.odd) return parsed.range;
  c.report(type, "A string that is no number",
           "Expected strings that stand for " + std::string(kind) + ", found " +
               in_quotes(*parsed.odd) + ".",
           [&] { c.clear_domain(); });
  return std::nullopt;
}

}  // namespace

void check_int_domain(FeatureCheck& c) {
  if (c.feature.domain<IntDomain>() == nullptr) return;
  const auto range = range_of(c, parse_integer, AnomalyType::int_type_not_int_string, "integers");
  if (!range) return;
  auto* domain = c.feature.domain<IntDomain>();
  if (below_minimum(*domain, range->min)) {
    c.report(AnomalyType::int_type_small_int, "A number below the minimum",
             "Expected at least " + std::to_string(*domain->min) + ", found " +
                 to_string(range->min) + ".",
             [&] { domain->min = integer_of(range->min); });
  }
  if (above_maximum(*domain, range->max)) {
    c.report(AnomalyType::int_type_big_int, "A number above the maximum",
             "Expected at most " + std::to_string(*domain->max) + ", found " +
                 to_string(range->max) + ".",
             [&] { domain->max = integer_of(range->max); });
  }
}

void check_float_domain(FeatureCheck& c) {
  if (c.feature.domain<FloatDomain>() == nullptr) return;
  const auto range = range_of(c, number_in, AnomalyType::float_type_string_not_float, "numbers");
  if (!range) return;
  auto* domain = c.feature.domain<FloatDomain>();
  const double min = number_of(range->min);
  const double max = number_of(range->max);
  if (below_minimum(*domain, min)) {
    c.report(AnomalyType::float_type_small_float, "A number below the minimum",
             "Expected at least " + shortest(static_cast<double>(*domain->min)) + ", found " +
                 shortest(min) + ".",
             [&] { domain->min = narrow(min); });
  }
  if (above_maximum(*domain, max)) {
    c.report(AnomalyType::float_type_big_float, "A number above the maximum",
             "Expected at most " + shortest(static_cast<double>(*domain->max)) + ", found " +
                 shortest(max) + ".",
             [&] { domain->max = narrow(max); });
  }
  if (disallows_nan(*domain) && range->nan > 0.0) {
    c.report(AnomalyType::float_type_has_nan, "NaN",
             "Expected no NaN, found " + count_text(range->nan) + ".",
             [&] { domain->disallow_nan.reset(); });
  }
  if (disallows_infinity(*domain) && (std::isinf(min) || std::isinf(max))) {
    c.report(AnomalyType::float_type_has_inf, "An infinite number",
             "Expected only finite numbers, found " + shortest(std::isinf(max) ? max : min) + ".",
             [&] { domain->disallow_inf.reset(); });
  }
}

}  // namespace zeroskew::detail
