#pragma once
/// The checks of `validate` that are about single rows, row by row.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "zeroskew/column/batch.hpp"
#include "zeroskew/schema/row_anomalies.hpp"
#include "zeroskew/schema/schema.hpp"

namespace zeroskew {

struct RowOptions {
  std::optional<std::string>
      environment;          ///< features outside it are neither required nor expected
  std::size_t samples = 5;  ///< rows shown of each fault
  unsigned threads = 0;     ///< 0: as many as the machine has cores
  /// Instead of ERROR. UNKNOWN hides anomalies of a type.
  std::vector<std::pair<AnomalyType, Severity>> severities;
};

/// Looks at rows in one pass, batch by batch: missing, unexpected and mistyped columns, presence,
/// numbers of values, shapes, domains, sparse and weighted features, and the rules of `row_rules`.
/// What a constraint tolerates (`min_fraction`, `min_domain_mass`, a rule's own share) is no fault
/// until more of it was seen. The result depends on the rows and their order alone, never on how
/// they were cut into batches or on the number of threads.
class RowValidator {
 public:
  /// @throws Error schema.unknown_environment
  explicit RowValidator(Schema schema, RowOptions options = {});
  ~RowValidator();
  RowValidator(RowValidator&&) noexcept;
  RowValidator& operator=(RowValidator&&) noexcept;

  /// Looks at the next rows.
  void update(const Batch& batch);
  /// What was found so far.
  [[nodiscard]] RowAnomalies result() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// All rows of a batch.
/// @throws Error schema.unknown_environment
[[nodiscard]] RowAnomalies validate_rows(const Batch& batch, const Schema& schema,
                                         const RowOptions& options = {});

}  // namespace zeroskew
