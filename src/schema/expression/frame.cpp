// Literals, comparisons and logic.

#include <algorithm>
#include <cmath>

#include "schema/expression/frame.hpp"

namespace zeroskew::detail {

using namespace arithmetic;

void Evaluator::Frame::prepare(const Node& made,
                               const std::vector<std::unique_ptr<CellBlock>>& blocks) {
  node = &made;
  args.resize(made.args.size());
  for (std::size_t i = 0; i < args.size(); ++i) args[i].prepare(made.args[i], blocks);
  if (made.op == Op::column) cells = blocks[made.column].get();
  values.truths.resize(CellBlock::most);
  values.integers.resize(CellBlock::most);
  values.numbers.resize(CellBlock::most);
  values.texts.resize(CellBlock::most);
  if (made.op == Op::lower || made.op == Op::upper) values.owned.resize(CellBlock::most);
  if (made.op == Op::matches) {
    matcher.emplace(Pattern(std::get<std::string>(made.args[1].value)));
  }
  if (made.op == Op::member) prepare_list();
  if (made.op == Op::literal) fill_literal();
}

void Evaluator::Frame::prepare_list() {
  std::vector<std::string> texts;
  for (std::size_t i = 1; i < args.size(); ++i) {
    const Node& item = node->args[i];
    if (item.op != Op::literal || item.type != node->args[0].type) return;
    if (const auto* text = std::get_if<std::string>(&item.value)) texts.push_back(*text);
    if (const auto* number = std::get_if<std::int64_t>(&item.value)) constants.push_back(*number);
  }
  if (node->args[0].type != Type::text && node->args[0].type != Type::integer) return;
  names = NameSet(texts);
  std::sort(constants.begin(), constants.end());
  listed = true;
}

void Evaluator::Frame::fill_literal() {
  const bool present = node->value.index() != 0;
  values.valid.fill(present ? 1 : 0);
  if (const auto* truth = std::get_if<bool>(&node->value)) {
    std::fill(values.truths.begin(), values.truths.end(), *truth ? 1 : 0);
  }
  if (const auto* number = std::get_if<std::int64_t>(&node->value)) {
    std::fill(values.integers.begin(), values.integers.end(), *number);
  }
  if (const auto* number = std::get_if<double>(&node->value)) {
    std::fill(values.numbers.begin(), values.numbers.end(), *number);
  }
  if (const auto* text = std::get_if<std::string>(&node->value)) {
    std::fill(values.texts.begin(), values.texts.end(), std::string_view(*text));
  }
}

const double* Evaluator::Frame::as_numbers(const Frame& arg, std::size_t buffer) {
  if (arg.type() == Type::number) return arg.values.numbers.data();
  real[buffer].resize(CellBlock::most);
  const std::int64_t* from = as_integers(arg, buffer);
  for (std::size_t i = 0; i < count; ++i) real[buffer][i] = static_cast<double>(from[i]);
  return real[buffer].data();
}

const std::int64_t* Evaluator::Frame::as_integers(const Frame& arg, std::size_t buffer) {
  if (arg.type() != Type::boolean) return arg.values.integers.data();
  scaled[buffer].resize(CellBlock::most);
  for (std::size_t i = 0; i < count; ++i) scaled[buffer][i] = arg.values.truths[i];
  return scaled[buffer].data();
}

const std::int64_t* Evaluator::Frame::in_unit(const Frame& arg, TimeUnit unit, std::size_t buffer) {
  const std::int64_t* from = as_integers(arg, buffer);
  if (arg.type() != Type::time && arg.type() != Type::duration) return from;
  const std::int64_t factor = length_of(arg.node->unit) / length_of(unit);
  if (factor <= 1) return from;
  scaled[buffer].resize(CellBlock::most);
  for (std::size_t i = 0; i < count; ++i) scaled[buffer][i] = times(from[i], factor);
  return scaled[buffer].data();
}

void Evaluator::Frame::both_valid(const Frame& a, const Frame& b) {
  for (std::size_t i = 0; i < count; ++i) {
    values.valid[i] = static_cast<std::uint8_t>(a.values.valid[i] & b.values.valid[i]);
  }
}

void Evaluator::Frame::same_valid(const Frame& a) {
  values.valid = a.values.valid;
}

void Evaluator::Frame::compare(Op op, const Frame& a, const Frame& b, TimeUnit unit) {
  std::uint8_t* out = values.truths.data();
  both_valid(a, b);
  if (a.type() == Type::text || b.type() == Type::text) {
    const auto* x = a.values.texts.data();
    const auto* y = b.values.texts.data();
    with_comparison(op, [&](auto f) {
      for (std::size_t i = 0; i < count; ++i) out[i] = f(x[i], y[i]) ? 1 : 0;
    });
    return;
  }
  const bool real_a = a.type() == Type::number;
  const bool real_b = b.type() == Type::number;
  if (real_a && real_b) {
    const double* x = a.values.numbers.data();
    const double* y = b.values.numbers.data();
    with_comparison(op, [&](auto f) {
      for (std::size_t i = 0; i < count; ++i) out[i] = f(x[i], y[i]) ? 1 : 0;
    });
    return;
  }
  if (!real_a && !real_b) {
    const std::int64_t* x = in_unit(a, unit, 0);
    const std::int64_t* y = in_unit(b, unit, 1);
    with_comparison(op, [&](auto f) {
      for (std::size_t i = 0; i < count; ++i) out[i] = f(x[i], y[i]) ? 1 : 0;
    });
    return;
  }
  const std::int64_t* x = as_integers(real_a ? b : a, 0);
  const double* y = (real_a ? a : b).values.numbers.data();
  for (std::size_t i = 0; i < count; ++i) {
    const int order = order_of(x[i], y[i]);
    out[i] = holds(op, real_a && order != 2 ? -order : order) ? 1 : 0;
  }
}

void Evaluator::Frame::within() {
  Frame& a = args[0];
  Frame& b = args[1];
  Frame& t = args[2];
  for (std::size_t i = 0; i < count; ++i) {
    values.valid[i] =
        static_cast<std::uint8_t>(a.values.valid[i] & b.values.valid[i] & t.values.valid[i]);
  }
  if (node->unit != TimeUnit::none) {
    const std::int64_t* x = in_unit(a, node->unit, 0);
    const std::int64_t* y = in_unit(b, node->unit, 1);
    const std::int64_t* most = in_unit(t, node->unit, 2);
    for (std::size_t i = 0; i < count; ++i) {
      const std::int64_t gap = less_by(x[i], y[i]);
      values.truths[i] = (gap < 0 ? negative(gap) : gap) <= most[i] ? 1 : 0;
    }
    return;
  }
  const double* x = as_numbers(a, 0);
  const double* y = as_numbers(b, 1);
  std::vector<double> tolerance(count);
  for (std::size_t i = 0; i < count; ++i) {
    tolerance[i] =
        t.type() == Type::number ? t.values.numbers[i] : static_cast<double>(t.values.integers[i]);
    if (node->relative) {
      tolerance[i] = tolerance[i] / 100.0 * std::max(std::abs(x[i]), std::abs(y[i]));
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    const bool close = std::abs(x[i] - y[i]) <= tolerance[i] && std::abs(x[i]) < kInfinite &&
                       std::abs(y[i]) < kInfinite;
    values.truths[i] = close || x[i] == y[i] ? 1 : 0;
  }
}

void Evaluator::Frame::member() {
  Frame& value = args[0];
  if (listed) {
    same_valid(value);
    const bool text = value.type() == Type::text;
    for (std::size_t i = 0; i < count; ++i) {
      values.truths[i] =
          (text ? names.contains(value.values.texts[i])
                : std::binary_search(constants.begin(), constants.end(), value.values.integers[i]))
              ? 1
              : 0;
    }
    return;
  }
  std::vector<std::uint8_t> found(count, 0);
  std::vector<std::uint8_t> unsure(count, 0);
  for (std::size_t k = 1; k < args.size(); ++k) {
    compare(Op::equal, value, args[k], node->unit);
    for (std::size_t i = 0; i < count; ++i) {
      if (values.valid[i] == 0) unsure[i] = 1;
      if (values.valid[i] != 0 && values.truths[i] != 0) found[i] = 1;
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    values.truths[i] = found[i];
    values.valid[i] = found[i] != 0 || unsure[i] == 0 ? 1 : 0;
  }
}

void Evaluator::Frame::connect(std::uint8_t decided) {
  for (std::size_t i = 0; i < count; ++i) {
    std::uint8_t certain = 0;
    std::uint8_t all = 1;
    for (std::size_t k = 0; k < args.size(); ++k) {
      const ValueBlock& arg = args[k].values;
      std::uint8_t truth = arg.truths[i];
      if (node->op == Op::implies && k == 0) truth ^= 1U;
      if (arg.valid[i] == 0) {
        all = 0;
      } else if (truth == decided) {
        certain = 1;
      }
    }
    values.truths[i] = certain != 0 ? decided : decided ^ 1U;
    values.valid[i] = static_cast<std::uint8_t>(certain | all);
  }
}

}  // namespace zeroskew::detail
