// Are the values only true and false?

#include <algorithm>
#include <cfloat>
#include <cmath>

#include "schema/checks/check.hpp"
#include "schema/checks/predicates.hpp"
#include "zeroskew/detail/format.hpp"

namespace zeroskew::detail {
namespace {

void check_integers(FeatureCheck& c) {
  const NumberRange& found = *c.data.numbers;
  const bool small = is_below(found.min, 0);
  const bool big = is_above(found.max, 1);
  if (!small && !big) return;
  const auto widen = [&] {
    if (const auto domain = int_domain_of(found)) {
      c.feature.domain_info = *domain;
    } else {
      c.clear_domain();
    }
  };
  const std::string expected = "Expected only 0 and 1, found ";
  if (small) {
    c.report(AnomalyType::bool_type_small_int, "A number below 0 where a bool was expected",
             expected + to_string(found.min) + ".", widen);
  } else {
    c.report(AnomalyType::bool_type_big_int, "A number above 1 where a bool was expected",
             expected + to_string(found.max) + ".", widen);
  }
}

void check_floats(FeatureCheck& c) {
  const NumberRange& found = *c.data.numbers;
  const double min = number_of(found.min);
  const double max = number_of(found.max);
  const auto is_bool = [](double value) { return is_zero_or_one(value) || std::isnan(value); };
  std::string odd;
  if (found.nan > 0.0) {
    odd = "NaN";
  } else if (!is_bool(min)) {
    odd = shortest(min);
  } else if (!is_bool(max)) {
    odd = shortest(max);
  } else if (const auto region = c.data.values ? c.data.values->inside(0.0, 1.0) : std::nullopt) {
    odd = region->lo == region->hi
              ? shortest(region->lo)
              : "values between " + shortest(region->lo) + " and " + shortest(region->hi);
  }
  if (odd.empty()) return;
  c.report(AnomalyType::bool_type_unexpected_float, "A number that is neither 0 nor 1",
           "Expected only 0 and 1, found " + odd + ".", [&] {
             FloatDomain domain;
             if (!std::isnan(min)) domain.min = narrow(min);
             if (!std::isnan(max)) domain.max = narrow(max);
             c.feature.domain_info = domain;
           });
}

void check_strings(FeatureCheck& c, const BoolDomain& domain) {
  std::vector<std::string> words;
  if (domain.true_value) words.push_back(*domain.true_value);
  if (domain.false_value) words.push_back(*domain.false_value);
  const double total = c.data.values->total();
  if (!(total - c.data.values->mass_of(words).hi > 0.0)) return;
  std::string odd;
  if (c.data.values->named()) {
    const Distribution labels = c.data.values->labels().value_or(Distribution());
    for (const Label& label : labels.labels) {
      if (std::find(words.begin(), words.end(), label.name) != words.end()) continue;
      odd = in_quotes(label.name);
      break;
    }
  }
  std::string expected;
  for (const std::string& word : words)
    expected += (expected.empty() ? "" : " and ") + in_quotes(word);
  c.report(AnomalyType::bool_type_unexpected_string, "A string that is neither true nor false",
           "Expected only " + (expected.empty() ? "no text" : expected) + ", found " +
               (odd.empty() ? "other values" : odd) + ".",
           [&] { c.clear_domain(); });
}

}  // namespace

void check_bool_domain(FeatureCheck& c) {
  const auto* domain = c.feature.domain<BoolDomain>();
  if (domain == nullptr) return;
  if (c.data.type == StatisticsType::integer && c.data.numbers) {
    check_integers(c);
  } else if (c.data.type == StatisticsType::floating && c.data.numbers) {
    check_floats(c);
  } else if (c.data.type == StatisticsType::string && c.data.values) {
    const BoolDomain copy = *domain;
    check_strings(c, copy);
  }
}

}  // namespace zeroskew::detail
