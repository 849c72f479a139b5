#pragma once
// The name that was probably meant, for error messages.

#include <span>
#include <string>
#include <string_view>

namespace zeroskew::detail {

// The candidate with the fewest edits (ties: the first), or "" when none is within a third of the
// name's length, two edits at least.
std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates);

// " (did you mean 'x'?)", or "" when nothing is near.
std::string suggestion(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace zeroskew::detail
