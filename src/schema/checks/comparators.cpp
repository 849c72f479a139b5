// How far the values have moved from another dataset's. The distances are drift's.

#include <algorithm>
#include <cmath>
#include <vector>

#include "schema/checks/check.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/drift/js.hpp"
#include "zeroskew/drift/linf.hpp"
#include "zeroskew/drift/normalized_difference.hpp"

namespace zeroskew::detail {
namespace {

using Measure = Measurement::Measure;

// What one threshold of a comparator is about.
struct Distance {
  Measure measure;
  AnomalyType type;
  std::string_view words;
  bool names_only;  // numbers have no names to compare
};

constexpr Distance kDistances[] = {
    {Measure::infinity_norm, AnomalyType::comparator_l_infty_high,
     "largest difference between the shares of one value (L-infinity)", true},
    {Measure::normalized_abs_difference,
     AnomalyType::comparator_normalized_absolute_difference_high,
     "largest difference between the counts of one value, over all counts", true},
    {Measure::jensen_shannon_divergence, AnomalyType::comparator_jensen_shannon_divergence_high,
     "Jensen-Shannon divergence", false},
};

class Comparison {
 public:
  Comparison(FeatureCheck& c, std::optional<FeatureComparator> Feature::* member,
             Measurement::Comparison kind, const DatasetStatistics& control)
      : c_(c), member_(member), kind_(kind), control_(control.find(c.data.path)) {}

  void run() {
    if (std::none_of(std::begin(kDistances), std::end(kDistances),
                     [this](const Distance& d) { return has_threshold(d.measure); })) {
      return;
    }
    if (control_ == nullptr || control_->present() <= 0.0) {
      c_.report(AnomalyType::comparator_control_data_missing, "Nothing to compare with",
                "The feature is to be compared with the " + control_name() +
                    ", but that does not hold it.",
                [this] {
                  for (const Distance& distance : kDistances) clear_threshold(distance.measure);
                });
      return;
    }
    for (const Distance& distance : kDistances) {
      if (has_threshold(distance.measure)) compare(distance);
    }
  }

 private:
  [[nodiscard]] std::string control_name() const {
    return kind_ == Measurement::Comparison::skew ? "other side (training or serving)"
                                                  : "previous data";
  }

  [[nodiscard]] FeatureComparator& comparator() { return *(c_.feature.*member_); }

  // Null when the comparator has no such measure.
  std::optional<double>* threshold(Measure measure) {
    FeatureComparator& all = comparator();
    const auto of = [](auto& norm) { return norm ? &norm->threshold : nullptr; };
    switch (measure) {
      case Measure::infinity_norm:
        return of(all.infinity_norm);
      case Measure::normalized_abs_difference:
        return of(all.normalized_abs_difference);
      default:
        return of(all.jensen_shannon_divergence);
    }
  }
  bool has_threshold(Measure measure) {
    const auto* found = threshold(measure);
    return found != nullptr && found->has_value();
  }
  void clear_threshold(Measure measure) {
    if (auto* found = threshold(measure)) found->reset();
  }

  [[nodiscard]] bool has_names() const {
    return c_.data.type == StatisticsType::string || c_.data.type == StatisticsType::bytes ||
           (c_.data.type == StatisticsType::integer && is_categorical(c_.feature));
  }

  [[nodiscard]] std::optional<Distribution> read(const FeatureStatistics& side) {
    if (!side.values) return std::nullopt;
    if (has_names()) return side.values->labels();
    const auto& source = comparator().jensen_shannon_divergence->source;
    using Source = JensenShannonDivergence::Source;
    return side.values->histogram(source ? source->type.value_or(Source::by_default)
                                         : Source::by_default);
  }

