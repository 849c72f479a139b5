#include "zeroskew/schema/suggest.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "schema/checks/check.hpp"
#include "schema/checks/numbers.hpp"
#include "schema/infer_feature.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/detail/math_quantile.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/feature_rules.hpp"
#include "zeroskew/schema/pattern.hpp"
#include "zeroskew/stats/profile.hpp"

namespace zeroskew {
namespace {

// The least number of different strings that show a form, and not a handful of words.
constexpr std::size_t kLeastForms = 10;

void check_share(double value, const char* name) {
  if (value >= 0.0 && value < 1.0) return;
  fail_value("schema.bad_option", name, "a share of at least 0 and below 1 was expected");
}

// Runs of one kind of character, and how long they are in all strings.
struct Run {
  char kind = 0;  // 'A', 'a', '0', or the character itself
  std::size_t least = 0;
  std::size_t most = 0;
};

std::vector<Run> runs_of(std::string_view text) {
  std::vector<Run> runs;
  for (const char c : text) {
    const char kind = c >= '0' && c <= '9'   ? '0'
                      : c >= 'a' && c <= 'z' ? 'a'
                      : c >= 'A' && c <= 'Z' ? 'A'
                                             : c;
    if (runs.empty() || runs.back().kind != kind) runs.push_back({kind, 0, 0});
    runs.back().most = ++runs.back().least;
  }
  return runs;
}

class Suggester {
 public:
  Suggester(const Schema& schema, const SuggestOptions& options)
      : schema_(schema), options_(options) {}

  void level(const std::vector<FeatureStatistics>& columns) {
    for (const FeatureStatistics& column : columns) {
      const Feature* feature = schema_.find(column.path);
      if (feature == nullptr || is_deprecated(*feature)) continue;
      if (column.present() > 0.0) look(column, *feature);
      level(column.children);
    }
  }
  std::vector<Suggestion> take() { return std::move(found_); }

 private:
  void look(const FeatureStatistics& data, const Feature& feature) {
    presence(data, feature);
    if (!data.values) return;
    if (data.type == StatisticsType::integer || data.type == StatisticsType::floating) {
      numbers(data, feature);
    }
    if (data.type == StatisticsType::string) strings(data, feature);
    unique(data, feature);
  }

  template <class Change>
  void add(const FeatureStatistics& data, const Feature& feature, const char* rule,
           std::string reason, Change change) {
    Feature after = feature;
    change(after);
    found_.push_back(
        {data.path, rule, std::move(reason), detail::fix_between(data.path, feature, after)});
  }

  // Wilson's score interval, one-sided.
  void presence(const FeatureStatistics& data, const Feature& feature) {
    const FeaturePresence* presence = feature.presence();
    if (data.missing() == 0.0 || (presence != nullptr && presence->min_fraction)) return;
    if (feature.presence_constraints.index() > 1) return;
    const double rows = data.present() + data.missing();
    const double share = data.present() / rows;
    const double z = detail::math::normal_quantile(options_.confidence);
    const double middle = share + z * z / (2.0 * rows);
    const double spread = z * std::sqrt(share * (1.0 - share) / rows + z * z / (4.0 * rows * rows));
    const double bound = std::max(0.0, (middle - spread) / (1.0 + z * z / rows));
    // Rounded down, so that a reader can remember it.
    const double rounded = std::floor(bound * 10000.0) / 10000.0;
    if (!(rounded > 0.0)) return;
    add(data, feature, "presence",
        detail::count_text(data.present()) + " of " + detail::count_text(rows) +
            " rows hold it; with a confidence of " + detail::shortest(options_.confidence) +
            " the share is at least " + detail::shortest(rounded),
        [&](Feature& after) {
          FeaturePresence wanted = presence == nullptr ? FeaturePresence() : *presence;
          wanted.min_fraction = rounded;
          after.presence_constraints = wanted;
        });
  }

