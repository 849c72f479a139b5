#pragma once
/// Values as JSON text, appended to a string.

#include <cstdint>
#include <string>
#include <string_view>

#include <zeroskew/transform/row_cell.hpp>

namespace server {

/// Quoted and escaped. Bytes that are not UTF-8 become U+FFFD: JSON has no others.
void append_json(std::string& out, std::string_view text);
void append_json(std::string& out, std::int64_t value);
void append_json(std::string& out, std::uint64_t value);
/// The shortest digits that read back as the same double; "NaN", "Infinity" and "-Infinity" as
/// texts.
void append_json(std::string& out, double value);
/// A missing cell is null.
void append_json(std::string& out, const zeroskew::RowCell& cell);

/// The same without quotes and escapes: CSV. A missing cell is nothing at all; an empty text is "".
void append_csv(std::string& out, const zeroskew::RowCell& cell);
void append_csv(std::string& out, std::string_view text);

}  // namespace server
