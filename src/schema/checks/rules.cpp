// The rules that the schema's message cannot say, held against a column's statistics.

#include <algorithm>
#include <cmath>

#include "schema/checks/check.hpp"
#include "schema/checks/predicates.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/feature_rules.hpp"
#include "zeroskew/schema/pattern.hpp"

namespace zeroskew::detail {
namespace {

class RuleCheck {
 public:
  RuleCheck(FeatureCheck& c, FeatureRules rules) : c_(c), rules_(std::move(rules)) {}

  void run() {
    statistics();
    quantiles();
    lengths();
    strings();
    values();
    unique();
    age();
  }

 private:
  // `repair` changes the rules.
  template <class Repair>
  void report(std::string rule, std::string summary, std::string message, Repair repair) {
    c_.report_rule(std::move(rule), std::move(summary), std::move(message), [&] {
      repair();
      set_feature_rules(c_.feature, rules_);
    });
  }

  // NaN and infinities are no bounds.
  static std::optional<double> known(double found) {
    return std::isfinite(found) ? std::optional(found) : std::nullopt;
  }

  void hold(const std::string& rule, const std::string& what, StatisticBounds& bounds,
            double found) {
    if (bounds.min && !(found >= *bounds.min)) {
      report(rule, "The " + what + " is too low",
             "Expected a " + what + " of at least " + shortest(*bounds.min) + ", found " +
                 rounded(found) + ".",
             [&] { bounds.min = known(found); });
    }
    if (bounds.max && !(found <= *bounds.max)) {
      report(rule, "The " + what + " is too high",
             "Expected a " + what + " of at most " + shortest(*bounds.max) + ", found " +
                 rounded(found) + ".",
             [&] { bounds.max = known(found); });
    }
  }

  // A rule about a statistic that nobody counted.
  void unknown(const std::string& rule) {
    c_.report(AnomalyType::stats_not_available, "A rule cannot be verified",
              "The rule " + rule + " needs statistics that there are none of.", [&] {
                if (rule == "mean") rules_.mean = {};
                if (rule == "std") rules_.std = {};
                if (rule == "zero_rate") rules_.zero_rate = {};
                if (rule == "quantiles") rules_.quantiles.clear();
                if (rule == "max_age") rules_.max_age.reset();
                set_feature_rules(c_.feature, rules_);
              });
  }

  static bool any(const StatisticBounds& bounds) { return bounds.min || bounds.max; }

  void statistics() {
    if (any(rules_.missing_rate)) {
      const double rows = c_.data.present() + c_.data.missing();
      hold("missing_rate", "missing rate", rules_.missing_rate, c_.data.missing() / rows);
    }
    if (!any(rules_.mean) && !any(rules_.std) && !any(rules_.zero_rate)) return;
    const auto moments = c_.data.values ? c_.data.values->moments() : std::nullopt;
    if (!moments) {
      if (any(rules_.mean)) unknown("mean");
      if (any(rules_.std)) unknown("std");
      if (any(rules_.zero_rate)) unknown("zero_rate");
      return;
    }
    if (any(rules_.mean)) hold("mean", "mean", rules_.mean, moments->mean);
    if (any(rules_.std)) hold("std", "standard deviation", rules_.std, moments->std);
    if (any(rules_.zero_rate)) hold("zero_rate", "zero rate", rules_.zero_rate, moments->zeros);
  }

  // A quantile is out of bounds when all that it may be is.
  void quantiles() {
    for (std::size_t i = 0; i < rules_.quantiles.size(); ++i) {
      const auto found =
          c_.data.values ? c_.data.values->quantile(rules_.quantiles[i].q) : std::nullopt;
      if (!found) return unknown("quantiles");
      StatisticBounds& bounds = rules_.quantiles[i].bounds;
      const std::string what = "the quantile " + shortest(rules_.quantiles[i].q);
      const std::string shown = found->lo == found->hi
                                    ? shortest(found->lo)
                                    : shortest(found->lo) + " to " + shortest(found->hi);
      if (bounds.min && found->hi < *bounds.min) {
        report("quantiles", "A quantile is too low",
               "Expected " + what + " to be at least " + shortest(*bounds.min) + ", found " +
                   shown + ".",
               [&] { bounds.min = found->hi; });
      }
      if (bounds.max && found->lo > *bounds.max) {
        report("quantiles", "A quantile is too high",
               "Expected " + what + " to be at most " + shortest(*bounds.max) + ", found " + shown +
                   ".",
               [&] { bounds.max = found->lo; });
      }
    }
  }

  void lengths() {
    if (!rules_.min_length && !rules_.max_length) return;
    const auto found = c_.data.values ? c_.data.values->lengths() : std::nullopt;
    if (!found) return;
    if (too_few(rules_.min_length, found->lo)) {
      report("min_length", "A string is too short",
             "Expected at least " + std::to_string(*rules_.min_length) + " bytes, found " +
                 count_text(found->lo) + ".",
             [&] { rules_.min_length = whole_number(found->lo); });
    }
    if (too_many(rules_.max_length, found->hi)) {
      report("max_length", "A string is too long",
             "Expected at most " + std::to_string(*rules_.max_length) + " bytes, found " +
                 count_text(found->hi) + ".",
             [&] { rules_.max_length = whole_number(found->hi); });
    }
  }

