#include "policy/cells.hpp"

#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "policy/json.hpp"
#include "zeroskew/detail/file.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/detail/hex.hpp"
#include "zeroskew/detail/utf8.hpp"

namespace zeroskew::detail {
namespace {

using Json = nlohmann::json;

template <class T>
std::optional<T> number_in(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> real_in(std::string_view text) {
  if (text == "nan") return std::numeric_limits<double>::quiet_NaN();
  return number_in<double>(text);
}

std::optional<std::string> bytes_in(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i + 2 <= text.size(); i += 2) {
    std::uint8_t byte = 0;
    const auto [end, error] = std::from_chars(&text[i], &text[i] + 2, byte, 16);
    if (error != std::errc{} || end != &text[i] + 2) return std::nullopt;
    bytes.push_back(static_cast<char>(byte));
  }
  return bytes;
}

template <class T>
Value or_missing(const std::optional<T>& value) {
  return value ? Value(*value) : Value();
}

Value read(char form, std::string_view text) {
  switch (form) {
    case 'i':
      return or_missing(number_in<std::int64_t>(text));
    case 'u':
      return or_missing(number_in<std::uint64_t>(text));
    case 'f':
      return or_missing(real_in(text));
    case 's':
      return std::string(text);
    case 'x':
      return or_missing(bytes_in(text));
    default:
      return {};
  }
}

}  // namespace

Json cell_to_json(const Value& cell) {
  struct Writer {
    Json operator()(std::monostate) const { return nullptr; }
    Json operator()(bool b) const { return b; }
    Json operator()(std::int64_t i) const { return "i:" + std::to_string(i); }
    Json operator()(std::uint64_t u) const { return "u:" + std::to_string(u); }
    Json operator()(double d) const { return "f:" + shortest(d); }
    Json operator()(const std::string& s) const {
      return is_utf8(s) ? "s:" + s : "x:" + hex(as_bytes(s));
    }
  };
  return std::visit(Writer{}, cell);
}

Value cell_from_json(const Json& value, const std::string& where) {
  if (value.is_null()) return {};
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    if (text.size() >= 2 && text[1] == ':') {
      Value cell = read(text[0], std::string_view(text).substr(2));
      // Every cell has one spelling only.
      if (cell_to_json(cell) == value) return cell;
    }
  }
  policy_json.fail(where, text_of(value) + " is no cell");
}

std::string cell_text(const Value& cell) {
  const Json value = cell_to_json(cell);
  return value.is_string() ? value.get<std::string>() : text_of(value);
}

}  // namespace zeroskew::detail
