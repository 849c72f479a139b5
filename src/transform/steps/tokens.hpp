#pragma once
/// Items of lists, as the steps on texts read them.

#include <charconv>
#include <string_view>

#include "zeroskew/error.hpp"
#include "zeroskew/transform/list_cell.hpp"

namespace zeroskew::steps {

/// A token that is no text is written in here.
using TokenSpace = char[24];

/// The item as a token: a text as it is, a whole number in digits, true or false.
/// @throws Error transform.wrong_type for a number that is not whole, @pre it is not missing
[[nodiscard]] inline std::string_view token_of(const RowCell& item, TokenSpace& space,
                                               const std::string& column) {
  const auto digits = [&](auto number) -> std::string_view {
    const auto end = std::to_chars(space, space + sizeof space, number).ptr;
    return {space, static_cast<std::size_t>(end - space)};
  };
  switch (item.form) {
    case RowCell::Form::text:
      return item.text;
    case RowCell::Form::boolean:
      return item.integer != 0 ? "true" : "false";
    case RowCell::Form::integer:
      return digits(item.integer);
    case RowCell::Form::unsigned_integer:
      return digits(static_cast<std::uint64_t>(item.integer));
    default:
      fail_type("transform.wrong_type", column,
                "has items that are floats; tokens are texts, whole numbers or bools");
  }
}

/// Calls f(token) for each item that is not missing.
template <class F>
void each_token(std::string_view list, const std::string& column, F&& f) {
  TokenSpace space;
  while (!list.empty()) {
    const RowCell item = take_item(list);
    if (item.form != RowCell::Form::missing) f(token_of(item, space, column));
  }
}

}  // namespace zeroskew::steps
