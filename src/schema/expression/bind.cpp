// Expressions meet schemas and batches.

#include <algorithm>

#include "schema/expression/evaluate.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::detail {
namespace {

using Type = ExpressionType;

const Node* first_use(const Node& node, std::size_t column) {
  if (node.op == Op::column && node.column == column) return &node;
  for (const Node& arg : node.args) {
    if (const Node* found = first_use(arg, column)) return found;
  }
  return nullptr;
}

// Several values an example, or none of a fixed number.
bool is_list(const Feature& feature) {
  if (const FixedShape* shape = feature.shape()) {
    return !shape->dim.empty() && !(shape->dim.size() == 1 && shape->dim.front().size == 1);
  }
  if (const ValueCountBounds* bounds = feature.value_count()) return bounds->max != 1;
  return feature.value_counts() != nullptr;
}

TimeUnit unit_of(TimeDomain::IntegerFormat format) noexcept {
  using Format = TimeDomain::IntegerFormat;
  switch (format) {
    case Format::unix_days:
      return TimeUnit::day;
    case Format::unix_seconds:
      return TimeUnit::second;
    case Format::unix_milliseconds:
      return TimeUnit::millisecond;
    case Format::unix_microseconds:
      return TimeUnit::microsecond;
    case Format::unix_nanoseconds:
      return TimeUnit::nanosecond;
    case Format::unknown:
      break;
  }
  return TimeUnit::none;
}

ColumnKind kind_of(const Feature& feature) {
  if (const auto* time = feature.domain<TimeDomain>()) {
    const auto* format = std::get_if<TimeDomain::IntegerFormat>(&time->format);
    const TimeUnit unit = format == nullptr ? TimeUnit::none : unit_of(*format);
    if (unit != TimeUnit::none) return {Type::time, unit};
  }
  switch (feature.type.value_or(FeatureType::unknown)) {
    case FeatureType::bytes:
      return {Type::text, TimeUnit::none};
    case FeatureType::integer:
      if (feature.domain<BoolDomain>() != nullptr) return {Type::boolean, TimeUnit::none};
      return {Type::integer, TimeUnit::none};
    case FeatureType::floating:
      return {Type::number, TimeUnit::none};
    case FeatureType::structure:
    case FeatureType::unknown:
      break;
  }
  return {};
}

// What a column of this kind is read as, where the schema has declared `declared`.
std::optional<ColumnKind> read_as(const ColumnKind& declared, const zeroskew::Type& found) {
  const bool whole = found.kind == Kind::boolean || found.kind == Kind::integer ||
                     found.kind == Kind::date || found.kind == Kind::time ||
                     found.kind == Kind::timestamp || found.kind == Kind::duration;
  const bool real = found.kind == Kind::floating || found.kind == Kind::decimal;
  if (found.kind == Kind::null) return declared;
  switch (declared.type) {
    case Type::text:
      return is_text(found.kind) ? std::optional(declared) : std::nullopt;
    case Type::boolean:
      return whole ? std::optional(declared) : std::nullopt;
    case Type::integer:
      if (real) return ColumnKind{Type::number, TimeUnit::none};
      return whole ? std::optional(declared) : std::nullopt;
    case Type::number:
      return whole || real ? std::optional(declared) : std::nullopt;
    case Type::time:
      if (found.kind == Kind::date || found.kind == Kind::timestamp) {
        return ColumnKind{Type::time, found.unit};
      }
      return found.kind == Kind::integer ? std::optional(declared) : std::nullopt;
    case Type::duration:
    case Type::null:
      break;
  }
  return std::nullopt;
}

}  // namespace

