#include "cells.hpp"

#include <charconv>
#include <limits>
#include <optional>

#include <zeroskew/error.hpp>

namespace server {
namespace {

using zeroskew::Kind;
using zeroskew::RowCell;

template <class T>
std::optional<T> parsed(std::string_view text) noexcept {
  T value{};
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

[[noreturn]] void fail_cell(const zeroskew::Field& column, std::string_view text) {
  constexpr std::size_t most = 40;
  zeroskew::fail_type("server.cell", column.name,
                      "'" + std::string(text.substr(0, most)) + "' is no " +
                          std::string(zeroskew::to_string(column.type.kind)));
}

}  // namespace

RowCell number_or_text(std::string_view text, Kind kind) noexcept {
  if (kind == Kind::floating) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (text == "NaN" || text == "nan") return RowCell(std::numeric_limits<double>::quiet_NaN());
    if (text == "Infinity" || text == "inf") return RowCell(infinity);
    if (text == "-Infinity" || text == "-inf") return RowCell(-infinity);
  }
  return RowCell(text);
}

RowCell cell_of_text(std::string_view text, bool quoted, const zeroskew::Field& column) {
  if (text.empty() && !quoted) return {};
  switch (column.type.kind) {
    case Kind::string:
    case Kind::bytes:
    case Kind::null:
      return RowCell(text);
    case Kind::boolean:
      if (text == "true" || text == "True" || text == "1") return RowCell(true);
      if (text == "false" || text == "False" || text == "0") return RowCell(false);
      fail_cell(column, text);
    case Kind::floating: {
      const RowCell special = number_or_text(text, column.type.kind);
      if (special.form == RowCell::Form::number) return special;
      if (const auto number = parsed<double>(text)) return RowCell(*number);
      fail_cell(column, text);
    }
    default:
      break;
  }
  if (const auto integer = parsed<std::int64_t>(text)) return RowCell(*integer);
  if (const auto integer = parsed<std::uint64_t>(text)) return RowCell(*integer);
  if (const auto number = parsed<double>(text)) return RowCell(*number);
  fail_cell(column, text);
}

}  // namespace server
