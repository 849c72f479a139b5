#pragma once
// A column's cells one by one, whatever their layout: for statistics that look at several columns
// of a row at once.

#include <array>
#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "zeroskew/column/view.hpp"
#include "zeroskew/stats/moments.hpp"

namespace zeroskew {

// A double, or a whole number that needs not be one.
using Number = std::variant<double, std::int64_t, std::uint64_t>;

namespace cells {

template <class T, class To, class F>
void each_of(const ColumnView& column, F&& f) {
  const T* values = column.data<T>();
  for (std::int64_t i = 0; i < column.length; ++i) {
    if (bit_at(column.validity, column.offset + i)) f(i, static_cast<To>(values[i]));
  }
}

// Decimals as the nearest doubles.
template <std::size_t Bytes, class F>
void each_decimal(const ColumnView& column, F&& f) {
  const auto* bytes = static_cast<const unsigned char*>(column.values);
  for (std::int64_t i = 0; i < column.length; ++i) {
    if (!column.is_valid(i)) continue;
    const unsigned char* cell = bytes + static_cast<std::size_t>(column.offset + i) * Bytes;
    std::array<std::uint64_t, 4> wide;
    wide.fill((cell[Bytes - 1] & 0x80) != 0 ? ~std::uint64_t{0} : 0);
    std::memcpy(wide.data(), cell, Bytes);
    if (Bytes == 4) wide[0] = (wide[0] & 0xffffffffu) | (wide[1] << 32);
    Moments one;
    one.add(wide);
    f(i, one.sum(column.type.scale));
  }
}

// Of any layout but a dictionary.
template <class F>
void each_plain_number(const ColumnView& column, F&& f) {
  const bool decimal = column.type.kind == Kind::decimal;
  switch (column.layout) {
    case Layout::bits: {
      const auto* bits = static_cast<const std::uint8_t*>(column.values);
      for (std::int64_t i = 0; i < column.length; ++i) {
        if (column.is_valid(i)) f(i, std::int64_t{bit_at(bits, column.offset + i)});
      }
      return;
    }
    case Layout::int8:
      return each_of<std::int8_t, std::int64_t>(column, f);
    case Layout::int16:
      return each_of<std::int16_t, std::int64_t>(column, f);
    case Layout::uint8:
      return each_of<std::uint8_t, std::int64_t>(column, f);
    case Layout::uint16:
      return each_of<std::uint16_t, std::int64_t>(column, f);
    case Layout::uint32:
      return each_of<std::uint32_t, std::int64_t>(column, f);
    case Layout::int32:
      return decimal ? each_decimal<4>(column, f) : each_of<std::int32_t, std::int64_t>(column, f);
    case Layout::int64:
      return decimal ? each_decimal<8>(column, f) : each_of<std::int64_t, std::int64_t>(column, f);
    case Layout::uint64:
      return each_of<std::uint64_t, std::uint64_t>(column, f);
    case Layout::float16: {
      const auto* halves = column.data<std::uint16_t>();
      for (std::int64_t i = 0; i < column.length; ++i) {
        if (column.is_valid(i)) f(i, half_to_double(halves[i]));
      }
      return;
    }
    case Layout::float32:
      return each_of<float, double>(column, f);
    case Layout::float64:
      return each_of<double, double>(column, f);
    case Layout::int128:
      return each_decimal<16>(column, f);
    case Layout::int256:
      return each_decimal<32>(column, f);
    default:
      return;
  }
}

}  // namespace cells

// Calls f(row, value) for each number that is not null, in the order of the rows: value is a
// double, an std::int64_t or an std::uint64_t. Nothing for columns of other kinds.
template <class F>
void each_number(const ColumnView& column, F&& f) {
  if (column.layout != Layout::dictionary) return cells::each_plain_number(column, f);
  const ColumnView& values = column.children[0];
  std::vector<Number> known(static_cast<std::size_t>(values.length));
  cells::each_plain_number(
      values, [&](std::int64_t i, auto value) { known[static_cast<std::size_t>(i)] = value; });
  for (std::int64_t i = 0; i < column.length; ++i) {
    if (!column.is_valid(i)) continue;
    const std::int64_t k = column.index(i);
    if (!values.is_valid(k)) continue;
    std::visit([&](auto value) { f(i, value); }, known[static_cast<std::size_t>(k)]);
  }
}

// Calls f(row, text) for each text that is not null, in the order of the rows.
template <class F>
void each_text(const ColumnView& column, F&& f) {
  const bool dictionary = column.layout == Layout::dictionary;
  for (std::int64_t i = 0; i < column.length; ++i) {
    if (!column.is_valid(i)) continue;
    if (!dictionary) {
      f(i, column.text(i));
      continue;
    }
    const std::int64_t k = column.index(i);
    if (column.children[0].is_valid(k)) f(i, column.children[0].text(k));
  }
}

}  // namespace zeroskew
