#pragma once
// Where something stands in a JSON document, found again when an error has to say so.

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace zeroskew::detail {

// "line 3, column 14", both from 1, columns in characters.
std::string position(std::string_view text, std::size_t byte);

// A member's name or an element's index.
using JsonStep = std::variant<std::string, std::size_t>;

// The byte where the value at the end of the steps begins, or its name. @pre the document is
// well-formed and has that value
std::size_t find_value(std::string_view document, const std::vector<JsonStep>& steps,
                       bool name = false);

// The byte where the text begins whose closing quote is the last one before `end`.
std::size_t start_of_text(std::string_view document, std::size_t end) noexcept;

}  // namespace zeroskew::detail