  // The first string, by name, that does not match.
  std::optional<std::string> odd_one(const Pattern& pattern) const {
    Pattern::Matcher matcher(pattern);
    const Distribution labels = c_.data.values->labels().value_or(Distribution());
    for (const Label& label : labels.labels) {
      // Long values are known by their beginning only; rows tell of them.
      if (label.name.size() < kLongestName && !matcher.matches(label.name)) return label.name;
    }
    return std::nullopt;
  }
  static constexpr std::size_t kLongestName = 1024;

  void strings() {
    if (c_.data.type != StatisticsType::string || !c_.data.values || !c_.data.values->named()) {
      return;
    }
    if (rules_.pattern) {
      if (const auto odd = odd_one(Pattern(*rules_.pattern))) {
        report(
            "pattern", "A string of another form",
            "Expected strings that match " + *rules_.pattern + ", found " + in_quotes(*odd) + ".",
            [&] { rules_.pattern.reset(); });
      }
    }
    if (!rules_.format) return;
    for (const FormatInfo& info : formats()) {
      if (info.name != *rules_.format) continue;
      if (const auto odd = odd_one(Pattern(info.pattern))) {
        report(
            "format", "A string of another form",
            "Expected strings of the format " + *rules_.format + ", found " + in_quotes(*odd) + ".",
            [&] { rules_.format.reset(); });
      }
    }
  }

  void values() {
    if (rules_.values.empty() || c_.data.type != StatisticsType::integer || !c_.data.values) return;
    std::vector<std::string> names;
    for (const std::int64_t value : rules_.values) names.push_back(std::to_string(value));
    const double total = c_.data.values->total();
    const double outside = total - c_.data.values->mass_of(names).hi;
    if (!(outside > 0.0)) return;
    std::vector<std::int64_t> others;
    const Distribution labels = c_.data.values->labels().value_or(Distribution());
    for (const Label& label : labels.labels) {
      const auto value = parse_integer(label.name);
      if (value && !std::binary_search(rules_.values.begin(), rules_.values.end(), *value)) {
        others.push_back(*value);
      }
    }
    std::sort(others.begin(), others.end());
    const bool all = labels.exact && labels.unnamed <= 0.0 && others.size() <= 1000 &&
                     std::all_of(others.begin(), others.end(), [](std::int64_t v) {
                       return v <= (std::int64_t{1} << 53) && v >= -(std::int64_t{1} << 53);
                     });
    std::string shown;
    for (std::size_t i = 0; i < std::min<std::size_t>(others.size(), 10); ++i) {
      shown += (i == 0 ? ": " : ", ") + std::to_string(others[i]);
    }
    report("values", "Unexpected integers",
           "Expected one of " + std::to_string(rules_.values.size()) + " integers, but " +
               count_text(outside) + " of " + count_text(total) + " are others" + shown + ".",
           [&] {
             if (!all) return rules_.values.clear();
             rules_.values.insert(rules_.values.end(), others.begin(), others.end());
             std::sort(rules_.values.begin(), rules_.values.end());
           });
  }

  void unique() {
    if (!rules_.unique || !c_.data.unique || !c_.data.values) return;
    const double total = c_.data.values->total();
    if (!(c_.data.unique->hi < total)) return;
    const std::string about = c_.data.unique->exact ? "" : "about ";
    report("unique", "Values occur more than once",
           "Expected no value twice, but " + count_text(total) + " values are only " + about +
               count_text(std::floor(c_.data.unique->value)) + " different ones.",
           [&] { rules_.unique = false; });
  }

  static double seconds(double count, TimeDomain::IntegerFormat format) {
    using Format = TimeDomain::IntegerFormat;
    switch (format) {
      case Format::unix_days:
        return count * 86400.0;
      case Format::unix_milliseconds:
        return count / 1e3;
      case Format::unix_microseconds:
        return count / 1e6;
      case Format::unix_nanoseconds:
        return count / 1e9;
      case Format::unix_seconds:
      case Format::unknown:
        break;
    }
    return count;
  }

  void age() {
    const auto& now = c_.run().options.now;
    if (!rules_.max_age || !now) return;
    // What the data itself says of its unit counts before what the schema declares.
    const auto* time = std::get_if<TimeDomain>(&c_.data.natural_domain);
    if (time == nullptr) time = c_.feature.domain<TimeDomain>();
    const auto* format =
        time == nullptr ? nullptr : std::get_if<TimeDomain::IntegerFormat>(&time->format);
    if (format == nullptr || !c_.data.numbers) return unknown("max_age");
    const double newest = seconds(number_of(c_.data.numbers->max), *format);
    const double found = *now - newest;
    if (!(found > *rules_.max_age)) return;
    report("max_age", "The data is old",
           "Expected the newest time to be at most " + shortest(*rules_.max_age) +
               " seconds old, but it is " + rounded(found) + ".",
           [&] { rules_.max_age = std::ceil(found); });
  }

  FeatureCheck& c_;
  FeatureRules rules_;
};

}  // namespace

void check_rules(FeatureCheck& c) {
  if (!c.feature.annotation || c.feature.annotation->extension.find("rules") == nullptr) return;
  FeatureRules rules;
  try {
    rules = feature_rules(c.feature);
  } catch (const Error& error) {
    c.report(AnomalyType::invalid_schema_specification, "Rules that make no sense",
             error.where() + ": " + std::string(error.message()) + ".",
             [&] { set_feature_rules(c.feature, {}); });
    return;
  }
  RuleCheck(c, std::move(rules)).run();
}

}  // namespace zeroskew::detail
