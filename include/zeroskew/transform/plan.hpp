#pragma once
/// A fitted pipeline compiled for serving rows.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "zeroskew/transform/fitted_pipeline.hpp"
#include "zeroskew/transform/row_cell.hpp"

namespace zeroskew {

class Program;

/// Where a plan writes a row. Made by `Plan::row()`, reused by its owner for row after row; not to
/// be shared between threads that write.
class Row {
 public:
  Row() = default;
  [[nodiscard]] std::size_t size() const noexcept { return cells_.size(); }
  /// Output i; text is valid until the next row, and as long as the input's text.
  [[nodiscard]] const RowCell& operator[](std::size_t i) const noexcept { return cells_[i]; }
  [[nodiscard]] std::span<const RowCell> cells() const noexcept { return cells_; }

 private:
  friend class Plan;
  Block block_;
  std::vector<RowCell> cells_;
};

/// Immutable: share it between threads, give each its own Row. Allocates nothing per row once a
/// Row has seen its longest text.
class Plan {
 public:
  /// For rows that hold the pipeline's inputs, in their order.
  explicit Plan(const FittedPipeline& pipeline);
  /// For rows of these columns; those that no step names pass through.
  /// @throws Error transform.missing_column, transform.name_taken
  Plan(const FittedPipeline& pipeline, std::vector<std::string> columns);

  [[nodiscard]] const std::vector<std::string>& inputs() const noexcept { return inputs_; }
  /// Names and types of the outputs; a column that passes through has type null.
  [[nodiscard]] const std::vector<Field>& outputs() const noexcept;
  [[nodiscard]] Row row() const;

  /// @throws Error transform.wrong_type, transform.unknown_value; `out` is unspecified then
  void apply(std::span<const RowCell> in, Row& out, std::uint64_t key = 0, std::uint64_t epoch = 0,
             bool training = false) const;
  void apply(std::span<const Value> in, Row& out, std::uint64_t key = 0, std::uint64_t epoch = 0,
             bool training = false) const;

 private:
  template <class T>
  void run(std::span<const T> in, Row& out, std::uint64_t key, std::uint64_t epoch,
           bool training) const;

  std::vector<std::string> inputs_;
  std::shared_ptr<const Program> program_;
};

}  // namespace zeroskew
