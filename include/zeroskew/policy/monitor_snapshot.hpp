#pragma once
/// What a monitor counted, as a value: snapshots of many servers add up to what one server would
/// have counted.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/monitor/recorder.hpp"

namespace zeroskew {

struct MonitorSnapshot {
  std::string policy;  ///< digest
  std::uint64_t failed = 0;
  std::vector<RecordedFeature> features;
  std::vector<RecordedCounts> counts;     ///< one a feature
  std::vector<std::uint64_t> wrong_type;  ///< one a feature

  /// Order leaves no trace: counts are whole, and sums are exact. An empty snapshot takes on the
  /// other's policy. @throws Error policy.snapshot for another policy or other bins
  MonitorSnapshot& operator+=(const MonitorSnapshot& other);
  [[nodiscard]] bool operator==(const MonitorSnapshot&) const = default;

  /// Canonical JSON (RFC 8785).
  [[nodiscard]] std::string to_json() const;
  /// @throws Error policy.snapshot, policy.malformed
  [[nodiscard]] static MonitorSnapshot from_json(std::string_view text);
};

}  // namespace zeroskew
