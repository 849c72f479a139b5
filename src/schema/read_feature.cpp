#include "schema/read_feature.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <memory>
#include <set>
#include <utility>

#include "schema/convert.hpp"
#include "schema/infer_feature.hpp"
#include "schema/read_special.hpp"
#include "schema/read_values.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/schema.hpp"

namespace zeroskew::detail {
namespace {

// Numbers of the fields of the messages within.
constexpr int kCommon = 1;
enum Common { weighted_common = 7, tot_num_values = 8, levels = 10, weighted_levels = 11 };
enum Level { num_non_missing = 1, num_missing = 2, min_num_values = 3, max_num_values = 4 };
enum Numeric { num_zeros = 4, num_min = 5, num_max = 7, histograms = 8, weighted_numeric = 9 };
enum Strings { unique = 2, rank_histogram = 5, weighted_strings = 6, invalid_utf8 = 8 };
enum Histogram { num_nan = 1, buckets = 3, histogram_type = 4 };

// Rounding of sums of fractional counts stays below this share of them.
constexpr double kRounding = 1e-9;

// Reads one feature; errors name its path.
class FeatureReader {
 public:
  FeatureReader(const StatisticsNode& feature, Path path, bool weighted)
      : feature_(feature), stats_(statistics_in(feature)), weighted_(weighted) {
    result_.path = std::move(path);
  }

  FeatureStatistics read() {
    const auto type = static_cast<int>(feature_.number(feature_type_field));
    constexpr StatisticsType types[] = {StatisticsType::integer, StatisticsType::floating,
                                        StatisticsType::string, StatisticsType::bytes,
                                        StatisticsType::structure};
    if (type < 0 || type >= static_cast<int>(std::size(types))) {
      fail("statistics.bad_type", "there is no type of number " + std::to_string(type));
    }
    result_.type = types[type];
    read_levels();
    auto values = std::make_shared<ReadValues>();
    values->count = total();
    if (feature_.has(num_stats)) read_numbers(*values);
    if (feature_.has(string_stats)) read_strings(*values);
    if (feature_.has(bytes_stats)) result_.max_bytes = most_bytes();
    if (result_.type != StatisticsType::structure) result_.values = std::move(values);
    if (feature_.has(derived_source_field)) read_source();
    for (const StatisticsNode& custom : feature_.messages(custom_stats)) {
      if (custom.text(1) == "domain_info") result_.detected_domain = domain_in(custom.text(3));
      if (custom.text(1) == "zeroskew_natural_domain") {
        result_.natural_domain = domain_in(custom.text(3));
      }
      if (custom.text(1) == "zeroskew_extremes") read_exact_extremes(custom.text(3));
    }
    read_special(feature_, result_);
    return std::move(result_);
  }

 private:
  [[noreturn]] void fail(const std::string& id, const std::string& what) const {
    fail_value(id, to_string(result_.path), what);
  }

  double count(const StatisticsNode& node, int field) const {
    const double number = node.number(field);
    if (!(number >= 0.0) || std::isinf(number)) {
      fail("statistics.bad_count", "a count must be finite and not negative");
    }
    return number;
  }

  [[nodiscard]] Valency level(const StatisticsNode& plain, const StatisticsNode& weighted) const {
    const StatisticsNode& counted = weighted_ ? weighted : plain;
    return {count(counted, num_non_missing), count(counted, num_missing),
            count(plain, min_num_values), count(plain, max_num_values)};
  }

  void read_levels() {
    const StatisticsNode common = stats_.message(kCommon);
    result_.levels.push_back(level(common, common.message(weighted_common)));
    const auto plain = common.messages(levels);
    const auto weighted = common.messages(weighted_levels);
    for (std::size_t i = 1; i < plain.size(); ++i) {
      result_.levels.push_back(level(plain[i], weighted_ ? weighted[i] : StatisticsNode(nullptr)));
    }
  }

  [[nodiscard]] double total() const {
    const StatisticsNode common = stats_.message(kCommon);
    if (weighted_) {
      const StatisticsNode own = common.message(weighted_common);
      const double all = count(own, 4);
      return all > 0.0 ? all : count(own, num_non_missing) * std::max(0.0, own.number(3));
    }
    const double all = count(common, tot_num_values);
    return all > 0.0 ? all : count(common, num_non_missing) * std::max(0.0, common.number(5));
  }

  // Integers are exact where doubles are.
  [[nodiscard]] Value extreme(double number) const {
    constexpr double most = 9223372036854775808.0;
    if (result_.type != StatisticsType::integer || number != std::floor(number)) return number;
    if (number >= -most && number < most) return static_cast<std::int64_t>(number);
    if (number >= most && number < 2 * most) return static_cast<std::uint64_t>(number);
    return number;
  }

  void read_numbers(ReadValues& values) {
    const StatisticsNode plain = feature_.message(num_stats);
    const auto charts =
        weighted_ ? plain.message(weighted_numeric).messages(4) : plain.messages(histograms);
    NumberRange range;
    for (const StatisticsNode& chart : plain.messages(histograms)) {
      range.nan = std::max(range.nan, count(chart, num_nan));
    }
    for (const StatisticsNode& chart : charts) {
      auto& place = chart.number(histogram_type) == 1.0 ? values.quantiles : values.equal_width;
      if (!place) place = cells_of(chart);
    }
    const double plain_total = count(plain.message(kCommon), tot_num_values);
    // Zero may also stand for a number that there is none of.
    const bool any = plain_total > range.nan || plain.number(num_min) != 0.0 ||
                     plain.number(num_max) != 0.0 || (plain_total == 0.0 && values.count > 0.0);
    if (any) {
      range.min = extreme(plain.number(num_min));
      range.max = extreme(plain.number(num_max));
    }
    if (values.count > 0.0) result_.numbers = range;
    // With nothing but 0 and 1 it is known how many there are of each.
    const double zeros = count(plain, num_zeros);
    if (any && !weighted_ && range.nan == 0.0 && zeros <= values.count &&
        range.min == Value(std::int64_t{0}) && range.max == Value(std::int64_t{1})) {
      values.names = Distribution::of_counts(
          std::vector<std::pair<std::string, double>>{{"0", zeros}, {"1", values.count - zeros}});
    }
  }

