#include "drift/compare_source.hpp"

#include <map>
#include <memory>
#include <unordered_map>

#include "zeroskew/detail/format.hpp"

namespace zeroskew::detail {

std::string percent(double share) {
  return rounded(100.0 * share, 3) + "%";
}

Side side_of(const Profile& profile) {
  Side side{profile.columns(), {}};
  auto places = std::make_shared<std::unordered_map<std::string, const ColumnProfile*>>();
  for (const std::string& name : side.names) places->emplace(name, profile.find(name));
  side.find = [places](const std::string& name) {
    const auto found = places->find(name);
    return found == places->end() ? Source{} : Source{found->second, nullptr};
  };
  return side;
}

Side side_of(const std::vector<ColumnDistribution>& columns) {
  Side side;
  auto places = std::make_shared<std::map<std::string, const ColumnDistribution*>>();
  for (const ColumnDistribution& column : columns) {
    side.names.push_back(column.name);
    places->emplace(column.name, &column);
  }
  side.find = [places](const std::string& name) {
    const auto found = places->find(name);
    return found == places->end() ? Source{} : Source{nullptr, found->second};
  };
  return side;
}

void judge(PairDrift& pair, const Drift& drift, double least) {
  if (!pair.pvalue) return;
  const bool moved = *pair.adjusted_pvalue <= drift.alpha;
  pair.drifted = moved && pair.effect >= least;
  pair.verdict = pair.drifted ? "drifted" : "stable";
  if (!moved) {
    pair.reason = "no more than chance would do";
    return;
  }
  if (!pair.drifted) {
    pair.reason = "moved by less than matters (effect " + rounded(pair.effect, 3) + " < " +
                  rounded(least, 3) + ")";
    return;
  }
  if (pair.contributors.empty()) {
    pair.reason = "correlation " + rounded(pair.reference, 3) + " -> " + rounded(pair.current, 3);
  } else {
    const Contributor& most = pair.contributors.front();
    pair.reason = most.name + " has " + percent(most.current) + ", and by the columns alone " +
                  percent(most.reference);
  }
  if (!drift.column(pair.first).drifted && !drift.column(pair.second).drifted) {
    pair.reason += ", though neither column drifted";
  }
}

}  // namespace zeroskew::detail
