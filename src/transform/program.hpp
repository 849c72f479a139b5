#pragma once
/// A fitted pipeline compiled for tables with given column names: which cells to read, which
/// operations to run on which slots, what comes out.

#include <string>
#include <vector>

#include "transform/gate.hpp"
#include "zeroskew/transform/fitted_pipeline.hpp"

namespace zeroskew {

class Program {
 public:
  struct Input {
    std::size_t source = 0;  ///< position in the given table
    Field field;
    Slot slot;
  };
  struct Output {
    bool untouched = false;
    std::size_t source = 0;  ///< if untouched
    Slot slot;               ///< if not
  };

  /// @throws Error transform.missing_column, transform.name_taken
  Program(const FittedPipeline& pipeline, const std::vector<std::string>& names);

  [[nodiscard]] const std::vector<Input>& inputs() const noexcept { return inputs_; }
  [[nodiscard]] const std::vector<Output>& outputs() const noexcept { return outputs_; }
  /// Names and types that come out; null where an untouched column's type is not known.
  [[nodiscard]] const std::vector<Field>& fields() const noexcept { return fields_; }
  [[nodiscard]] Block block(std::size_t capacity) const { return Block(shape_, capacity); }

  /// Runs every operation on a block whose inputs are loaded; `keys` has one key a row.
  void run(Block& block, const std::uint64_t* keys, std::uint64_t epoch, bool training) const {
    run(block, keys, epoch, training, nullptr);
  }
  /// The same, and says what the augmenting steps draw for row 0, in the order of `run`'s calls.
  void replay(Block& block, const std::uint64_t* keys, std::uint64_t epoch, bool training,
              std::vector<Draw>& draws) const {
    run(block, keys, epoch, training, &draws);
  }

 private:
  struct Call {
    std::shared_ptr<const Operation> operation;
    std::vector<Slot> in;
    std::vector<Slot> out;
    std::uint64_t stream = 0;
    bool augmenting = false;
    bool always = false;
    bool in_place = false;  ///< output 0 takes the place of input 0
    double p = 1.0;
    Gate gate;
    std::string step;
    std::vector<std::string> columns;
  };
  void run(Block& block, const std::uint64_t* keys, std::uint64_t epoch, bool training,
           std::vector<Draw>* draws) const;
  void run_where(const Call& call, Block& block, const RowContext& rows,
                 const std::uint8_t* acts) const;
  [[nodiscard]] Slot new_slot(const Type& type);

  std::vector<Input> inputs_;
  std::vector<Call> calls_;
  std::vector<Output> outputs_;
  std::vector<Field> fields_;
  BlockShape shape_;
  Slot gate_;  // its validity bytes say where an augmenting step acts
  std::uint64_t seed_ = 0;
};

}  // namespace zeroskew
