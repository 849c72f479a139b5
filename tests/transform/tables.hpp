#pragma once
// Tables for the tests of the transform room, and what is seen of a batch, bit by bit.

#include <bit>
#include <string>
#include <utility>
#include <vector>

#include "zeroskew/column/builder.hpp"
#include "zeroskew/transform/fitted_pipeline.hpp"
#include "zeroskew/transform/list_cell.hpp"

namespace transform_test {

using zeroskew::Batch;
using zeroskew::Kind;
using zeroskew::TimeUnit;
using zeroskew::Type;
using zeroskew::Value;

// A small generator of its own: the tests' tables are the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 2 + 1) {}
  std::uint64_t bits() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_ * 0x2545f4914f6cdd1du;
  }
  std::uint64_t below(std::uint64_t n) { return (bits() >> 11) % n; }
  double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

inline Type type_of(Kind kind, TimeUnit unit = TimeUnit::none) {
  Type type;
  type.kind = kind;
  type.unit = unit;
  return type;
}

inline const std::vector<zeroskew::Field>& fields() {
  static const std::vector<zeroskew::Field> all = [] {
    Type big = type_of(Kind::integer);
    big.is_unsigned = true;
    return std::vector<zeroskew::Field>{
        {"f", type_of(Kind::floating), {}},
        {"g", type_of(Kind::floating), {}},
        {"i", type_of(Kind::integer), {}},
        {"u", big, {}},
        {"b", type_of(Kind::boolean), {}},
        {"s", type_of(Kind::string), {}},
        {"r", type_of(Kind::string), {}},
        {"t", type_of(Kind::timestamp, TimeUnit::microsecond), {}},
        {"d", type_of(Kind::date, TimeUnit::millisecond), {}},
        {"untouched", type_of(Kind::string), {}},
        {"l", type_of(Kind::list), {{"item", type_of(Kind::string), {}}}},
        {"n", type_of(Kind::list), {{"item", type_of(Kind::floating), {}}}}};
  }();
  return all;
}

// `wild` tables hold what was not there when fitting: infinities, new categories, extremes.
inline std::vector<std::vector<Value>> make_rows(std::size_t rows, std::uint64_t seed, bool wild) {
  Random random(seed);
  const auto maybe = [&](Value value) { return random.below(8) == 0 ? Value() : value; };
  const auto real = [&]() -> Value {
    switch (random.below(wild ? 12 : 10)) {
      case 0:
        return std::bit_cast<double>(0x7ff8000000000000u | random.below(3));
      case 1:
        return 0.0;
      case 2:
        return -0.0;
      case 10:
        return HUGE_VAL;
      case 11:
        return random.below(2) == 0 ? -HUGE_VAL : -1e300;
      default:
        return (random.uniform() - 0.3) * 100.0;
    }
  };
  // Lists come from a generator of their own, so that the other cells are what they were.
  Random lists(seed + 77);
  const char* tokens[] = {"red", "dark blue", "", "gr\xc3\xbcn", "odd"};
  const auto list = [&](bool texts) -> Value {
    if (lists.below(8) == 0) return {};
    zeroskew::ListCell cell;
    for (std::uint64_t k = lists.below(5); k > 0; --k) {
      if (lists.below(6) == 0) {
        cell.add({});
      } else if (texts) {
        cell.add(tokens[lists.below(wild ? 5 : 4)]);
      } else {
        cell.add(wild && lists.below(9) == 0 ? HUGE_VAL : (lists.uniform() - 0.5) * 1e3);
      }
    }
    return cell.bytes();
  };
  const char* words[] = {"cash", "Card ", "  no charge", "", "caf\xc3\xa9", "new", "other one"};
  std::vector<std::vector<Value>> table;
  for (std::size_t i = 0; i < rows; ++i) {
    const auto integer = static_cast<std::int64_t>(random.below(40)) - 10;
    const auto instant = static_cast<std::int64_t>(random.bits() >> 13) - (std::int64_t{1} << 49);
    table.push_back(
        {maybe(real()), maybe(real()),
         maybe(wild && random.below(9) == 0 ? Value(std::int64_t{INT64_MAX}) : Value(integer)),
         maybe(wild && random.below(9) == 0 ? Value(std::uint64_t{UINT64_MAX})
                                            : Value(random.below(9))),
         maybe(random.below(2) == 0), maybe(std::string(words[random.below(wild ? 7 : 5)])),
         maybe("r" + std::to_string(random.below(wild ? 6 : 3))), maybe(instant),
         maybe(std::int64_t{86400000} * static_cast<std::int64_t>(random.below(40000)) -
               std::int64_t{864000000000}),
         maybe(std::string("x") + std::to_string(i)), list(true), list(false)});
  }
  return table;
}

inline Batch make_table(const std::vector<std::vector<Value>>& rows) {
  std::vector<zeroskew::ColumnBuilder> columns;
  for (std::size_t c = 0; c < fields().size(); ++c) {
    zeroskew::ColumnBuilder& column = columns.emplace_back(fields()[c]);
    for (const auto& row : rows) {
      if (fields()[c].children.empty() || row[c].index() == 0) {
        column.append(row[c]);
        continue;
      }
      std::int64_t count = 0;
      for (std::string_view rest = std::get<std::string>(row[c]); !rest.empty(); ++count) {
        column.child(0).append(zeroskew::take_item(rest).value());
      }
      column.append_list(count);
    }
  }
  return zeroskew::make_batch(std::move(columns));
}

// What a cell is, with every bit of a number.
inline std::string seen(const Value& value) {
  if (const auto* number = std::get_if<double>(&value)) {
    return "float " + std::to_string(std::bit_cast<std::uint64_t>(*number));
  }
  return std::to_string(value.index()) + " " + zeroskew::to_string(value);
}

inline Value cell(const zeroskew::ColumnView& column, std::int64_t row) {
  using zeroskew::Layout;
  if (!column.is_valid(row)) return {};
  switch (column.layout) {
    case Layout::bits:
      return zeroskew::bit_at(static_cast<const std::uint8_t*>(column.values), column.offset + row);
    case Layout::int32:
      return std::int64_t{column.data<std::int32_t>()[row]};
    case Layout::int64:
      return column.data<std::int64_t>()[row];
    case Layout::uint64:
      return column.data<std::uint64_t>()[row];
    case Layout::float64:
      return column.data<double>()[row];
    case Layout::list64: {
      zeroskew::ListCell list;
      const auto extent = column.list_extent(row);
      for (std::int64_t k = 0; k < extent.count; ++k) {
        list.add(zeroskew::RowCell(cell(column.children[0], extent.start + k)));
      }
      return list.bytes();
    }
    default:
      return std::string(column.text(row));
  }
}

inline std::vector<std::string> seen(const Batch& batch) {
  std::vector<std::string> rows;
  for (std::int64_t i = 0; i < batch.rows; ++i) {
    std::string text;
    for (std::size_t c = 0; c < batch.columns.size(); ++c) {
      text += batch.names[c] + "=" + seen(cell(batch.columns[c], i)) + ";";
    }
    rows.push_back(std::move(text));
  }
  return rows;
}

inline std::string seen(const zeroskew::FittedPipeline::Row& row) {
  std::string text;
  for (const auto& [name, value] : row) text += name + "=" + seen(value) + ";";
  return text;
}

inline zeroskew::FittedPipeline::Row named(const std::vector<Value>& row) {
  zeroskew::FittedPipeline::Row result;
  for (std::size_t i = 0; i < row.size(); ++i) result.emplace_back(fields()[i].name, row[i]);
  return result;
}

}  // namespace transform_test