  void compare(const Distance& distance) {
    std::string field = (kind_ == Measurement::Comparison::skew ? "skew" : "drift");
    field.append("_comparator.").append(to_string(distance.measure));
    const auto clear = [&] { clear_threshold(distance.measure); };
    if (distance.names_only && !has_names()) {
      c_.report(AnomalyType::invalid_schema_specification, "A threshold that cannot be exceeded",
                field +
                    " compares named values, but these are numbers: use"
                    " jensen_shannon_divergence, or int_domain.is_categorical for codes.",
                clear);
      return;
    }
    const std::optional<Distribution> before = read(*control_);
    const std::optional<Distribution> now = read(c_.data);
    MeasureResult result;
    if (before && now) {
      result = measured(distance.measure, *before, *now);
    } else {
      result.reason = "cannot compare, because there is no such histogram";
    }
    if (!result.comparable()) {
      c_.report(AnomalyType::stats_not_available, "A distance cannot be measured",
                field + " has a threshold, but the values of this data and of the " +
                    control_name() + " " + result.reason + ".",
                clear);
      return;
    }
    const double limit = **threshold(distance.measure);
    c_.run().result.measurements.push_back(
        {c_.data.path, kind_, distance.measure, result.statistic, limit});
    if (!(result.statistic > limit)) return;
    std::string message = "Expected the ";
    message.append(distance.words).append(" from the " + control_name() + " to be at most ");
    message += shortest(limit) + ", found " + rounded(result.statistic);
    if (now->kind == Distribution::Kind::labels) message += largest_gap(*before, *now);
    const bool skew = kind_ == Measurement::Comparison::skew;
    c_.report(distance.type, skew ? "Training and serving differ" : "The data has drifted",
              message + ".", [&] { *threshold(distance.measure) = result.statistic; });
  }

  static MeasureResult measured(Measure measure, const Distribution& before,
                                const Distribution& now) {
    MeasureOptions options;
    if (measure == Measure::normalized_abs_difference) {
      return normalized_difference(before, now, options);
    }
    options.definition = "tfdv";
    return measure == Measure::infinity_norm ? linf(before, now, options)
                                             : js_divergence(before, now, options);
  }

  // Which value moved most, for the reader; the last name among equals.
  std::string largest_gap(const Distribution& before, const Distribution& now) const {
    const auto total = [](const Distribution& side) { return std::max(side.total(), 1.0); };
    const double n = total(before);
    const double m = total(now);
    std::string name;
    double p = 0.0;
    double q = 0.0;
    for (std::size_t i = 0, j = 0; i < before.labels.size() || j < now.labels.size();) {
      const int order = i == before.labels.size() ? 1
                        : j == now.labels.size()
                            ? -1
                            : before.labels[i].name.compare(now.labels[j].name);
      const std::string& here = order <= 0 ? before.labels[i].name : now.labels[j].name;
      const double a = order <= 0 ? before.labels[i++].mass / n : 0.0;
      const double b = order >= 0 ? now.labels[j++].mass / m : 0.0;
      if (std::fabs(a - b) < std::fabs(p - q)) continue;
      name = here;
      p = a;
      q = b;
    }
    const bool skew = kind_ == Measurement::Comparison::skew;
    return ": " + in_quotes(name) + " makes up " + share_text(q) + " here and " + share_text(p) +
           (skew ? " on the other side" : " before");
  }

  FeatureCheck& c_;
  std::optional<FeatureComparator> Feature::* member_;
  Measurement::Comparison kind_;
  const FeatureStatistics* control_;
};

void compare(FeatureCheck& c, std::optional<FeatureComparator> Feature::* member,
             Measurement::Comparison kind, const DatasetStatistics* control) {
  if (control == nullptr || !(c.feature.*member)) return;
  Comparison(c, member, kind, *control).run();
}

}  // namespace

void check_drift(FeatureCheck& c) {
  compare(c, &Feature::drift_comparator, Measurement::Comparison::drift, c.run().controls.previous);
}

void check_skew(FeatureCheck& c) {
  compare(c, &Feature::skew_comparator, Measurement::Comparison::skew, c.run().controls.serving);
}

}  // namespace zeroskew::detail
