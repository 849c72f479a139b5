#pragma once
/// Watches what a server sees and compares it with the policy's baseline, while it is served.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "zeroskew/column/batch.hpp"
#include "zeroskew/monitor/recorder.hpp"
#include "zeroskew/policy/monitor_report.hpp"
#include "zeroskew/policy/monitor_snapshot.hpp"
#include "zeroskew/transform/fitted_pipeline.hpp"
#include "zeroskew/transform/row_cell.hpp"

namespace zeroskew {

class Policy;

struct MonitorOptions {
  double alpha = 0.05;    ///< share of false alarms among the features that are called drifted
  std::size_t bins = 10;  ///< numbers: bins of equal mass in the baseline
  std::size_t max_labels = 100;  ///< texts: the most frequent ones; others are counted together
  double min_effect = 0.1;       ///< features without a rule: Jensen-Shannon distance that matters
  std::uint64_t min_rows = 100;  ///< of a feature, before it can be called drifted
};

/// Recording is lock-free and from any thread; reports may be asked for at any time. Every column
/// of the baseline that holds numbers, texts or bools is watched.
///
/// A feature drifted when its evidence is a discovery of the e-BH procedure among all features (the
/// e-process of SequentialCounts over bins or labels and what is missing, so that looking often
/// costs nothing), and when at least one of the policy's rules for it is exceeded; without a
/// rule, when the Jensen-Shannon distance is at least `min_effect`.
class Monitor {
  struct State;

 public:
  /// Throws Error monitor.parameter for options out of range.
  explicit Monitor(const Policy& policy, const MonitorOptions& options = {});
  ~Monitor();
  Monitor(Monitor&&) noexcept;
  Monitor& operator=(Monitor&&) noexcept;

  /// Names of the watched features.
  [[nodiscard]] const std::vector<std::string>& features() const noexcept;

  /// Records rows for one thread, of columns named once. The monitor (or where it was moved to)
  /// must outlive it.
  class Writer {
   public:
    /// One cell a column; a cell of another type than the baseline's is counted as such.
    void record(std::span<const RowCell> row) noexcept;
    /// A row that could not be transformed.
    void failed() noexcept;

   private:
    friend class Monitor;
    State* state_ = nullptr;
    Recorder::Writer counts_;
    std::vector<std::size_t> column_;  // of each feature, or npos: missing in every row
  };
  /// Other columns than the features are ignored; features that are no column count as missing.
  [[nodiscard]] Writer writer(const std::vector<std::string>& columns) const;

  /// One row, by name. For many rows use a Writer or a batch.
  void record(const FittedPipeline::Row& row) const;
  void record(const Batch& data) const;
  /// Rows that could not be transformed.
  void failed(std::uint64_t rows = 1) const noexcept;

  /// Compares all that was recorded so far. From any thread; one report at a time.
  [[nodiscard]] MonitorReport report() const;

  /// All that was recorded and absorbed so far, to be added up elsewhere. From any thread.
  [[nodiscard]] MonitorSnapshot snapshot() const;
  /// Counts what another monitor of this policy counted, as if it had been recorded here.
  /// @throws Error policy.snapshot for another policy or other bins
  void absorb(const MonitorSnapshot& other) const;

  /// The counts of this monitor's own writers.
  [[nodiscard]] const Recorder& recorder() const noexcept;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace zeroskew
