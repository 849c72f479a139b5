#pragma once
// One part of an expression, with the values that it has for a block of rows.

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "schema/expression/arithmetic.hpp"
#include "schema/expression/evaluate.hpp"

namespace zeroskew::detail {

struct Evaluator::Frame {
  using Type = ExpressionType;

  const Node* node = nullptr;
  std::vector<Frame> args;
  ValueBlock values;
  std::optional<Pattern::Matcher> matcher;
  NameSet names;                        // `in` a list of texts
  std::vector<std::int64_t> constants;  // `in` a list of integers, sorted
  bool listed = false;                  // one of these is there
  const CellBlock* cells = nullptr;
  std::vector<double> real[2];
  std::vector<std::int64_t> scaled[3];
  std::size_t count = 0;

  static constexpr double kInfinite = std::numeric_limits<double>::infinity();

  void prepare(const Node& made, const std::vector<std::unique_ptr<CellBlock>>& blocks);
  void prepare_list();
  void fill_literal();
  [[nodiscard]] Type type() const noexcept { return node->type; }
  void run(std::size_t rows);
  // The values of an argument as doubles.
  const double* as_numbers(const Frame& arg, std::size_t buffer);
  // As integers: bools as 0 and 1.
  const std::int64_t* as_integers(const Frame& arg, std::size_t buffer);
  // Times and durations in a finer unit; others as they are.
  const std::int64_t* in_unit(const Frame& arg, TimeUnit unit, std::size_t buffer);
  void both_valid(const Frame& a, const Frame& b);
  void same_valid(const Frame& a);
  void compare(Op op, const Frame& a, const Frame& b, TimeUnit unit);
  void within();
  void member();
  // Kleene's logic: `decided` is the truth that decides, whatever the others are.
  void connect(std::uint8_t decided);
  void arithmetic();
  void one_number();
  // Takes the value of an argument, in this node's type, for one row.
  void take(Frame& arg, std::size_t i);
  void choose();
  void first_present();
  void extreme(bool most);
  void text_function();
  void span(TimeUnit unit, std::int64_t units);
  void column();
  void compute();
};

}  // namespace zeroskew::detail
