#pragma once
/// What a monitor says: feature by feature, and against the policy's guards.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/drift/result.hpp"
#include "zeroskew/policy/guard.hpp"

namespace zeroskew {

struct MonitoredFeature {
  std::string name;
  std::uint64_t seen = 0;        ///< cells that were recorded, missing ones too
  std::uint64_t missing = 0;     ///< null or absent
  std::uint64_t nan = 0;         ///< NaN (numbers)
  std::uint64_t wrong_type = 0;  ///< cells of another type than the baseline's; only counted
  double mean = 0.0;             ///< of the finite numbers, the exact sum divided; NaN if none
  double missing_share = 0.0;    ///< missing and NaN
  double baseline_missing_share = 0.0;
  double new_share = 0.0;  ///< cells with no name or no bin in the baseline, of those not missing
  double evalue = 1.0;     ///< evidence against "as in the baseline" now
  double pvalue = 1.0;     ///< anytime-valid: valid however often one looks
  std::vector<MeasureResult> measures;  ///< of the rules, or the default one
  bool drifted = false;                 ///< the evidence is there, and the change is large enough
  std::string verdict;                  ///< a word, and a reason

  [[nodiscard]] bool operator==(const MonitoredFeature&) const = default;
};

struct GuardState {
  Guard guard;
  double value = 0.0;
  bool broken = false;

  [[nodiscard]] bool operator==(const GuardState&) const = default;
};

struct MonitorReport {
  std::string policy;        ///< digest
  std::uint64_t rows = 0;    ///< rows that were recorded
  std::uint64_t failed = 0;  ///< rows that could not be transformed, as the server told
  double alpha = 0.05;
  double evalue = 1.0;  ///< evidence that any feature drifted: the mean of theirs
  std::vector<MonitoredFeature> features;
  std::vector<GuardState> guards;

  /// A feature drifted.
  [[nodiscard]] bool drifted() const noexcept;
  /// The worst action of the guards that are broken; pass if none is.
  [[nodiscard]] GuardAction action() const noexcept;
  /// Null when there is no such feature.
  [[nodiscard]] const MonitoredFeature* find(std::string_view name) const noexcept;
  [[nodiscard]] std::string to_json() const;

  [[nodiscard]] bool operator==(const MonitorReport&) const = default;
};

}  // namespace zeroskew
