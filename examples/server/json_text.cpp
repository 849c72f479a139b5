#include "json_text.hpp"

#include <array>
#include <charconv>

#include <zeroskew/transform/list_cell.hpp>

namespace server {
namespace {

using zeroskew::RowCell;

template <class T>
void append_number(std::string& out, T value) {
  std::array<char, 32> digits;
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

bool plain(unsigned char c) noexcept {
  return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

// The length of the UTF-8 sequence at the start of the text; 0 if there is none.
std::size_t sequence(std::string_view text) noexcept {
  const auto at = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto next = [&](std::size_t i) { return (at(i) & 0xc0U) == 0x80U; };
  const unsigned first = at(0);
  if (first >= 0xc2 && first <= 0xdf && next(1)) return 2;
  if ((first & 0xf0U) == 0xe0U && next(1) && next(2)) {
    const unsigned second = at(1);
    const bool overlong = first == 0xe0 && second < 0xa0;
    const bool surrogate = first == 0xed && second > 0x9f;
    return overlong || surrogate ? 0 : 3;
  }
  if (first >= 0xf0 && first <= 0xf4 && next(1) && next(2) && next(3)) {
    const unsigned second = at(1);
    const bool outside = (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
    return outside ? 0 : 4;
  }
  return 0;
}

void append_escape(std::string& out, unsigned char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case '"':
      out.append("\\\"");
      break;
    case '\\':
      out.append("\\\\");
      break;
    case '\n':
      out.append("\\n");
      break;
    case '\t':
      out.append("\\t");
      break;
    default:
      out.append("\\u00").push_back(digits[c >> 4]);
      out.push_back(digits[c & 15]);
  }
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
  out.push_back('"');
  std::size_t i = 0;
  while (i < text.size()) {
    std::size_t end = i;
    while (end < text.size() && plain(static_cast<unsigned char>(text[end]))) ++end;
    out.append(text.substr(i, end - i));
    i = end;
    if (i == text.size()) break;
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x80) {
      append_escape(out, c);
      ++i;
    } else if (const std::size_t size = sequence(text.substr(i)); size > 0) {
      out.append(text.substr(i, size));
      i += size;
    } else {
      out.append("\xef\xbf\xbd");
      ++i;
    }
  }
  out.push_back('"');
}

void append_json(std::string& out, std::int64_t value) {
  append_number(out, value);
}
void append_json(std::string& out, std::uint64_t value) {
  append_number(out, value);
}

void append_json(std::string& out, double value) {
  if (value - value == 0.0) {
    const std::size_t begin = out.size();
    append_number(out, value);
    // A float stays one for readers that tell 1.0 from 1, and keeps the sign of -0.0.
    if (out.find_first_of(".e", begin) == std::string::npos) out += ".0";
    return;
  }
  out.append(value != value ? "\"NaN\"" : value > 0.0 ? "\"Infinity\"" : "\"-Infinity\"");
}

void append_json(std::string& out, const RowCell& cell) {
  switch (cell.form) {
    case RowCell::Form::missing:
      out.append("null");
      return;
    case RowCell::Form::boolean:
      out.append(cell.integer != 0 ? "true" : "false");
      return;
    case RowCell::Form::integer:
      return append_json(out, cell.integer);
    case RowCell::Form::unsigned_integer:
      return append_json(out, static_cast<std::uint64_t>(cell.integer));
    case RowCell::Form::number:
      return append_json(out, cell.number);
    case RowCell::Form::text:
      return append_json(out, cell.text);
    case RowCell::Form::list: {
      out.push_back('[');
      for (std::string_view items = cell.text; !items.empty();) {
        append_json(out, zeroskew::take_item(items));
        if (!items.empty()) out.push_back(',');
      }
      out.push_back(']');
    }
  }
}

void append_csv(std::string& out, std::string_view text) {
  if (!text.empty() && text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out.append(text);
    return;
  }
  out.push_back('"');
  for (const char c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
}

void append_csv(std::string& out, const RowCell& cell) {
  if (cell.form == RowCell::Form::missing) return;
  if (cell.form == RowCell::Form::text) return append_csv(out, cell.text);
  if (cell.form == RowCell::Form::number && !(cell.number - cell.number == 0.0)) {
    out.append(cell.number != cell.number ? "nan" : cell.number > 0.0 ? "inf" : "-inf");
    return;
  }
  append_json(out, cell);
}

}  // namespace server