  [[nodiscard]] Distribution cells_of(const StatisticsNode& chart) const {
    std::vector<Cell> cells;
    for (const StatisticsNode& bucket : chart.messages(buckets)) {
      Cell cell{bucket.number(1), bucket.number(2), count(bucket, 4)};
      if (!(cell.lo <= cell.hi)) {
        fail("statistics.bad_histogram", "a bucket must not end before it begins");
      }
      if (!cells.empty() && cell.lo < cells.back().hi) {
        // Computed edges may differ in their last digits.
        const double reach = kRounding * std::max(std::fabs(cell.lo), std::fabs(cells.back().hi));
        if (!(cells.back().hi - cell.lo <= reach) || cell.hi < cells.back().hi) {
          fail("statistics.bad_histogram", "buckets must be in order and must not overlap");
        }
        cell.lo = cells.back().hi;
      }
      cells.push_back(cell);
    }
    Distribution result = Distribution::of_cells(std::move(cells));
    result.kind = Distribution::Kind::cells;
    result.nan = count(chart, num_nan);
    result.missing = result_.missing();
    result.integral = false;
    return result;
  }

  void read_strings(ReadValues& values) {
    const StatisticsNode plain = feature_.message(string_stats);
    result_.invalid_utf8 = count(plain, invalid_utf8);
    const StatisticsNode ranks =
        weighted_ ? plain.message(weighted_strings).message(2) : plain.message(rank_histogram);
    std::vector<std::pair<std::string, double>> counts;
    std::set<std::string_view> seen;
    for (const StatisticsNode& bucket : ranks.messages(1)) {
      const double mass = count(bucket, 5);
      // Of a label that stands twice the first counts, as in the tool that writes them.
      if (seen.insert(bucket.text(4)).second && mass > 0.0) {
        counts.emplace_back(bucket.text(4), mass);
      }
    }
    Distribution names = Distribution::of_counts(counts);
    names.kind = Distribution::Kind::labels;
    const double listed = names.total();
    values.count = std::max(values.count, listed);
    const double rest = values.count - listed;
    if (rest > kRounding * values.count) names.unnamed = rest;
    names.exact = names.unnamed == 0.0;
    names.missing = result_.missing();
    const double different = count(plain, unique);
    result_.unique = Estimate{different, different, different, true};
    if (result_.type == StatisticsType::integer) read_codes(names);
    values.names = std::move(names);
  }

  // Integers that were counted by their names.
  void read_codes(const Distribution& names) {
    std::optional<std::int64_t> least;
    std::optional<std::int64_t> most;
    for (const Label& label : names.labels) {
      const auto number = parse_integer(label.name);
      if (!number) continue;
      least = std::min(least.value_or(*number), *number);
      most = std::max(most.value_or(*number), *number);
    }
    if (least) result_.numbers = NumberRange{*least, *most, 0.0};
  }

  [[nodiscard]] double most_bytes() const {
    const StatisticsNode bytes = feature_.message(bytes_stats);
    return std::max(count(bytes, 5), count(bytes, 6));
  }

  void read_source() {
    FieldTree feature;
    feature.at(34).values.emplace_back(*feature_.message(derived_source_field).tree());
    Feature declared;
    from_tree(std::move(feature), declared);
    result_.derived_source = declared.validation_derived_source;
  }

  // Two integers that the message's doubles had to round, as text with a space between.
  void read_exact_extremes(std::string_view text) {
    const std::size_t space = text.find(' ');
    if (!result_.numbers || result_.type != StatisticsType::integer) return;
    if (space == std::string_view::npos) return;
    const auto least = exact(text.substr(0, space));
    const auto most = exact(text.substr(space + 1));
    if (!least || !most) return;
    result_.numbers->min = *least;
    result_.numbers->max = *most;
  }

  static std::optional<Value> exact(std::string_view text) noexcept {
    if (const auto number = parse_integer(text)) return Value(*number);
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return Value(number);
  }

  // The text of a Feature with exactly one field, its domain. Other text names no domain.
  static DomainInfo domain_in(std::string_view text) {
    try {
      const Schema schema = Schema::from_text("feature {\n" + std::string(text) + "\n}");
      if (schema.features.size() != 1) return {};
      Feature alone;
      alone.domain_info = schema.features.front().domain_info;
      if (schema.features.front() == alone) return alone.domain_info;
    } catch (const Error&) {
      return {};
    }
    return {};
  }

  StatisticsNode feature_;
  StatisticsNode stats_;
  bool weighted_;
  FeatureStatistics result_;
};

}  // namespace

StatisticsNode statistics_in(const StatisticsNode& feature) noexcept {
  for (const int kind : {num_stats, string_stats, bytes_stats, struct_stats}) {
    if (feature.has(kind)) return feature.message(kind);
  }
  return StatisticsNode();
}

bool is_weighted(const StatisticsNode& feature) {
  const StatisticsNode common = statistics_in(feature).message(kCommon);
  return common.has(weighted_common) &&
         common.messages(levels).size() == common.messages(weighted_levels).size();
}

FeatureStatistics read_feature(const StatisticsNode& feature, Path path, bool weighted) {
  return FeatureReader(feature, std::move(path), weighted).read();
}

}  // namespace zeroskew::detail