  void numbers(const FeatureStatistics& data, const Feature& feature) {
    const bool whole = data.type == StatisticsType::integer;
    if (feature.type != detail::feature_type(data.type)) return;
    if (whole) {
      if (!feature_rules(feature).values.empty() || values(data, feature)) return;
    }
    const auto* integers = feature.domain<IntDomain>();
    const auto* reals = feature.domain<FloatDomain>();
    const bool free = feature.domain_info.index() == 0 ||
                      (integers != nullptr && !integers->min && !integers->max) ||
                      (reals != nullptr && !reals->min && !reals->max);
    if (!free) return;
    const auto low = data.values->quantile(options_.tail);
    const auto high = data.values->quantile(1.0 - options_.tail);
    if (!low || !high || !std::isfinite(low->lo) || !std::isfinite(high->hi)) return;
    const double width = high->hi - low->lo;
    if (!(width > 0.0) || !std::isfinite(width)) return;
    double min = low->lo - options_.margin * width;
    double max = high->hi + options_.margin * width;
    // What never is below zero is not expected there.
    if (low->lo >= 0.0 && min < 0.0 && detail::number_of(data.numbers->min) >= 0.0) min = 0.0;
    if (whole) {
      min = std::floor(min);
      max = std::ceil(max);
      if (!(min >= -0x1p63) || !(max < 0x1p63)) return;
    }
    const std::string reason = "all but a share of " + detail::shortest(2.0 * options_.tail) +
                               " lie between " + detail::rounded(low->lo) + " and " +
                               detail::rounded(high->hi) + "; a margin of " +
                               detail::shortest(options_.margin) + " of that is left on both sides";
    add(data, feature, "range", reason, [&](Feature& after) {
      if (whole) {
        IntDomain domain = integers == nullptr ? IntDomain() : *integers;
        domain.min = static_cast<std::int64_t>(min);
        domain.max = static_cast<std::int64_t>(max);
        after.domain_info = domain;
      } else {
        FloatDomain domain = reals == nullptr ? FloatDomain() : *reals;
        domain.min = detail::narrow(min);
        domain.max = detail::narrow(max);
        after.domain_info = domain;
      }
    });
  }

  bool values(const FeatureStatistics& data, const Feature& feature) {
    if (!data.unique || !data.unique->exact || feature.domain<BoolDomain>() != nullptr ||
        feature.domain<TimeDomain>() != nullptr) {
      return false;
    }
    const double different = data.unique->value;
    // Each value must have shown itself often.
    const double total = data.values->total();
    if (different > static_cast<double>(options_.max_values) || total < 10.0 * different) {
      return false;
    }
    const std::optional<Distribution> labels = data.values->labels();
    if (!labels || labels->unnamed > 0.0) return false;
    std::vector<std::int64_t> values;
    for (const Label& label : labels->labels) {
      const auto value = detail::parse_integer(label.name);
      if (!value || *value > (std::int64_t{1} << 53) || *value < -(std::int64_t{1} << 53)) {
        return false;
      }
      values.push_back(*value);
    }
    std::sort(values.begin(), values.end());
    add(data, feature, "values",
        detail::count_text(total) + " integers are only " + detail::count_text(different) +
            " different ones",
        [&](Feature& after) {
          FeatureRules rules = feature_rules(after);
          rules.values = values;
          set_feature_rules(after, rules);
        });
    return true;
  }

  void strings(const FeatureStatistics& data, const Feature& feature) {
    if (schema_.string_domain(feature) != nullptr || feature.domain_info.index() != 0) return;
    const FeatureRules rules = feature_rules(feature);
    if (!rules.min_length && !rules.max_length) lengths(data, feature);
    if (rules.pattern || rules.format || !data.values->named()) return;
    const std::optional<Distribution> labels = data.values->labels();
    if (!labels || labels->unnamed > 0.0 || labels->labels.size() < kLeastForms) return;
    for (const FormatInfo& info : formats()) {
      Pattern::Matcher matcher{Pattern(info.pattern)};
      const bool all = std::all_of(labels->labels.begin(), labels->labels.end(),
                                   [&](const Label& label) { return matcher.matches(label.name); });
      if (!all || info.name == "hostname") continue;  // any word is one
      add(data, feature, "format",
          "all " + std::to_string(labels->labels.size()) + " different strings have this format",
          [&](Feature& after) {
            FeatureRules with = rules;
            with.format = info.name;
            set_feature_rules(after, with);
          });
      return;
    }
    pattern(data, feature, *labels);
  }

