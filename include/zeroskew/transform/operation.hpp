#pragma once
/// What a fitted step does to a block: the one definition that tables, chunks, rows and plans
/// share.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "zeroskew/column/builder.hpp"
#include "zeroskew/transform/block.hpp"

namespace zeroskew {

/// What a step may know besides the cells. Draws depend on `stream` and the row's key only.
struct RowContext {
  const std::uint64_t* keys = nullptr;  ///< one a row
  std::uint64_t seed = 0;
  std::uint64_t epoch = 0;
  std::uint64_t stream = 0;  ///< names the step and its column
  bool active = true;        ///< augmenting steps: whether they act at all
  bool training = false;
  const std::uint8_t* acts = nullptr;  ///< per row, 1 where the step acts; null: everywhere
};

/// A pure function of each row. Input and output slots may be the same.
class Operation {
 public:
  virtual ~Operation() = default;
  virtual void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
                     const RowContext& rows) const = 0;
  /// What the step drew for a row on which it acts, by name.
  virtual void drawn(const RowContext& /*rows*/, std::size_t /*row*/,
                     std::vector<std::pair<std::string, double>>& /*draws*/) const {}
};

/// A step made ready for columns of known types.
struct Prepared {
  /// What comes out. An output that has an input's name takes its place; the others follow the
  /// first input. Inputs that are no output are gone, unless `keeps_inputs`.
  std::vector<Field> outputs;
  bool keeps_inputs = false;
  /// Only the outputs stay in the table (select).
  bool only_outputs = false;
  /// A fitted step's cells depend on the row's key too: what it does to statistics only rows tell.
  bool random = false;
  /// Null: output i is input i under another name (or nothing comes out).
  std::shared_ptr<const Operation> operation;
};

}  // namespace zeroskew
