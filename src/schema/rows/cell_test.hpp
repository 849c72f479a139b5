#pragma once
// What a schema asks of every single cell.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/schema/anomaly_type.hpp"
#include "zeroskew/schema/schema.hpp"

namespace zeroskew::detail {

// A cell of a kind that a test is not about passes.
class CellTest {
 public:
  AnomalyType type = AnomalyType::unknown_type;
  std::string rule;         // of the rules that are ours: which one
  std::string summary;      // as the column's check has it
  std::string expected;     // "Expected at least 3"
  double least_mass = 1.0;  // share of the values that must pass
  std::size_t fault = 0;    // where its findings are counted
  bool on_bytes = false;    // does it look at byte strings, too?

  virtual ~CellTest() = default;

  [[nodiscard]] virtual bool integer(std::int64_t) const noexcept { return true; }
  [[nodiscard]] virtual bool huge(std::uint64_t) const noexcept { return true; }
  [[nodiscard]] virtual bool number(double) const noexcept { return true; }
  [[nodiscard]] virtual bool text(std::string_view) const noexcept { return true; }

  // Where every value passes, so that a block within needs no closer look.
  struct Safe {
    std::int64_t low = std::numeric_limits<std::int64_t>::min();
    std::int64_t high = std::numeric_limits<std::int64_t>::max();
    double least = -std::numeric_limits<double>::infinity();
    double most = std::numeric_limits<double>::infinity();
    bool nan = true;
    bool text = true;
  };
  [[nodiscard]] const Safe& safe() const noexcept { return safe_; }

  // A copy for one task, of a test that remembers what it has worked out; null where none does.
  [[nodiscard]] virtual std::unique_ptr<CellTest> fresh() const { return nullptr; }

 protected:
  Safe safe_;
};

using CellTests = std::vector<std::unique_ptr<CellTest>>;

// The tests of a feature: its domain, and the rules of ours that are about single values.
[[nodiscard]] CellTests cell_tests(const Schema& schema, const Feature& feature);

}  // namespace zeroskew::detail
