#pragma once
/// What changed between two policies, in words and numbers, for who must approve it.

#include <string>
#include <vector>

namespace zeroskew {

class Policy;

struct PolicyChange {
  std::string part;     ///< "schema", "pipeline", "baseline", "rules", "guards", "golden", ...
  std::string where;    ///< feature, step, column, field; may be empty
  std::string message;  ///< "mean: 12.1 -> 13.4 (+10.7%)"

  [[nodiscard]] bool operator==(const PolicyChange&) const = default;
};

/// Every change, part by part: the schema's (as schema_diff), steps that came, went or have other
/// settings or learned parameters, how far the baseline's columns moved (Jensen-Shannon distance,
/// with the size that sampling alone explains), rules, guards, provenance, and how many of the
/// golden rows of `before` the pipeline of `after` answers otherwise. Empty when digests are equal.
[[nodiscard]] std::vector<PolicyChange> policy_diff(const Policy& before, const Policy& after);

/// "pipeline: standardize(fare): mean: 12.1 -> 13.4 (+10.7%)".
[[nodiscard]] std::string to_string(const PolicyChange& change);
/// One change a line.
[[nodiscard]] std::string to_string(const std::vector<PolicyChange>& changes);

}  // namespace zeroskew
