#pragma once
// What the rows' checks of a schema need to know of it, found out once.

#include <optional>
#include <string>
#include <vector>

#include "schema/expression/evaluate.hpp"
#include "schema/rows/cell_test.hpp"
#include "schema/rows/faults.hpp"
#include "zeroskew/schema/feature_rules.hpp"
#include "zeroskew/schema/schema.hpp"

namespace zeroskew::detail {

using FaultNumber = std::optional<std::size_t>;

// Bounds on the number of values at one level of nesting.
struct LevelPlan {
  ValueCountBounds bounds;
  FaultNumber few;
  FaultNumber many;
};

// How often one token may occur in a sequence, and in how many sequences.
struct TokenPlan {
  struct Names {
    std::vector<std::int64_t> numbers;
    std::vector<std::string> texts;
  };
  Names names;
  LevelPlan occurrences;
  FaultNumber rare;    // sequences without it
  FaultNumber common;  // sequences with it
};

struct FeaturePlan {
  std::string name;
  Path path;
  FeatureType type = FeatureType::unknown;
  bool required = false;
  FaultNumber presence;     // nulls
  FaultNumber missing;      // the whole column
  FaultNumber environment;  // values where none belong
  FaultNumber nestedness;   // another depth than `levels`
  std::vector<LevelPlan> levels;
  std::optional<double> shape;  // number of values
  FaultNumber shape_fault;
  FaultNumber shape_missing;          // nulls where there is a shape
  std::optional<LevelPlan> sequence;  // lengths of the innermost lists,
  TokenPlan::Names excluded;          // without these tokens
  std::vector<TokenPlan> tokens;
  CellTests tests;
  std::vector<FeaturePlan> children;
  std::vector<std::string> sparse;  // names of children that are no columns
};

// Values with their indices (a sparse feature) or weights.
struct CollectionPlan {
  Path path;
  Path value;
  bool weighted = false;
  struct Part {
    Path path;
    FaultNumber missing_value;
    FaultNumber missing_part;
    FaultNumber lengths;
  };
  std::vector<Part> parts;
};

// A rule across columns.
struct RulePlan {
  std::size_t fault = 0;
  Formula formula;
};

// What a row must be beside those before it.
struct SequencePlan {
  std::size_t fault = 0;
  std::vector<Path> columns;
  Monotonic monotonic = Monotonic::none;  // none: no two rows alike
};

struct RowPlan {
  std::vector<FeaturePlan> features;
  std::vector<CollectionPlan> collections;
  std::vector<std::string> collection_names;
  std::vector<RulePlan> rules;
  std::vector<SequencePlan> sequences;
};

[[nodiscard]] RowPlan make_plan(const Schema& schema, std::optional<std::string_view> environment,
                                FaultTable& faults);

}  // namespace zeroskew::detail
