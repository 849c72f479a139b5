#pragma once
/// A pipeline that knows its parameters: applies itself to tables and rows, and saves itself.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "zeroskew/column/batch.hpp"
#include "zeroskew/column/value.hpp"
#include "zeroskew/transform/composition.hpp"

namespace zeroskew {

struct TransformOptions {
  std::span<const std::uint64_t> keys;  ///< one a row; empty: first_key, first_key + 1, ...
  std::uint64_t first_key = 0;
  std::uint64_t epoch = 0;
  bool training = false;  ///< augmenting steps act
  unsigned threads = 1;   ///< 0: as many as the machine has cores
};

/// A step with what it learned, for one column (or for its columns together).
struct FittedStep {
  Step step;
  std::vector<Field> inputs;
  Settings learned;
  Prepared prepared;
  std::uint64_t stream = 0;
  std::vector<Membership> within = {};  ///< the compositions around it, the outermost first
  std::vector<Field> reads = {};        ///< columns of its conditions and of `by`

  [[nodiscard]] bool operator==(const FittedStep& other) const {
    return step == other.step && inputs == other.inputs && learned == other.learned &&
           within == other.within && reads == other.reads;
  }
};

/// What an augmenting step did to one row.
struct Draw {
  std::string step;
  std::vector<std::string> columns;
  bool acted = false;
  std::vector<std::pair<std::string, double>> values;  ///< what it drew, by name

  [[nodiscard]] bool operator==(const Draw&) const = default;
};

class FittedPipeline {
 public:
  using Row = std::vector<std::pair<std::string, Value>>;

  FittedPipeline() = default;
  /// Prepares the steps; `transform` does nothing else than they say.
  FittedPipeline(std::vector<Field> inputs, std::vector<FittedStep> steps, std::uint64_t seed);

  /// The columns that the steps need, as they were when fitting.
  [[nodiscard]] const std::vector<Field>& inputs() const noexcept { return inputs_; }
  [[nodiscard]] const std::vector<FittedStep>& steps() const noexcept { return steps_; }
  [[nodiscard]] std::uint64_t seed() const noexcept { return seed_; }
  /// The columns that come out of a table that has exactly `inputs()`.
  [[nodiscard]] std::vector<Field> outputs() const;

  /// A column that the steps need must be there, with the type it had when fitting (a whole number
  /// is taken for a float, and a float that is whole for an integer). Other columns, also new ones,
  /// pass through untouched, sharing their buffers.
  /// @throws Error transform.missing_column, transform.wrong_type, transform.keys,
  /// transform.unknown_value (steps that are told to), transform.name_taken
  [[nodiscard]] Batch transform(const Batch& data, const TransformOptions& options = {}) const;
  /// The same bits as the row of a table. For many rows use a Plan.
  [[nodiscard]] Row transform_row(const Row& row, std::uint64_t key = 0, std::uint64_t epoch = 0,
                                  bool training = false) const;

  /// What came in, from what came out: the steps backwards. Augmenting steps are skipped, filled
  /// cells stay filled, removed columns stay away. Columns of later steps only are not needed.
  /// @throws Error transform.no_inverse where a step has none, and what `transform` throws
  [[nodiscard]] Batch inverse_transform(const Batch& data) const;
  /// The draws of the augmenting steps for a row, as `transform` makes them.
  [[nodiscard]] std::vector<Draw> replay(const Row& row, std::uint64_t key = 0,
                                         std::uint64_t epoch = 0, bool training = true) const;

  /// Canonical JSON (RFC 8785): equal pipelines have equal text.
  /// @throws Error transform.not_savable for a step that lives in this program only
  [[nodiscard]] std::string to_json() const;
  /// @throws Error transform.malformed, transform.version
  [[nodiscard]] static FittedPipeline from_json(std::string_view text);

  [[nodiscard]] bool operator==(const FittedPipeline& other) const {
    return seed_ == other.seed_ && inputs_ == other.inputs_ && steps_ == other.steps_;
  }

 private:
  std::vector<Field> inputs_;
  std::vector<FittedStep> steps_;
  std::uint64_t seed_ = 0;
};

}  // namespace zeroskew