void fail_expression(const char* id, std::string_view text, std::size_t begin, std::size_t end,
                     const std::string& message) {
  // The line where it begins, with carets under the place.
  const std::size_t newline = begin == 0 ? text.npos : text.rfind('\n', begin - 1);
  const std::size_t start = newline == text.npos ? 0 : newline + 1;
  const std::size_t stop = std::min(text.find('\n', start), text.size());
  const auto width = [&](std::size_t from, std::size_t to) {
    std::size_t characters = 0;
    for (std::size_t i = from; i < std::min(to, text.size()); ++i) {
      characters += (static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80U ? 1U : 0U;
    }
    return characters;
  };
  const std::size_t line = static_cast<std::size_t>(
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(start), '\n'));
  const std::size_t column = width(start, begin) + 1;
  std::string where = "character " + std::to_string(column);
  if (line > 0) where = "line " + std::to_string(line + 1) + ", " + where;
  const std::size_t marks = std::max<std::size_t>(1, width(begin, std::min(end, stop)));
  fail_value(id, where,
             message + "\n  " + std::string(text.substr(start, stop - start)) + "\n  " +
                 std::string(column - 1, ' ') + std::string(marks, '^'));
}

Formula make_formula(std::string_view text, const Schema& schema) {
  Formula formula;
  formula.text = text;
  formula.root = parse_expression(text, formula.columns);
  for (std::size_t i = 0; i < formula.columns.size(); ++i) {
    const Path& path = formula.columns[i];
    const Node& use = *first_use(formula.root, i);
    const Feature* feature = schema.find(path);
    if (feature == nullptr) {
      std::vector<std::string> known;
      for (const Path& one : schema.paths()) known.push_back(to_string(one));
      const std::vector<std::string_view> names(known.begin(), known.end());
      fail_expression(
          "schema.expression_name", text, use.begin, use.end,
          "the schema has no feature " + to_string(path) + suggestion(to_string(path), names));
    }
    const ColumnKind kind = kind_of(*feature);
    if (kind.type == Type::null) {
      fail_expression("schema.expression_type", text, use.begin, use.end,
                      feature->type == FeatureType::structure
                          ? "a structure has no value: name one of its fields"
                          : "the schema does not say which type this feature has");
    }
    if (is_list(*feature)) {
      fail_expression("schema.expression_type", text, use.begin, use.end,
                      "this feature may hold several values, and a rule is about one");
    }
    formula.kinds.push_back(kind);
  }
  assign_types(formula.root, text, formula.kinds);
  return formula;
}

std::optional<BoundFormula> bind_formula(const Formula& formula, const Batch& batch) {
  BoundFormula bound;
  bound.root = formula.root;
  std::vector<ColumnKind> kinds;
  for (std::size_t i = 0; i < formula.columns.size(); ++i) {
    const Path& path = formula.columns[i];
    const auto at = batch.find(path.step.front());
    if (!at) return std::nullopt;
    BoundFormula::Column column;
    column.chain.push_back(batch.columns[*at]);
    for (std::size_t k = 1; k < path.step.size(); ++k) {
      const ColumnView& parent = column.chain.back();
      const auto& names = parent.child_names;
      const auto field = std::find(names.begin(), names.end(), path.step[k]);
      if (parent.type.kind != Kind::structure || field == names.end()) return std::nullopt;
      column.chain.push_back(parent.field(static_cast<std::size_t>(field - names.begin())));
    }
    const auto kind = read_as(formula.kinds[i], column.chain.back().type);
    if (!kind) return std::nullopt;
    column.kind = *kind;
    kinds.push_back(*kind);
    bound.columns.push_back(std::move(column));
  }
  try {
    assign_types(bound.root, formula.text, kinds);
  } catch (const Error&) {
    return std::nullopt;  // `%` of a column that turned out to be floats
  }
  return bound;
}

}  // namespace zeroskew::detail

namespace zeroskew {

Expression Expression::parse(std::string_view text, const Schema& schema) {
  detail::Formula formula = detail::make_formula(text, schema);
  Expression expression;
  expression.text_ = std::move(formula.text);
  expression.type_ = formula.root.type;
  expression.columns_ = std::move(formula.columns);
  return expression;
}

}  // namespace zeroskew
