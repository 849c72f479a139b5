#include "schema/proto/text_codec.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <limits>

#include "zeroskew/detail/utf8.hpp"

namespace zeroskew::detail {
namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int base64_digit(char c) noexcept {
  if (c == '-') c = '+';
  if (c == '_') c = '/';
  const std::size_t at = kBase64.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

// Length of the character that starts here, or 0.
std::size_t utf8_length(std::string_view text) noexcept {
  for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length) {
    if (is_utf8(text.substr(0, length))) return length;
  }
  return 0;
}

// Digits without a point, and the exponent of d.ddd; from "-d.ddde+xx".
std::string lay_out(std::string_view scientific) {
  std::string text;
  if (scientific.front() == '-') {
    text = "-";
    scientific.remove_prefix(1);
  }
  const std::size_t e = scientific.find('e');
  std::string digits(1, scientific[0]);
  if (e > 2) digits.append(scientific.substr(2, e - 2));
  const int exponent = std::atoi(std::string(scientific.substr(e + 1)).c_str());
  const auto count = static_cast<int>(digits.size());
  if (exponent < -4 || exponent >= 16) {
    text += digits[0];
    if (count > 1) text.append(".").append(digits, 1);
    const std::string power = std::to_string(exponent < 0 ? -exponent : exponent);
    return text.append(exponent < 0 ? "e-" : "e+").append(power.size() < 2 ? "0" : "") + power;
  }
  if (exponent < 0) {
    return text.append("0.").append(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  }
  if (exponent + 1 >= count) {
    return text.append(digits).append(static_cast<std::size_t>(exponent + 1 - count), '0') + ".0";
  }
  const auto whole = static_cast<std::size_t>(exponent + 1);
  return text.append(digits, 0, whole).append(".").append(digits, whole);
}

template <class Real>
std::string shortest_text(Real value) {
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::scientific)
                       .ptr;
  return lay_out(std::string_view(buffer.data(), static_cast<std::size_t>(end - buffer.data())));
}

// What a number beyond the doubles is, by its order of magnitude: infinity or zero.
double overflow(std::string_view text) noexcept {
  const double sign = text.front() == '-' ? -1.0 : 1.0;
  const std::size_t e = text.find_first_of("eE");
  long long exponent = 0;
  if (e != std::string_view::npos) {
    std::string_view digits = text.substr(e + 1);
    if (digits.front() == '+') digits.remove_prefix(1);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    if (read.ec != std::errc()) exponent = digits.front() == '-' ? -(1LL << 60) : 1LL << 60;
  }
  const std::string_view mantissa = text.substr(0, e);
  const std::size_t first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return sign * 0.0;
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  exponent += static_cast<long long>(point) - static_cast<long long>(first);
  return exponent > 0 ? sign * std::numeric_limits<double>::infinity() : sign * 0.0;
}

}  // namespace

bool append_utf8(std::string& text, unsigned long code_point) {
  const auto byte = [&](unsigned long bits) { text += static_cast<char>(bits); };
  const auto tail = [&](unsigned shift) { byte(0x80U | ((code_point >> shift) & 0x3FU)); };
  if (code_point < 0x80) {
    byte(code_point);
  } else if (code_point < 0x800) {
    byte(0xC0U | (code_point >> 6));
    tail(0);
  } else if (code_point < 0x10000) {
    if (code_point >= 0xD800 && code_point <= 0xDFFF) return false;
    byte(0xE0U | (code_point >> 12));
    tail(6);
    tail(0);
  } else if (code_point <= 0x10FFFF) {
    byte(0xF0U | (code_point >> 18));
    tail(12);
    tail(6);
    tail(0);
  } else {
    return false;
  }
  return true;
}

std::string shown(std::string_view text, std::size_t most) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string safe;
  while (!text.empty()) {
    if (safe.size() >= most) return safe + "...";
    const std::size_t length = utf8_length(text);
    const auto byte = static_cast<unsigned char>(text.front());
    if (length == 0 || byte < 0x20 || byte == 0x7F) {
      safe.append("\\x").append(1, kHex[byte >> 4]).append(1, kHex[byte & 15U]);
      text.remove_prefix(1);
    } else {
      safe += text.substr(0, length);
      text.remove_prefix(length);
    }
  }
  return safe;
}

std::string to_base64(std::string_view bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      text += i + k > bytes.size() ? '=' : kBase64[group >> (18 - 6 * k) & 63U];
    }
  }
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : text) {
    const int digit = base64_digit(c);
    if (digit < 0) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes += static_cast<char>(bits >> held & 0xFFU);
    }
  }
  return bytes;
}

std::string number_text(double value, bool single_precision) {
  return single_precision ? shortest_text(static_cast<float>(value)) : shortest_text(value);
}

std::optional<double> parse_number(std::string_view text) noexcept {
  if (text.find_first_not_of("0123456789+-.eE") != std::string_view::npos) return std::nullopt;
  double value = 0.0;
  const auto result =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::general);
  if (result.ptr != text.data() + text.size()) return std::nullopt;
  if (result.ec == std::errc::invalid_argument) return std::nullopt;
  if (result.ec == std::errc::result_out_of_range) return overflow(text);
  return value;
}

}  // namespace zeroskew::detail
