// Arithmetic, functions and columns.

#include <algorithm>
#include <cmath>

#include "schema/expression/frame.hpp"

namespace zeroskew::detail {

using namespace arithmetic;

void Evaluator::Frame::run(std::size_t rows) {
  for (Frame& arg : args) arg.run(rows);
  count = rows;
  compute();
}

void Evaluator::Frame::arithmetic() {
  Frame& a = args[0];
  Frame& b = args[1];
  both_valid(a, b);
  if (type() == Type::null || a.type() == Type::null || b.type() == Type::null) {
    std::fill_n(values.valid.begin(), count, std::uint8_t{0});
    return;
  }
  if (type() == Type::number) {
    const bool durations = a.type() == Type::duration;
    const TimeUnit unit = std::max(a.node->unit, b.node->unit);
    if (durations) {
      const std::int64_t* x = in_unit(a, unit, 0);
      const std::int64_t* y = in_unit(b, unit, 1);
      for (std::size_t i = 0; i < count; ++i) {
        values.numbers[i] = static_cast<double>(x[i]) / static_cast<double>(y[i]);
      }
      return;
    }
    const double* x = as_numbers(a, 0);
    const double* y = as_numbers(b, 1);
    double* out = values.numbers.data();
    switch (node->op) {
      case Op::add:
        for (std::size_t i = 0; i < count; ++i) out[i] = x[i] + y[i];
        break;
      case Op::subtract:
        for (std::size_t i = 0; i < count; ++i) out[i] = x[i] - y[i];
        break;
      case Op::multiply:
        for (std::size_t i = 0; i < count; ++i) out[i] = x[i] * y[i];
        break;
      default:
        for (std::size_t i = 0; i < count; ++i) out[i] = x[i] / y[i];
        break;
    }
    return;
  }
  const std::int64_t* x = in_unit(a, node->unit, 0);
  const std::int64_t* y = in_unit(b, node->unit, 1);
  std::int64_t* out = values.integers.data();
  switch (node->op) {
    case Op::add:
      for (std::size_t i = 0; i < count; ++i) out[i] = plus(x[i], y[i]);
      break;
    case Op::subtract:
      for (std::size_t i = 0; i < count; ++i) out[i] = less_by(x[i], y[i]);
      break;
    case Op::multiply:
      for (std::size_t i = 0; i < count; ++i) out[i] = times(x[i], y[i]);
      break;
    default:
      for (std::size_t i = 0; i < count; ++i) {
        if (y[i] == 0) values.valid[i] = 0;
        const std::int64_t rest = y[i] == 0 || y[i] == -1 ? 0 : x[i] % y[i];
        out[i] = rest != 0 && (rest < 0) != (y[i] < 0) ? rest + y[i] : rest;
      }
  }
}

void Evaluator::Frame::one_number() {
  Frame& a = args[0];
  same_valid(a);
  const bool real_value = a.type() == Type::number;
  if (node->op == Op::root) {
    const double* x = as_numbers(a, 0);
    for (std::size_t i = 0; i < count; ++i) values.numbers[i] = std::sqrt(x[i]);
    return;
  }
  for (std::size_t i = 0; i < count; ++i) {
    const double number = a.values.numbers[i];
    const std::int64_t integer = a.values.integers[i];
    switch (node->op) {
      case Op::minus:
        if (real_value) values.numbers[i] = -number;
        values.integers[i] = negative(integer);
        break;
      case Op::absolute:
        if (real_value) values.numbers[i] = std::abs(number);
        values.integers[i] = integer < 0 ? negative(integer) : integer;
        break;
      case Op::floor:
        if (real_value) values.numbers[i] = std::floor(number);
        values.integers[i] = integer;
        break;
      default:
        if (real_value) values.numbers[i] = std::ceil(number);
        values.integers[i] = integer;
    }
  }
}

void Evaluator::Frame::take(Frame& arg, std::size_t i) {
  values.valid[i] = arg.values.valid[i];
  switch (type()) {
    case Type::boolean:
      values.truths[i] = arg.values.truths[i];
      break;
    case Type::text:
      values.texts[i] = arg.values.texts[i];
      break;
    case Type::number:
      values.numbers[i] = arg.type() == Type::number ? arg.values.numbers[i]
                          : arg.type() == Type::boolean
                              ? static_cast<double>(arg.values.truths[i])
                              : static_cast<double>(arg.values.integers[i]);
      break;
    case Type::time:
    case Type::duration:
      values.integers[i] =
          times(arg.values.integers[i],
                std::max<std::int64_t>(1, length_of(arg.node->unit) / length_of(node->unit)));
      break;
    case Type::integer:
      values.integers[i] =
          arg.type() == Type::boolean ? arg.values.truths[i] : arg.values.integers[i];
      break;
    case Type::null:
      break;
  }
}

void Evaluator::Frame::choose() {
  for (std::size_t i = 0; i < count; ++i) {
    const bool yes = args[0].values.valid[i] != 0 && args[0].values.truths[i] != 0;
    take(args[yes ? 1 : 2], i);
  }
}

void Evaluator::Frame::first_present() {
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t k = 0;
    while (k + 1 < args.size() && args[k].values.valid[i] == 0) ++k;
    take(args[k], i);
  }
}

void Evaluator::Frame::extreme(bool most) {
  for (std::size_t i = 0; i < count; ++i) {
    take(args[0], i);
    for (std::size_t k = 1; k < args.size(); ++k) {
      const std::uint8_t valid = values.valid[i];
      const double number = values.numbers[i];
      const std::int64_t integer = values.integers[i];
      take(args[k], i);
      values.valid[i] &= valid;
      const bool before =
          type() == Type::number
              ? (most ? number > values.numbers[i] : number < values.numbers[i]) || number != number
              : (most ? integer > values.integers[i] : integer < values.integers[i]);
      if (before) {
        values.numbers[i] = number;
        values.integers[i] = integer;
      }
    }
  }
}