  void lengths(const FeatureStatistics& data, const Feature& feature) {
    const auto found = data.values->lengths();
    if (!found) return;
    const auto least = static_cast<std::int64_t>(
        std::floor(found->lo - options_.length_margin * (found->hi - found->lo)));
    const auto most = static_cast<std::int64_t>(
        std::ceil(found->hi + options_.length_margin * (found->hi - found->lo)));
    add(data, feature, "lengths",
        "the strings are from " + detail::count_text(found->lo) + " to " +
            detail::count_text(found->hi) + " bytes long",
        [&](Feature& after) {
          FeatureRules rules = feature_rules(after);
          if (least > 0) rules.min_length = least;
          rules.max_length = most;
          set_feature_rules(after, rules);
        });
  }

  // The runs of letters and digits that all strings have in common.
  void pattern(const FeatureStatistics& data, const Feature& feature, const Distribution& labels) {
    std::vector<Run> common;
    for (const Label& label : labels.labels) {
      const std::vector<Run> runs = runs_of(label.name);
      if (common.empty()) common = runs;
      if (runs.size() != common.size() || runs.empty() || runs.size() > 20) return;
      for (std::size_t i = 0; i < runs.size(); ++i) {
        if (runs[i].kind != common[i].kind) return;
        common[i].least = std::min(common[i].least, runs[i].least);
        common[i].most = std::max(common[i].most, runs[i].most);
      }
    }
    std::string text;
    bool fixed = false;
    for (const Run& run : common) {
      if (run.kind == '0') {
        text += "\\d";
      } else if (run.kind == 'a') {
        text += "[a-z]";
      } else if (run.kind == 'A') {
        text += "[A-Z]";
      } else {
        if (static_cast<unsigned char>(run.kind) < 0x20 ||
            static_cast<unsigned char>(run.kind) >= 0x7f) {
          return;
        }
        if (std::string_view("\\^$.|?*+()[]{}").find(run.kind) != std::string_view::npos) {
          text += '\\';
        }
        text += run.kind;
      }
      fixed = fixed || run.least == run.most;
      if (run.least != run.most) {
        text += "+";
      } else if (run.least > 1) {
        text += "{" + std::to_string(run.least) + "}";
      }
    }
    // One run of any length says nothing.
    if (common.size() == 1 && !fixed) return;
    add(data, feature, "pattern",
        "all " + std::to_string(labels.labels.size()) + " different strings are of this form",
        [&](Feature& after) {
          FeatureRules rules = feature_rules(after);
          rules.pattern = text;
          set_feature_rules(after, rules);
        });
  }

  void unique(const FeatureStatistics& data, const Feature& feature) {
    if (!data.unique || !data.unique->exact || data.type == StatisticsType::floating) return;
    const double total = data.values->total();
    if (data.unique->value != total || total < 100.0 || feature_rules(feature).unique) return;
    add(data, feature, "unique", "no value of " + detail::count_text(total) + " occurs twice",
        [&](Feature& after) {
          FeatureRules rules = feature_rules(after);
          rules.unique = true;
          set_feature_rules(after, rules);
        });
  }

  const Schema& schema_;
  const SuggestOptions& options_;
  std::vector<Suggestion> found_;
};

}  // namespace

std::vector<Suggestion> suggest_rules(const DatasetStatistics& data, const Schema& schema,
                                      const SuggestOptions& options) {
  check_share(options.tail, "tail");
  check_share(options.confidence, "confidence");
  if (!(options.margin >= 0.0 && options.length_margin >= 0.0)) {
    fail_value("schema.bad_option", "margin", "a margin is 0 or more");
  }
  Suggester suggester(schema, options);
  suggester.level(data.features());
  return suggester.take();
}

std::vector<Suggestion> suggest_rules(const Profile& profile, const Schema& schema,
                                      const SuggestOptions& options) {
  return suggest_rules(DatasetStatistics::of_profile(profile), schema, options);
}

}  // namespace zeroskew
