#pragma once
/// What validation reads of a column, whether zeroskew profiled it or another tool did.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/column/value.hpp"
#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/schema/feature.hpp"
#include "zeroskew/schema/path.hpp"
#include "zeroskew/schema/special_statistics.hpp"
#include "zeroskew/stats/estimate.hpp"

namespace zeroskew {

/// How a column was counted. `none`: it holds nothing but nulls, so that its type is not known.
enum class StatisticsType : std::uint8_t { none, integer, floating, string, bytes, structure };

/// One level of nesting: how many lists (or plain cells) there are, and how many values they hold.
/// A plain cell is a list of one value; null is missing, an empty list is present with 0 values.
struct Valency {
  double present = 0.0;
  double missing = 0.0;
  double min_values = 0.0;  ///< fewest values in one that is present
  double max_values = 0.0;

  [[nodiscard]] bool operator==(const Valency&) const = default;
};

/// The extremes of numbers; monostate where there is no number. Integers are exact.
struct NumberRange {
  Value min;
  Value max;
  double nan = 0.0;  ///< how many values are NaN

  [[nodiscard]] bool operator==(const NumberRange&) const = default;
};

/// The values of one column, read only when a check asks for them.
class FeatureValues {
 public:
  virtual ~FeatureValues() = default;

  /// Values by name with their counts: strings, bools ("0", "1"), integers; nothing for others.
  [[nodiscard]] virtual std::optional<Distribution> labels() const = 0;
  /// Numbers in ten buckets, of equal width (`standard`, `by_default`) or of equal mass
  /// (`quantiles`); nothing where there is no such histogram.
  [[nodiscard]] virtual std::optional<Distribution> histogram(
      JensenShannonDivergence::Source source) const = 0;
  /// How many values there are (of all rows and lists together).
  [[nodiscard]] virtual double total() const = 0;
  /// How many of them have one of these names, with certified bounds.
  [[nodiscard]] virtual Estimate mass_of(std::span<const std::string> names) const = 0;
  /// True if every name in `labels` is the whole value itself.
  [[nodiscard]] virtual bool named() const = 0;
  /// Where numbers lie strictly between two bounds, if there certainly are some.
  [[nodiscard]] virtual std::optional<Bounds> inside(double lo, double hi) const = 0;

  /// What not every tool counts; nothing where it was not.
  struct Moments {
    double mean = 0.0;
    double std = 0.0;
    double zeros = 0.0;  ///< share of the values
  };
  [[nodiscard]] virtual std::optional<Moments> moments() const { return std::nullopt; }
  /// Bounds that certainly hold a quantile.
  [[nodiscard]] virtual std::optional<Bounds> quantile(double) const { return std::nullopt; }
  /// The lengths of the shortest and the longest string, in bytes.
  [[nodiscard]] virtual std::optional<Bounds> lengths() const { return std::nullopt; }
};

struct FeatureStatistics {
  // Out of line: every file that copies one would compile it all again.
  FeatureStatistics();
  FeatureStatistics(const FeatureStatistics&);
  FeatureStatistics(FeatureStatistics&&) noexcept;
  FeatureStatistics& operator=(const FeatureStatistics&);
  FeatureStatistics& operator=(FeatureStatistics&&) noexcept;
  ~FeatureStatistics();

  Path path;
  StatisticsType type = StatisticsType::none;
  std::vector<Valency> levels;         ///< outermost first, one at least
  std::optional<NumberRange> numbers;  ///< integers and floats
  std::optional<Estimate> unique;      ///< number of different values, where it was counted
  double invalid_utf8 = 0.0;           ///< strings that are not UTF-8
  std::optional<double> max_bytes;     ///< longest string or byte string
  DomainInfo natural_domain;           ///< what the column's own type says: bool, dates, timestamps
  DomainInfo detected_domain;          ///< what a detector of the other tool found
  std::optional<DerivedFeatureSource> derived_source;
  std::optional<LanguageStatistics> language;  ///< tokens, where they were counted
  std::optional<ImageStatistics> images;
  std::optional<SparseStatistics> sparse;       ///< this is no column, but a sparse feature
  std::optional<WeightedStatistics> weighted;   ///< this is no column, but a weighted feature
  std::shared_ptr<const FeatureValues> values;  ///< null for structures
  std::vector<FeatureStatistics> children;      ///< a structure's fields

  /// Examples that hold the feature, and that do not (a child: of those that hold its parent).
  [[nodiscard]] double present() const noexcept {
    return levels.empty() ? 0.0 : levels.front().present;
  }
  [[nodiscard]] double missing() const noexcept {
    return levels.empty() ? 0.0 : levels.front().missing;
  }
  /// Share of the examples that hold it; 1 when none is missing.
  [[nodiscard]] double fraction() const noexcept {
    return missing() == 0.0 ? 1.0 : present() / (present() + missing());
  }
};

class Profile;

/// The features of one dataset, in the order of the data.
class DatasetStatistics {
 public:
  DatasetStatistics() = default;
  DatasetStatistics(double num_examples, std::vector<FeatureStatistics> features,
                    bool weighted = false);
  /// Reads a profile, which must outlive this. Types: bool, int, date, time, timestamp and duration
  /// are INT; float and decimal FLOAT; string and bytes BYTES; a list has its items' type, each
  /// list around them being a level; struct STRUCT. A bool has a bool_domain of its own, and dates
  /// and timestamps a time_domain in their unit. Where rows have weights, and not all are 0, they
  /// count by them: examples, presence, and the values of columns that are no lists or structures.
  [[nodiscard]] static DatasetStatistics of_profile(const Profile& profile);

  [[nodiscard]] double num_examples() const noexcept { return num_examples_; }
  /// True if examples count by their weights.
  [[nodiscard]] bool weighted() const noexcept { return weighted_; }
  [[nodiscard]] const std::vector<FeatureStatistics>& features() const noexcept {
    return features_;
  }
  /// Null when the data has no such feature.
  [[nodiscard]] const FeatureStatistics* find(const Path& path) const noexcept;

 private:
  double num_examples_ = 0.0;
  bool weighted_ = false;
  std::vector<FeatureStatistics> features_;
  std::vector<std::uint32_t> by_name_;
};

}  // namespace zeroskew