void Evaluator::Frame::text_function() {
  Frame& a = args[0];
  if (args.size() == 2) {
    both_valid(a, args[1]);
  } else {
    same_valid(a);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view text = values.valid[i] != 0 ? a.values.texts[i] : std::string_view();
    const std::string_view other =
        args.size() == 2 && values.valid[i] != 0 ? args[1].values.texts[i] : std::string_view();
    switch (node->op) {
      case Op::length:
        values.integers[i] = static_cast<std::int64_t>(text.size());
        break;
      case Op::matches:
        values.truths[i] = matcher->matches(text) ? 1 : 0;
        break;
      case Op::starts:
        values.truths[i] = text.substr(0, other.size()) == other ? 1 : 0;
        break;
      case Op::ends:
        values.truths[i] =
            text.size() >= other.size() && text.substr(text.size() - other.size()) == other ? 1 : 0;
        break;
      case Op::contains:
        values.truths[i] = text.find(other) != std::string_view::npos ? 1 : 0;
        break;
      case Op::trim: {
        const std::size_t first = text.find_first_not_of(" \t\r\n");
        const std::size_t last = text.find_last_not_of(" \t\r\n");
        values.texts[i] = first == std::string_view::npos ? text.substr(0, 0)
                                                          : text.substr(first, last - first + 1);
        break;
      }
      default:
        values.owned[i] = text;
        for (char& c : values.owned[i]) {
          const bool upper = c >= 'A' && c <= 'Z';
          const bool lower = c >= 'a' && c <= 'z';
          if (node->op == Op::lower && upper) c = static_cast<char>(c - 'A' + 'a');
          if (node->op == Op::upper && lower) c = static_cast<char>(c - 'a' + 'A');
        }
        values.texts[i] = values.owned[i];
    }
  }
}

void Evaluator::Frame::span(TimeUnit unit, std::int64_t units) {
  Frame& a = args[0];
  same_valid(a);
  const std::int64_t length = times(length_of(unit), units);
  if (a.type() == Type::duration) {
    const std::int64_t own = length_of(a.node->unit);
    for (std::size_t i = 0; i < count; ++i) {
      const auto value = static_cast<double>(a.values.integers[i]);
      values.numbers[i] = own >= length ? value * static_cast<double>(own / length)
                                        : value / static_cast<double>(length / own);
    }
    return;
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (a.type() == Type::number) {
      const double number = a.values.numbers[i];
      if (number != number) values.valid[i] = 0;
      values.integers[i] = number == number ? whole(number * static_cast<double>(length)) : 0;
    } else {
      values.integers[i] = times(a.values.integers[i], length);
    }
  }
}

void Evaluator::Frame::column() {
  const CellBlock& block = *cells;
  std::copy_n(block.valid(), count, values.valid.begin());
  const auto integer = [&](std::size_t i) {
    const std::int64_t bits = block.integer(i);
    return block.form() == CellBlock::Form::huge && bits < 0 ? kMost : bits;
  };
  switch (type()) {
    case Type::boolean:
      for (std::size_t i = 0; i < count; ++i) values.truths[i] = block.integer(i) != 0 ? 1 : 0;
      break;
    case Type::text:
      std::copy_n(block.texts().begin(), count, values.texts.begin());
      break;
    case Type::number:
      if (block.form() == CellBlock::Form::number) {
        std::copy_n(block.numbers().begin(), count, values.numbers.begin());
      } else if (block.form() == CellBlock::Form::huge) {
        for (std::size_t i = 0; i < count; ++i) {
          values.numbers[i] = static_cast<double>(static_cast<std::uint64_t>(block.integer(i)));
        }
      } else {
        for (std::size_t i = 0; i < count; ++i) {
          values.numbers[i] = static_cast<double>(block.integer(i));
        }
      }
      break;
    default:
      for (std::size_t i = 0; i < count; ++i) values.integers[i] = integer(i);
  }
}

void Evaluator::Frame::compute() {
  switch (node->op) {
    case Op::literal:
      return;
    case Op::column:
      return column();
    case Op::implies:
    case Op::either:
      return connect(1);
    case Op::both:
      return connect(0);
    case Op::negate:
      same_valid(args[0]);
      for (std::size_t i = 0; i < count; ++i) values.truths[i] = args[0].values.truths[i] ^ 1U;
      return;
    case Op::equal:
    case Op::unequal:
    case Op::less:
    case Op::at_most:
    case Op::greater:
    case Op::at_least:
      return compare(node->op, args[0], args[1], node->unit);
    case Op::within:
      return within();
    case Op::member:
      return member();
    case Op::is_null:
      values.valid.fill(1);
      for (std::size_t i = 0; i < count; ++i) values.truths[i] = args[0].values.valid[i] ^ 1U;
      return;
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::modulo:
      return arithmetic();
    case Op::minus:
    case Op::absolute:
    case Op::floor:
    case Op::ceil:
    case Op::root:
      return one_number();
    case Op::least:
      return extreme(false);
    case Op::most:
      return extreme(true);
    case Op::choose:
      return choose();
    case Op::first_present:
      return first_present();
    case Op::matches:
    case Op::length:
    case Op::lower:
    case Op::upper:
    case Op::trim:
    case Op::starts:
    case Op::ends:
    case Op::contains:
      return text_function();
    case Op::days:
      return span(TimeUnit::day, 1);
    case Op::hours:
      return span(TimeUnit::second, 3600);
    case Op::minutes:
      return span(TimeUnit::second, 60);
    case Op::seconds:
      return span(TimeUnit::second, 1);
  }
}

}  // namespace zeroskew::detail
