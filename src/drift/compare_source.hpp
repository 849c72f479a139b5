#pragma once
// What a comparison reads of a column, wherever it comes from.

#include <functional>
#include <string>
#include <vector>

#include "zeroskew/drift/compare.hpp"
#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/stats/column_profile.hpp"
#include "zeroskew/stats/number_stats.hpp"

namespace zeroskew::detail {

// Cells of a column that have no value, and those that have one.
struct Absence {
  double absent = 0.0;
  double present = 0.0;

  [[nodiscard]] double share() const noexcept { return absent / (absent + present); }
};

// A column of one side: of a profile, or a distribution from elsewhere. Its type is asked for by
// function, since words take longer than comparing types.
struct Source {
  const ColumnProfile* profile = nullptr;
  const ColumnDistribution* other = nullptr;

  [[nodiscard]] explicit operator bool() const noexcept { return profile || other; }
  [[nodiscard]] bool has_cells() const {
    return profile != nullptr ? profile->count() != 0 : other->has_cells;
  }
  [[nodiscard]] bool numeric() const {
    return profile != nullptr ? is_numeric(profile->type().kind) : other->numeric;
  }
  [[nodiscard]] std::string type() const {
    return profile != nullptr ? to_string(profile->type()) : other->type;
  }
  [[nodiscard]] bool same_type(const Source& current) const {
    if (profile != nullptr && current.profile != nullptr) {
      return profile->type() == current.profile->type();
    }
    return type() == current.type();
  }
  [[nodiscard]] Distribution values() const {
    return profile != nullptr ? Distribution::of_profile(*profile) : other->values;
  }
};

[[nodiscard]] inline Absence absence_of(const Source& column) {
  Absence result;
  if (column.profile == nullptr) {
    const Distribution& values = column.other->values;
    return {values.missing + values.nan, values.total()};
  }
  result.absent = static_cast<double>(column.profile->missing());
  if (column.profile->values() == nullptr) return result;
  const NumberStats* numbers = column.profile->numbers();
  if (numbers != nullptr) result.absent += static_cast<double>(numbers->nan());
  result.present = static_cast<double>(column.profile->values()->total());
  return result;
}

// A side's columns: their names, and how to find one.
struct Side {
  std::vector<std::string> names;
  std::function<Source(const std::string&)> find;
};

[[nodiscard]] Side side_of(const Profile& profile);
[[nodiscard]] Side side_of(const std::vector<ColumnDistribution>& columns);

[[nodiscard]] std::string percent(double share);

// Says what a pair's measures mean, once the columns have their verdicts.
void judge(PairDrift& pair, const Drift& drift, double least);

}  // namespace zeroskew::detail
