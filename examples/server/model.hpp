#pragma once
/// A policy made ready to serve: compiled, watched, and guarded by its breaker.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <zeroskew/policy/breaker.hpp>
#include <zeroskew/policy/policy.hpp>
#include "traffic.hpp"

namespace server {

/// What the schema has against the rows of one column.
struct SchemaAnomaly {
  std::string feature;
  std::string type;  ///< as in tensorflow.metadata.v0.AnomalyInfo.Type
  std::string message;
};

/// What was found when the rows so far were last looked at.
struct Findings {
  zeroskew::MonitorReport report;
  std::vector<SchemaAnomaly> anomalies;
};

/// Shared between threads; only what watches changes.
class Model {
 public:
  explicit Model(zeroskew::Policy policy);

  struct Output {
    std::string name;
    std::string member;      ///< `"name":`
    bool passes = false;     ///< a column that no step names
    std::size_t source = 0;  ///< the column that passes
  };

  [[nodiscard]] const std::string& digest() const noexcept { return policy.digest(); }
  /// Where a column is; columns.size() if the policy does not know it. Rows mostly name columns in
  /// one order, so the one after the last found is tried first.
  [[nodiscard]] std::size_t find(std::string_view name, std::size_t after) const noexcept {
    const std::size_t next = after + 1;
    if (next < columns.size() && columns[next].name == name) return next;
    const auto found = places_.find(name);
    return found == places_.end() ? columns.size() : found->second;
  }

  const zeroskew::Policy policy;
  const std::vector<zeroskew::Field>
      columns;  ///< what the pipeline needs, then what else is watched
  const zeroskew::Plan plan;
  const std::vector<Output> outputs;
  zeroskew::Monitor monitor;
  Traffic traffic;
  zeroskew::Breaker breaker;

  /// The latest; null before the first look.
  [[nodiscard]] std::shared_ptr<const Findings> findings() const;
  void set_findings(Findings found);

 private:
  std::unordered_map<std::string_view, std::size_t> places_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Findings> findings_;
};

}  // namespace server
