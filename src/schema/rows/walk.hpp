#pragma once
// One column's cells against one feature's plan.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "schema/rows/cell_block.hpp"
#include "schema/rows/feature_plan.hpp"

namespace zeroskew::detail {

// Cells of a column with the rows that they belong to: neighbours, cell first + i in row i, or any.
struct Cells {
  const ColumnView* column = nullptr;
  bool dense = true;
  std::int64_t first = 0;
  std::size_t count = 0;
  std::vector<std::int64_t> positions;  // unless dense
  std::vector<std::uint32_t> rows;

  [[nodiscard]] std::int64_t position(std::size_t i) const noexcept {
    return dense ? first + static_cast<std::int64_t>(i) : positions[i];
  }
  [[nodiscard]] std::size_t row(std::size_t i) const noexcept { return dense ? i : rows[i]; }
};

// The sequences of tokens among cells: where each ends, and its row.
struct SequenceEnd {
  std::size_t end = 0;
  std::size_t row = 0;
};
using Sequences = std::vector<SequenceEnd>;

class Walk {
 public:
  Walk(FaultTable& faults, Marks& marks)
      : faults_(faults), marks_(marks), block_(std::make_unique<CellBlock>()) {}

  void known(const FeaturePlan& plan, const Cells& cells);
  // A column that the schema does not know.
  void unknown(const Path& path, const Cells& cells);

 private:
  void missing(const FeaturePlan& plan, const Cells& parents);
  void lists(const FeaturePlan& plan, const Cells& cells);
  void plain(const FeaturePlan& plan, const Cells& cells);
  void leaves(const FeaturePlan& plan, const Cells& cells);
  void test_block(const std::vector<const CellTest*>& tests, const Cells& cells, std::size_t start);
  void children(const FeaturePlan& plan, const Cells& cells);
  void mark_all(std::size_t fault, const Cells& cells);
  void count_tokens(const FeaturePlan& plan, const Cells& tokens, const Sequences& sequences);
  void bounds(const LevelPlan& level, std::int64_t count, std::size_t row);

  FaultTable& faults_;
  Marks& marks_;
  std::unique_ptr<CellBlock> block_;
};

}  // namespace zeroskew::detail
