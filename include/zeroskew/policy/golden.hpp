#pragma once
/// Rows that a policy carries with what its pipeline makes of them, to the bit: who loads the
/// policy elsewhere finds out there and then whether that machine computes the same.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "zeroskew/column/batch.hpp"
#include "zeroskew/column/value.hpp"
#include "zeroskew/stats/profile.hpp"
#include "zeroskew/transform/fitted_pipeline.hpp"

namespace zeroskew {

struct GoldenRow {
  std::uint64_t key = 0;
  std::uint64_t epoch = 0;
  bool training = false;
  std::vector<Value> in;   ///< one a name of `inputs`
  std::vector<Value> out;  ///< one a name of `outputs`
};

struct GoldenRows {
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  std::vector<GoldenRow> rows;
};

/// One cell that came out otherwise than it is written down.
struct GoldenDifference {
  std::size_t row = 0;
  std::string column;    ///< empty when the row could not be transformed at all
  std::string expected;  ///< with every digit
  std::string found;     ///< the same, or the error
};

/// Up to `count` different rows of the sample (a table in pieces), and some made of the baseline's
/// extremes and frequent values; what they are depends on the multiset of rows only. Each is
/// transformed as in serving and, where steps augment, also as in training. Rows that the pipeline
/// refuses are left out. @throws Error transform.missing_column, transform.wrong_type for the
/// sample
[[nodiscard]] GoldenRows golden_rows(const FittedPipeline& pipeline, const Profile& baseline,
                                     std::span<const Batch> sample = {}, std::size_t count = 32);

/// Transforms the rows again. Empty when every bit is the same.
/// @throws Error policy.golden when names or numbers of cells do not fit the pipeline
[[nodiscard]] std::vector<GoldenDifference> replay(const FittedPipeline& pipeline,
                                                   const GoldenRows& golden);

}  // namespace zeroskew
