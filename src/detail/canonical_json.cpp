#include "detail/canonical_json.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "zeroskew/error.hpp"

namespace zeroskew::detail {
namespace {

using Json = nlohmann::json;

// UTF-16 order is that of UTF-8 except that surrogate pairs (lead bytes F0 to F4) come before
// U+E000 to U+FFFF (lead bytes EE and EF).
int rank(unsigned char byte) noexcept {
  if (byte >= 0xf0) return byte - 2;
  return byte >= 0xee ? byte + 5 : byte;
}

bool utf16_less(const std::string& a, const std::string& b) noexcept {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return rank(static_cast<unsigned char>(x)) < rank(static_cast<unsigned char>(y));
  });
}

void write_text(const std::string& text, std::string& out) {
  try {
    out += Json(text).dump();
  } catch (const Json::exception&) {
    fail_value("json.not_canonical", "", "a text is not UTF-8");
  }
}

void write(const Json& value, std::string& out) {
  switch (value.type()) {
    case Json::value_t::object: {
      std::vector<const std::string*> names;
      for (const auto& item : value.items()) names.push_back(&item.key());
      std::sort(names.begin(), names.end(),
                [](const auto* a, const auto* b) { return utf16_less(*a, *b); });
      out += '{';
      for (const std::string* name : names) {
        if (name != names.front()) out += ',';
        write_text(*name, out);
        out += ':';
        write(value.at(*name), out);
      }
      out += '}';
      return;
    }
    case Json::value_t::array:
      out += '[';
      for (std::size_t i = 0; i < value.size(); ++i) {
        if (i != 0) out += ',';
        write(value[i], out);
      }
      out += ']';
      return;
    case Json::value_t::string:
      return write_text(value.get_ref<const std::string&>(), out);
    case Json::value_t::number_float: {
      const double x = value.get<double>();
      if (!std::isfinite(x)) {
        fail_value("json.not_canonical", "", "JSON has no number that is not finite");
      }
      out += canonical_number(x);
      return;
    }
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned: {
      const auto x = value.get<double>();
      if (std::fabs(x) > 0x1p53) {
        fail_value("json.not_canonical", "", "an integer above 2^53 is to be written as a text");
      }
      out += canonical_number(x);
      return;
    }
    default:
      out += value.dump();
      return;
  }
}

}  // namespace

std::string canonical_number(double value) {
  if (value == 0.0) return "0";
  char buffer[40];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  const std::string text(buffer, end);
  const bool negative = text[0] == '-';
  const std::size_t e = text.find('e');
  std::string digits;
  for (const char c : text.substr(0, e)) {
    if (c >= '0' && c <= '9') digits += c;
  }
  int exponent = 0;
  const char* from = text.data() + e + 1;
  if (*from == '+') ++from;
  std::from_chars(from, text.data() + text.size(), exponent);
  // ECMA-262, Number::toString: k digits, the value is digits * 10^(n - k).
  const int k = static_cast<int>(digits.size());
  const int n = exponent + 1;
  std::string out = negative ? "-" : "";
  if (k <= n && n <= 21) {
    return out + digits + std::string(static_cast<std::size_t>(n - k), '0');
  }
  if (0 < n && n <= 21) {
    const auto whole = static_cast<std::size_t>(n);
    return out + digits.substr(0, whole) + "." + digits.substr(whole);
  }
  if (-6 < n && n <= 0) return out + "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
  out += digits[0];
  if (k > 1) out += "." + digits.substr(1);
  return out + "e" + (n > 0 ? "+" : "-") + std::to_string(std::abs(n - 1));
}

std::string canonical_json(const Json& value) {
  std::string out;
  write(value, out);
  return out;
}

}  // namespace zeroskew::detail
