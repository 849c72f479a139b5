#pragma once
/// What a server sees, counted without locks: each thread counts into a slot of its own, and anyone
/// may take the sum of all slots while they go on.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/column/view.hpp"
#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/stats/exact_sum.hpp"

namespace zeroskew {

/// How a feature is counted: over bins that are frozen on the reference, or over its labels.
struct RecordedFeature {
  std::string name;
  /// Numbers: ascending edges; bins are [edge, next edge), with open bins outside. Two neighbouring
  /// doubles as edges make a bin of one value.
  std::vector<double> edges;
  /// Names: sorted and unique; other names are counted together.
  std::vector<std::string> labels;

  /// From a reference: labels as they are, the points of a discrete column as bins of their own, or
  /// about `bins` bins of equal mass.
  [[nodiscard]] static RecordedFeature of(std::string name, const Distribution& reference,
                                          std::size_t bins = 64);
  [[nodiscard]] bool operator==(const RecordedFeature&) const = default;
};

/// The counts of a feature at one moment.
struct RecordedCounts {
  std::vector<std::uint64_t>
      bins;  ///< below the first edge, between edges, above; or per label, others
  std::uint64_t missing = 0;
  std::uint64_t nan = 0;
  std::uint64_t negative_infinity = 0;
  std::uint64_t positive_infinity = 0;
  double sum = 0.0;  ///< of the finite numbers: their exact sum, rounded once
  ExactSum exact;    ///< the same before it was rounded
  bool settled =
      true;  ///< false if a value was being counted throughout, so that `sum` may lack it

  [[nodiscard]] std::uint64_t total() const noexcept;
  /// @pre as many bins
  RecordedCounts& operator+=(const RecordedCounts& other);
  [[nodiscard]] bool operator==(const RecordedCounts&) const = default;
};

class Recorder {
 public:
  /// Counts for one thread. Cheap to move; at most one thread may use it at a time. When it goes,
  /// its counts stay and its slot is free for the next writer.
  class Writer {
   public:
    Writer() = default;
    Writer(Writer&& other) noexcept;
    Writer& operator=(Writer&& other) noexcept;
    ~Writer();

    /// @pre feature < features().size(), and the feature has edges (labels, respectively)
    void number(std::size_t feature, double x) noexcept;
    void label(std::size_t feature, std::string_view name) noexcept;
    void missing(std::size_t feature) noexcept;
    /// A row of numbers, one a feature from the first on; NaN is counted as NaN.
    void numbers(std::span<const double> row) noexcept;

    /// Every cell of a column that `check` lets pass; throws its Error before anything is counted.
    void column(std::size_t feature, const ColumnView& cells);

   private:
    friend class Recorder;
    struct Impl;
    const Recorder* recorder_ = nullptr;
    void* slot_ = nullptr;
  };

  /// Throws Error monitor.recorder for edges or labels that do not ascend, or none of either.
  explicit Recorder(std::vector<RecordedFeature> features);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /// Throws Error monitor.recorder where a feature counts names and the column has none, or the
  /// other way round.
  void check(std::size_t feature, const ColumnView& cells) const;

  /// A slot for the calling thread; allocates if none is free. Safe from any thread. The recorder
  /// must outlive its writers.
  [[nodiscard]] Writer writer();

  /// The sum over all slots. Safe from any thread at any time; waits for nobody. What was counted
  /// before the call (in the sense of the memory model) is in it.
  [[nodiscard]] std::vector<RecordedCounts> snapshot() const;

  [[nodiscard]] const std::vector<RecordedFeature>& features() const noexcept { return features_; }

 private:
  struct Slot;

  std::vector<RecordedFeature> features_;
  std::vector<std::size_t> begin_;  // each feature's first word in a slot
  std::size_t words_ = 0;
  std::atomic<Slot*> slots_{nullptr};
};

/// Counts as a distribution that measures can compare with the reference.
[[nodiscard]] Distribution distribution_of(const RecordedFeature& feature,
                                           const RecordedCounts& counts);

}  // namespace zeroskew
