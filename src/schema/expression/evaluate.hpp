#pragma once
// Expressions over blocks of rows.

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/expression/node.hpp"
#include "schema/rows/cell_block.hpp"
#include "schema/rows/name_set.hpp"
#include "zeroskew/column/batch.hpp"
#include "zeroskew/schema/pattern.hpp"
#include "zeroskew/schema/schema.hpp"

namespace zeroskew::detail {

// A parsed expression and what the schema says of its columns.
struct Formula {
  std::string text;
  Node root;
  std::vector<Path> columns;
  std::vector<ColumnKind> kinds;
};

// @throws Error schema.expression_*
Formula make_formula(std::string_view text, const Schema& schema);

// The formula with the columns of a batch: of one type each, or one that does as well.
struct BoundFormula {
  struct Column {
    std::vector<ColumnView> chain;  // structures, then the cells
    ColumnKind kind;
  };
  Node root;
  std::vector<Column> columns;
};

// Nothing when the batch lacks a column, or has it in a type that the formula cannot read.
std::optional<BoundFormula> bind_formula(const Formula& formula, const Batch& batch);

// The values of a block, in the form of their type.
struct ValueBlock {
  std::array<std::uint8_t, CellBlock::most> valid = {};
  std::vector<std::uint8_t> truths;
  std::vector<std::int64_t> integers;  // times and durations, too
  std::vector<double> numbers;
  std::vector<std::string_view> texts;
  std::vector<std::string> owned;
};

// One thread's evaluation.
class Evaluator {
 public:
  explicit Evaluator(const BoundFormula& formula);
  ~Evaluator();
  // Rows first to first + count, at most CellBlock::most; valid until the next call.
  const ValueBlock& run(std::int64_t first, std::size_t count);
  // The cells of a row of the last block: "a=1, b=2".
  [[nodiscard]] std::string shown(const std::vector<Path>& names, std::size_t row) const;

 private:
  struct Frame;
  const BoundFormula& formula_;
  std::vector<std::unique_ptr<CellBlock>> cells_;
  std::unique_ptr<Frame> root_;
};

}  // namespace zeroskew::detail
