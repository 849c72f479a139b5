#pragma once
// Rules about rows beside those before them.

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "schema/rows/cell_block.hpp"
#include "schema/rows/feature_plan.hpp"
#include "zeroskew/column/batch.hpp"

namespace zeroskew::detail {

// The 64-bit hashes of the keys so far. Keys of one integer never collide; others do with a
// probability of n^2 / 2^65.
class KeySet {
 public:
  // True when the key is new.
  bool insert(std::uint64_t key);

 private:
  std::vector<std::uint64_t> slots_;  // 0 is free
  std::size_t used_ = 0;
  bool zero_ = false;
};

class Sequence {
 public:
  explicit Sequence(const SequencePlan& plan) : plan_(plan) {}

  // The next rows.
  void update(const Batch& batch, Marks& marks);

 private:
  void unique(const std::vector<std::unique_ptr<CellBlock>>& cells, std::size_t start,
              std::size_t count, Marks& marks);
  void ordered(const CellBlock& cells, std::size_t start, Marks& marks);
  [[nodiscard]] bool follows(int order) const noexcept;

  SequencePlan plan_;
  KeySet keys_;
  std::variant<std::monostate, std::int64_t, double, std::string> last_;
};

}  // namespace zeroskew::detail
