#pragma once
// Text below the level of messages: characters, base64, numbers.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace zeroskew::detail {

// Appends a code point; false for surrogates and beyond U+10FFFF.
bool append_utf8(std::string& text, unsigned long code_point);

// Foreign text for an error message: valid UTF-8 without control characters, cut after about
// `most` bytes.
std::string shown(std::string_view text, std::size_t most = 60);

// RFC 4648. Decoding takes both alphabets, with or without padding.
std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

// The shortest digits that read back the same: 1.0, 0.1, 1e-05, 1e+16; for single precision the
// shortest that read back the same float. Only finite numbers.
std::string number_text(double value, bool single_precision);
// A decimal number that fills the whole text; infinity when it is too large for a double.
std::optional<double> parse_number(std::string_view text) noexcept;

}  // namespace zeroskew::detail
